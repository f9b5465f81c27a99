use std::{fs, path::PathBuf};

use jiff::{SignedDuration, Timestamp};
use server::clock::{Clock, SystemClock, to_millisecond};

/// The system's clock, moved by the number of seconds that a file holds; a missing file moves nothing.
///
/// The file is read at every look at the clock, so that a test can let hours pass in a running server, and
/// the shift survives a restart of it. Whoever changes it writes a new file and renames it over the old one:
/// the server may look in between.
#[derive(Clone, Debug)]
pub struct ShiftedClock {
    file: PathBuf,
}

impl ShiftedClock {
    /// A clock shifted by what `file` says.
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }

    /// How far it is moved now.
    ///
    /// # Panics
    /// When the file holds anything but a whole number of seconds: a test that shifts time wrongly would
    /// otherwise pass or fail for no reason that can be seen.
    fn shift(&self) -> SignedDuration {
        let Ok(text) = fs::read_to_string(&self.file) else {
            return SignedDuration::ZERO;
        };
        let seconds = text.trim().parse().unwrap_or_else(|error| {
            panic!(
                "{} holds {text:?}, not seconds: {error}",
                self.file.display()
            )
        });
        SignedDuration::from_secs(seconds)
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        to_millisecond(SystemClock.now() + self.shift())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the clock is moved by `seconds`, give or take what the test itself takes.
    fn is_moved_by(clock: &ShiftedClock, seconds: i64) -> bool {
        let before = SystemClock.now();
        let moved = clock.now().duration_since(before) - SignedDuration::from_secs(seconds);
        (SignedDuration::ZERO..SignedDuration::from_mins(1)).contains(&moved)
    }

    #[test]
    fn time_moves_while_the_clock_is_in_use() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        let clock = ShiftedClock::new(file.clone());
        assert!(is_moved_by(&clock, 0));
        fs::write(&file, "86400\n").unwrap();
        assert!(is_moved_by(&clock, 86_400));
        fs::write(&file, "-3600").unwrap();
        assert!(is_moved_by(&clock, -3_600));
    }

    #[test]
    #[should_panic(expected = "not seconds")]
    fn a_shift_that_is_no_number_is_never_taken_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        fs::write(&file, "an hour").unwrap();
        let _ = ShiftedClock::new(file).now();
    }
}
