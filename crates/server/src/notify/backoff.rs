//! When a notice that was not delivered is tried again. Pure.

use jiff::{SignedDuration, Timestamp};

/// How soon the second try is made, at most.
const FIRST: SignedDuration = SignedDuration::from_secs(1);
/// The longest pause between two tries.
const LONGEST: SignedDuration = SignedDuration::from_secs(60);
/// How long is tried in all. Shorter than the shortest callback window, with which the notice is gone:
/// what was given up is there to be seen before.
const TRIED_FOR: SignedDuration = SignedDuration::from_mins(45);

/// When the next try is made after so many that failed; `None` when it is given up. Pauses double up
/// to a minute, and `chance` (of 0 to 255) takes up to half of each away, so that a thousand notices
/// do not come back in step.
#[must_use]
pub fn next_try(failed: u32, made_at: Timestamp, now: Timestamp, chance: u8) -> Option<Timestamp> {
    if now.duration_since(made_at) >= TRIED_FOR {
        return None;
    }
    let doubled = 2_i32.saturating_pow(failed.saturating_sub(1).min(10));
    let pause = FIRST.saturating_mul(doubled).min(LONGEST);
    let less = pause.as_millis() * i128::from(chance) / (2 * 255);
    let pause = pause - SignedDuration::from_millis(i64::try_from(less).unwrap_or(0));
    now.checked_add(pause).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    fn pause(failed: u32, chance: u8) -> i64 {
        let next = next_try(failed, second(0), second(5), chance).unwrap();
        next.duration_since(second(5))
            .as_millis()
            .try_into()
            .unwrap()
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_differ() {
        let longest: Vec<i64> = (1..10).map(|failed| pause(failed, 0)).collect();
        assert_eq!(
            longest,
            [
                1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000
            ]
        );
        assert_eq!(pause(1, 255), 500);
        assert_eq!(pause(7, 255), 30_000);
        assert_eq!(pause(u32::MAX, 0), 60_000);
        assert_eq!(pause(0, 0), 1_000);
    }

    #[test]
    fn it_is_given_up_before_the_call_is_gone() {
        let last = TRIED_FOR.as_secs();
        assert!(next_try(3, second(0), second(last - 1), 0).is_some());
        assert_eq!(next_try(3, second(0), second(last), 0), None);
        // A clock that was set back only tries for longer.
        assert!(next_try(3, second(0), second(-99), 0).is_some());
    }
}
