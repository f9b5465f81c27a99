//! Lines a second, against the least that anything has to do with a line.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use location::{Country, TypedAddress, interpret};

/// How long each side is measured.
const WHILE: Duration = Duration::from_secs(2);

/// What was measured.
pub(crate) struct Speed {
    pub(crate) lines_a_second: f64,
    pub(crate) floor_a_second: f64,
    /// The slowest line of one round.
    pub(crate) longest: Duration,
}

impl Speed {
    /// How many times the floor's time a line takes.
    pub(crate) fn ratio(&self) -> f64 {
        self.floor_a_second / self.lines_a_second
    }
}

/// Reads the lines again and again on this thread; then only splits them into tokens in lower case.
pub(crate) fn measure(lines: &[(TypedAddress, Country)]) -> Speed {
    let lines_a_second = repeated(lines, |(line, country)| {
        black_box(interpret(line, Some(*country)));
    });
    let floor_a_second = repeated(lines, |(line, _)| {
        let tokens: Vec<String> = line
            .as_str()
            .split(|c: char| c.is_whitespace() || c == ',')
            .map(str::to_lowercase)
            .collect();
        black_box(tokens);
    });
    let longest = lines
        .iter()
        .map(|(line, country)| {
            let start = Instant::now();
            black_box(interpret(line, Some(*country)));
            start.elapsed()
        })
        .max()
        .unwrap_or_default();
    Speed {
        lines_a_second,
        floor_a_second,
        longest,
    }
}

fn repeated<T>(lines: &[T], mut act: impl FnMut(&T)) -> f64 {
    let mut done = 0_u32;
    let start = Instant::now();
    while start.elapsed() < WHILE && !lines.is_empty() {
        for line in lines {
            act(line);
            done += 1;
        }
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}
