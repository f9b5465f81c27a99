//! The only reader of time in the app.

use std::{sync::LazyLock, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// What the clocks of this computer say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Now {
    /// The clock on the wall. People set it, and it may be wrong.
    pub wall: Timestamp,
    /// How long this computer has been up, sleep included. Only ever grows, until a restart.
    pub up: Duration,
}

/// Names one run of the operating system: [`Now::up`] is comparable within it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Boot(String);

impl Boot {
    /// The run of this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.trim().to_owned())
    }
}

/// Something that tells the time.
pub trait Clock: Send + Sync + 'static {
    /// What the clocks say.
    fn now(&self) -> Now;

    /// Which run of the operating system this is. Where that cannot be told: a name that no other
    /// process has, so that nothing an earlier one kept can be dated.
    fn boot(&self) -> Boot;

    /// The time zone the computer is in now; nothing where that is not followed, as in tests.
    fn zone(&self) -> Option<TimeZone> {
        None
    }
}

/// This computer's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one reader of the clocks"
    )]
    fn now(&self) -> Now {
        Now {
            wall: Timestamp::now(),
            up: up(),
        }
    }

    fn boot(&self) -> Boot {
        static BOOT: LazyLock<Boot> = LazyLock::new(|| boot().unwrap_or_else(unknown));
        BOOT.clone()
    }

    fn zone(&self) -> Option<TimeZone> {
        Some(TimeZone::system())
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn up() -> Duration {
    since(rustix::time::ClockId::Boottime)
}

/// Here the monotonic clock counts sleep.
#[cfg(target_vendor = "apple")]
fn up() -> Duration {
    since(rustix::time::ClockId::Monotonic)
}

#[cfg(unix)]
fn since(clock: rustix::time::ClockId) -> Duration {
    let time = rustix::time::clock_gettime(clock);
    Duration::new(
        time.tv_sec.try_into().unwrap_or(0),
        time.tv_nsec.try_into().unwrap_or(0),
    )
}

/// The performance counter, which counts sleep.
#[cfg(not(unix))]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one reader of the clocks"
)]
fn up() -> Duration {
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot() -> Option<Boot> {
    let name = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    (!name.trim().is_empty()).then(|| Boot::new(&name))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn boot() -> Option<Boot> {
    None
}

/// A name for a run that cannot be told from others.
fn unknown() -> Boot {
    let mut name = [0; 16];
    if getrandom::fill(&mut name).is_err() {
        // Without randomness the process and its start must do.
        let start = SystemClock.now().wall.as_nanosecond();
        return Boot::new(&format!("{}-{start}", std::process::id()));
    }
    Boot::new(&format!("{:032x}", u128::from_ne_bytes(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_has_been_up_for_a_while_and_knows_its_run() {
        let first = SystemClock.now();
        let second = SystemClock.now();
        assert!(second.up >= first.up);
        assert!(first.wall > Timestamp::UNIX_EPOCH);
        assert_eq!(SystemClock.boot(), SystemClock.boot());
    }
}
