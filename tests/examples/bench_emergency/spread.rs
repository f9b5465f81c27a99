use std::{fmt, time::Duration};

/// How times are spread.
#[derive(Clone, Debug)]
pub(crate) struct Spread(Vec<Duration>);

impl Spread {
    pub(crate) fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        let mut sorted: Vec<Duration> = times.into_iter().collect();
        sorted.sort_unstable();
        Self(sorted)
    }

    /// The time that so many of a hundred do not exceed, by nearest rank; the longest at 100.
    pub(crate) fn at(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }

    /// How many times a floor's time it is at that rank.
    pub(crate) fn times(&self, floor: &Self, percent: usize) -> f64 {
        self.at(percent).as_secs_f64() / floor.at(percent).as_secs_f64()
    }

    /// As `NAME_p50_ms=1.2 ...`.
    pub(crate) fn keys(&self, name: &str) -> String {
        format!(
            "{name}_p50_ms={:.2} {name}_p95_ms={:.2} {name}_p99_ms={:.2} {name}_max_ms={:.2}",
            ms(self.at(50)),
            ms(self.at(95)),
            ms(self.at(99)),
            ms(self.at(100)),
        )
    }
}

/// A row of the table under [`HEADING`].
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for percent in [50, 95, 99, 100] {
            write!(f, "{:>10.2}", ms(self.at(percent)))?;
        }
        Ok(())
    }
}

/// What stands above the rows, behind names of 46 characters.
pub(crate) fn heading(title: &str) -> String {
    format!(
        "{title:<46}{:>10}{:>10}{:>10}{:>10}",
        "p50", "p95", "p99", "max"
    )
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
