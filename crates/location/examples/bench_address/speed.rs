//! Lines a second, against the least that anything has to do with a line.

use std::{
    fs,
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
    /// The slowest line, each taken at its best of five.
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
    let once = |(line, country): &(TypedAddress, Country)| {
        let start = now();
        black_box(interpret(line, Some(*country)));
        start.elapsed()
    };
    let longest = lines
        .iter()
        .filter_map(|line| (0..5).map(|_| once(line)).min())
        .max()
        .unwrap_or_default();
    Speed {
        lines_a_second,
        floor_a_second,
        longest,
    }
}

/// How often in a second something is done with one of them.
pub(crate) fn repeated<T>(lines: &[T], mut act: impl FnMut(&T)) -> f64 {
    let mut done = 0_u32;
    let stopwatch = Stopwatch::start();
    while stopwatch.start.elapsed() < WHILE && !lines.is_empty() {
        for line in lines {
            act(line);
            done += 1;
        }
    }
    f64::from(done) / stopwatch.spent().as_secs_f64()
}

/// Tells how long this thread has worked: on a core, where the system tells that (Linux), so that
/// what others do on the machine does not count.
pub(crate) struct Stopwatch {
    start: Instant,
    on_core: Option<Duration>,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self {
            start: now(),
            on_core: on_core(),
        }
    }

    pub(crate) fn spent(&self) -> Duration {
        match (self.on_core, on_core()) {
            (Some(start), Some(end)) => end.saturating_sub(start),
            _ => self.start.elapsed(),
        }
    }
}

/// What a stopwatch shows.
#[expect(
    clippy::disallowed_methods,
    reason = "a stopwatch reads the clock; nothing of the product does"
)]
fn now() -> Instant {
    Instant::now()
}

/// The time that this thread has been on a core.
fn on_core() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
