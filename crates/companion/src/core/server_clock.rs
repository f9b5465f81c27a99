use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::clock::{Boot, Now};

/// The `Date` header is cut to the second; on average half of one is missing.
const CUT: SignedDuration = SignedDuration::from_millis(500);
/// A smaller change of the skew is not worth a new view.
const NOTICEABLE: u64 = 500;

/// What time it is on the server, as far as this computer can tell. Freshness is judged by it: a
/// clock that somebody set wrong here changes nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServerClock {
    anchor: Option<Anchor>,
    shown_skew_ms: i64,
}

/// What the server's clock said when this computer had been up for so long.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Anchor {
    server: Timestamp,
    up: Duration,
}

/// The same, for a later process.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct KeptClock {
    anchor: Option<Anchor>,
    skew_ms: i64,
    boot: Boot,
}

impl KeptClock {
    pub(crate) fn is_of_the_same_boot(&self, other: &Self) -> bool {
        self.boot == other.boot
    }
}

impl ServerClock {
    /// The server said what time it is.
    pub(crate) fn heard(&mut self, date: Timestamp, now: Now) {
        self.anchor = Some(Anchor {
            server: date.saturating_add(CUT).unwrap_or(date),
            up: now.up,
        });
    }

    /// What time it is on the server. Before it was ever heard: what this computer says.
    pub(crate) fn at(&self, now: Now) -> Timestamp {
        let Some(anchor) = self.anchor else {
            return now.wall;
        };
        let passed = now.up.saturating_sub(anchor.up);
        anchor.server.saturating_add(passed).unwrap_or(now.wall)
    }

    /// How long this computer will have been up at this time of the server.
    pub(crate) fn up_at(&self, time: Timestamp, now: Now) -> Duration {
        let ahead = time.duration_since(self.at(now));
        if ahead.is_positive() {
            now.up.saturating_add(ahead.unsigned_abs())
        } else {
            now.up.saturating_sub(ahead.unsigned_abs())
        }
    }

    /// The server's clock less this computer's, in milliseconds; steady against jitter.
    pub(crate) fn skew_ms(&mut self, now: Now) -> i64 {
        let skew = self.exact_skew_ms(now);
        if skew.abs_diff(self.shown_skew_ms) > NOTICEABLE {
            self.shown_skew_ms = skew;
        }
        self.shown_skew_ms
    }

    /// To be kept for a later process.
    pub(crate) fn kept(&self, boot: &Boot, now: Now) -> KeptClock {
        KeptClock {
            anchor: self.anchor,
            skew_ms: self.exact_skew_ms(now),
            boot: boot.clone(),
        }
    }

    /// Takes over what an earlier process knew, unless the server was heard since.
    pub(crate) fn recall(&mut self, kept: &KeptClock, boot: &Boot, now: Now) {
        if self.anchor.is_some() {
            return;
        }
        self.anchor = match kept.anchor {
            Some(anchor) if *boot == kept.boot && anchor.up <= now.up => Some(anchor),
            Some(_) => now
                .wall
                .saturating_add(SignedDuration::from_millis(kept.skew_ms))
                .ok()
                .map(|server| Anchor { server, up: now.up }),
            None => None,
        };
    }

    fn exact_skew_ms(&self, now: Now) -> i64 {
        let skew = self.at(now).duration_since(now.wall).as_millis();
        i64::try_from(skew).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(wall: &str, up: u64) -> Now {
        Now {
            wall: wall.parse().unwrap(),
            up: Duration::from_secs(up),
        }
    }

    fn heard() -> ServerClock {
        let mut clock = ServerClock::default();
        let date = "2026-11-20T09:00:00Z".parse().unwrap();
        clock.heard(date, now("2026-11-20T08:50:00Z", 100));
        clock
    }

    #[test]
    fn setting_the_clock_here_does_not_move_the_server() {
        let clock = heard();
        for wall in ["2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"] {
            assert_eq!(
                clock.at(now(wall, 160)).to_string(),
                "2026-11-20T09:01:00.5Z"
            );
        }
        let later = "2026-11-20T09:10:00.5Z".parse().unwrap();
        assert_eq!(
            clock.up_at(later, now("2026-11-20T08:50:00Z", 130)),
            Duration::from_secs(700)
        );
    }

    #[test]
    fn the_skew_is_steady_against_jitter_and_follows_a_jump() {
        let mut clock = heard();
        let mut wall = now("2026-11-20T08:50:00Z", 100);
        assert_eq!(clock.skew_ms(wall), 600_500);
        wall.up += Duration::from_millis(400);
        assert_eq!(clock.skew_ms(wall), 600_500);
        assert_eq!(clock.skew_ms(now("2026-11-20T08:51:00Z", 100)), 540_500);
    }

    #[test]
    fn a_later_process_of_the_same_run_keeps_the_exact_time() {
        let boot = Boot::new("a");
        let kept = heard().kept(&boot, now("2026-11-20T08:50:00Z", 100));
        let mut later = ServerClock::default();
        // Somebody set the clock in between.
        let wrong = now("2031-01-01T00:00:00Z", 220);
        later.recall(&kept, &boot, wrong);
        assert_eq!(later.at(wrong).to_string(), "2026-11-20T09:02:00.5Z");
    }

    #[test]
    fn after_a_restart_of_the_computer_the_skew_is_what_remains() {
        let kept = heard().kept(&Boot::new("a"), now("2026-11-20T08:50:00Z", 100));
        let mut later = ServerClock::default();
        let wall = now("2026-11-20T10:00:00Z", 5);
        later.recall(&kept, &Boot::new("b"), wall);
        assert_eq!(later.at(wall).to_string(), "2026-11-20T10:10:00.5Z");
    }
}
