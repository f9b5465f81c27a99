//! The one place of this program that reads a clock, and what else it says of the machine.

use std::{fs, time::Duration};

use jiff::Timestamp;

/// The wall clock, which the mail server reads too, in microseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "compared with what another process wrote down"
)]
pub(crate) fn now_us() -> i64 {
    Timestamp::now().as_microsecond()
}

/// From one reading of the wall clock to a later one; nothing when it was set back in between.
pub(crate) fn between(from_us: i64, to_us: i64) -> Duration {
    Duration::from_micros(u64::try_from(to_us - from_us).unwrap_or_default())
}

/// Under what the figures were taken, for a line of `key=value`.
pub(crate) fn circumstances() -> String {
    let profile = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("unknown");
    let date = Timestamp::from_microsecond(now_us()).map(|now| now.strftime("%F").to_string());
    format!(
        "profile={profile} load={load} date={}",
        date.unwrap_or_default()
    )
}
