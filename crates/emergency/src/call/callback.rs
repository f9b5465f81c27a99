use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CallPolicy, window::later};

/// Where a callback stands, and since when.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Callback {
    /// Where it stands.
    pub state: CallbackState,
    /// Since when; absent as long as nobody has called back.
    pub since: Option<Timestamp>,
}

/// The states of a callback. When responders call more than once it begins anew.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackState {
    /// The agent has answered.
    Connected,
    /// Nobody has called back.
    #[default]
    None,
    /// It has ended.
    Over,
    /// The agent's phone rings.
    Ringing,
}

impl Callback {
    /// Whether responders are on the line, or about to be.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        match self.state {
            CallbackState::Connected | CallbackState::Ringing => true,
            CallbackState::None | CallbackState::Over => false,
        }
    }

    /// Until when it counts as active when nobody says that it ended.
    pub(super) fn active_until(&self, policy: &CallPolicy) -> Option<Timestamp> {
        self.since
            .filter(|_| self.is_active())
            .map(|since| later(since, policy.max_open))
    }

    pub(super) fn ring(self, at: Timestamp) -> Self {
        match self.state {
            // The platform repeats itself, or a second one rings while the first is connected.
            CallbackState::Connected | CallbackState::Ringing => self,
            CallbackState::None | CallbackState::Over => Self::new(CallbackState::Ringing, at),
        }
    }

    pub(super) fn connect(self, at: Timestamp) -> Self {
        match self.state {
            CallbackState::Connected => self,
            // Some platforms report a callback only once it is answered.
            CallbackState::None | CallbackState::Over | CallbackState::Ringing => {
                Self::new(CallbackState::Connected, at)
            }
        }
    }

    pub(super) fn end(self, at: Timestamp) -> Self {
        match self.state {
            CallbackState::Connected | CallbackState::Ringing => Self::new(CallbackState::Over, at),
            CallbackState::None | CallbackState::Over => self,
        }
    }

    const fn new(state: CallbackState, at: Timestamp) -> Self {
        Self {
            state,
            since: Some(at),
        }
    }
}
