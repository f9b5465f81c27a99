//! Where time enters the server.

use std::fmt;

use jiff::Timestamp;

/// Tells the time. Everything that depends on time takes a `Clock` or, better, a moment.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The current moment in UTC, with millisecond precision.
    fn now(&self) -> Timestamp;
}

/// The clock of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the server reads the wall clock"
    )]
    fn now(&self) -> Timestamp {
        to_millisecond(Timestamp::now())
    }
}

/// Cuts a moment to the millisecond, which is what the store keeps.
#[must_use]
pub fn to_millisecond(moment: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(moment.as_millisecond()).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_survives_the_store() {
        let moment: Timestamp = "2026-11-20T09:30:00.123456789Z".parse().unwrap();
        assert_eq!(
            to_millisecond(moment),
            "2026-11-20T09:30:00.123Z".parse::<Timestamp>().unwrap()
        );
    }
}
