use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long things last.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CallPolicy {
    /// A callback reaches the agent until at least this long after the call. Less than zero
    /// counts as zero.
    pub callback_window: SignedDuration,
    /// A call of which nobody says that it is over counts as over after this long; so does a
    /// callback. Less than zero counts as zero.
    pub max_open: SignedDuration,
}

impl Default for CallPolicy {
    /// The policy of an organisation that has set none: an hour, and four hours.
    fn default() -> Self {
        Self {
            callback_window: SignedDuration::from_hours(1),
            max_open: SignedDuration::from_hours(4),
        }
    }
}

/// Until when the callback number reaches the agent.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct CallbackWindow {
    /// The first moment at which it no longer does.
    pub until: Timestamp,
    /// Whether that moment is fixed. While the call is open it moves ahead of the clock. A callback
    /// that outlasts the window keeps it open until it ends.
    pub settled: bool,
}

impl CallbackWindow {
    /// Whether the number still reaches the agent.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

/// A moment and a span after it, at the end of time when there is nothing later.
pub(super) fn later(moment: Timestamp, span: SignedDuration) -> Timestamp {
    moment
        .checked_add(span.max(SignedDuration::ZERO))
        .unwrap_or(Timestamp::MAX)
}
