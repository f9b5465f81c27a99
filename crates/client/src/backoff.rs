use std::time::Duration;

/// The shortest wait.
const SHORTEST: Duration = Duration::from_millis(500);
/// The longest wait that is ours to choose.
const LONGEST: Duration = Duration::from_secs(10);
/// The longest wait a server may ask for: an emergency may be waiting behind it.
const LONGEST_ASKED: Duration = Duration::from_secs(30);

/// How long to wait before the next attempt: anywhere between half a second and a limit that grows
/// with every failure to ten seconds, so that ten thousand desktops do not return as one.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The next wait; `asked` is what the server asked for, `dice` is random.
    pub(crate) fn next(&mut self, asked: Option<Duration>, dice: u32) -> Duration {
        let limit = (SHORTEST * 2)
            .saturating_mul(3_u32.saturating_pow(self.failures))
            .min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        let share = f64::from(dice) / f64::from(u32::MAX);
        let wait = SHORTEST + (limit - SHORTEST).mul_f64(share);
        asked.map_or(wait, |asked| wait.max(asked.min(LONGEST_ASKED)))
    }

    /// The server answers again.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }
}

/// A random number; without a source of them, always the same one.
pub(crate) fn dice() -> u32 {
    getrandom::u32().unwrap_or(u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_ten_seconds_and_starts_anew() {
        let mut backoff = Backoff::default();
        let longest: Vec<_> = (0..5)
            .map(|_| backoff.next(None, u32::MAX).as_millis())
            .collect();
        assert_eq!(longest, [1_000, 3_000, 9_000, 10_000, 10_000]);
        assert_eq!(backoff.next(None, 0), SHORTEST);
        backoff.reset();
        assert_eq!(backoff.next(None, u32::MAX), Duration::from_secs(1));
    }

    #[test]
    fn a_server_may_ask_for_more_but_not_for_ever() {
        let mut backoff = Backoff::default();
        let ask = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(backoff.next(ask(5), 0), Duration::from_secs(5));
        assert_eq!(backoff.next(ask(0), 0), SHORTEST);
        assert_eq!(backoff.next(ask(86_400), 0), LONGEST_ASKED);
    }

    #[test]
    fn never_overflows() {
        let mut backoff = Backoff { failures: u32::MAX };
        assert_eq!(backoff.next(None, u32::MAX), LONGEST);
    }
}
