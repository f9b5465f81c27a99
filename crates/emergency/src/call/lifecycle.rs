use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CallPolicy, Callback, CallbackWindow, window::later};

/// An emergency call, from the moment the platform asks until nothing of it is left.
///
/// Transitions are values: [`EmergencyCall::apply`] takes what was reported and when it happened,
/// [`EmergencyCall::at`] what time alone makes of it. Both are total and idempotent, because
/// platforms repeat themselves and report in any order.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum EmergencyCall {
    /// Its end was reported, its start was not yet. Nothing is lent and nothing shown.
    EndReported {
        /// When it ended.
        ended_at: Timestamp,
        /// Who said so.
        ended_by: EndedBy,
    },
    /// Over; responders may still call back.
    Ended {
        /// When the platform asked.
        started_at: Timestamp,
        /// When it ended, never before its start.
        ended_at: Timestamp,
        /// Who said so.
        ended_by: EndedBy,
        /// Whether responders are calling back.
        callback: Callback,
    },
    /// The window has closed; everything about the call must be destroyed.
    Gone,
    /// In progress, as far as anybody has said.
    Open {
        /// When the platform asked.
        started_at: Timestamp,
        /// Whether responders are calling back: the line may have dropped before the platform
        /// reported the end.
        callback: Callback,
    },
}

/// What is reported about a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallEvent {
    /// The agent answered the callback.
    CallbackConnected,
    /// The callback ended, answered or not.
    CallbackEnded,
    /// Responders are calling back.
    CallbackRinging,
    /// The call ended. [`EndedBy::MaxOpen`] is never reported; time makes it.
    Ended(EndedBy),
    /// An emergency number was dialled.
    Started,
}

/// Who ended a call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// Nobody; it was open for as long as policy lets it be.
    MaxOpen,
    /// The agent or the security desk said that it is over.
    Person,
    /// The telephony platform reported it.
    Platform,
}

impl EmergencyCall {
    /// A call of which the start is the first that is known.
    #[must_use]
    pub fn started(at: Timestamp) -> Self {
        Self::Open {
            started_at: at,
            callback: Callback::default(),
        }
    }

    /// A call of which the end is the first that is known.
    #[must_use]
    pub const fn end_reported(at: Timestamp, by: EndedBy) -> Self {
        Self::EndReported {
            ended_at: at,
            ended_by: by,
        }
    }

    /// The call after `event`, which happened at `at`.
    ///
    /// What has no meaning in a phase leaves the call as it is. A platform's report of the end
    /// overrides what a person said or time made of it, and never shortens the window. A start
    /// after everything is gone is a new call.
    #[must_use]
    pub fn apply(self, event: CallEvent, at: Timestamp, policy: &CallPolicy) -> Self {
        let next = match (self.at(at, policy), event) {
            (Self::Gone, CallEvent::Started) => Self::started(at),
            (Self::EndReported { ended_at, ended_by }, CallEvent::Started) => Self::Ended {
                started_at: at,
                ended_at: ended_at.max(at),
                ended_by,
                callback: Callback::default(),
            },
            (
                Self::Open {
                    started_at,
                    callback,
                },
                CallEvent::Ended(ended_by),
            ) => Self::Ended {
                started_at,
                ended_at: at.max(started_at),
                ended_by,
                callback,
            },
            (
                Self::Ended {
                    started_at,
                    ended_at,
                    ended_by: EndedBy::MaxOpen | EndedBy::Person,
                    callback,
                },
                CallEvent::Ended(EndedBy::Platform),
            ) => Self::Ended {
                started_at,
                ended_at: ended_at.max(at),
                ended_by: EndedBy::Platform,
                callback,
            },
            (call, CallEvent::CallbackRinging) => call.with_callback(|c| c.ring(at)),
            (call, CallEvent::CallbackConnected) => call.with_callback(|c| c.connect(at)),
            (call, CallEvent::CallbackEnded) => call.with_callback(|c| c.end(at)),
            (call, CallEvent::Started | CallEvent::Ended(_)) => call,
        };
        next.at(at, policy)
    }

    /// The call as time alone has made it: ended after `max_open`, gone when the window closed.
    #[must_use]
    pub fn at(self, now: Timestamp, policy: &CallPolicy) -> Self {
        let call = self.settle_callback(now, policy);
        match call.deadline(policy) {
            Some(due) if due <= now => match call {
                Self::Open {
                    started_at,
                    callback,
                } => Self::Ended {
                    started_at,
                    ended_at: due,
                    ended_by: EndedBy::MaxOpen,
                    callback,
                }
                .at(now, policy),
                Self::EndReported { .. } | Self::Ended { .. } | Self::Gone => Self::Gone,
            },
            Some(_) | None => call,
        }
    }

    /// When [`EmergencyCall::at`] would next change the call; absent once it is gone.
    #[must_use]
    pub fn deadline(&self, policy: &CallPolicy) -> Option<Timestamp> {
        match self {
            Self::EndReported { ended_at, .. } => Some(later(*ended_at, policy.callback_window)),
            Self::Ended {
                ended_at, callback, ..
            } => callback
                .active_until(policy)
                .or(Some(closing(*ended_at, callback, policy))),
            Self::Gone => None,
            Self::Open {
                started_at,
                callback,
            } => {
                let due = later(*started_at, policy.max_open);
                Some(
                    callback
                        .active_until(policy)
                        .map_or(due, |end| end.min(due)),
                )
            }
        }
    }

    /// Until when the number of this call reaches the agent; absent when nothing was lent or
    /// nothing is left.
    #[must_use]
    pub fn callback_window(&self, now: Timestamp, policy: &CallPolicy) -> Option<CallbackWindow> {
        match self.at(now, policy) {
            Self::EndReported { .. } | Self::Gone => None,
            Self::Ended {
                ended_at, callback, ..
            } => {
                let until = closing(ended_at, &callback, policy);
                Some(match callback.active_until(policy) {
                    Some(at_most) if until <= now => CallbackWindow {
                        until: at_most,
                        settled: false,
                    },
                    Some(_) | None => CallbackWindow {
                        until,
                        settled: true,
                    },
                })
            }
            Self::Open { .. } => Some(CallbackWindow {
                until: later(now, policy.callback_window),
                settled: false,
            }),
        }
    }

    /// Whether the callback number still belongs to this call. Only when it does not may the
    /// number be lent again.
    #[must_use]
    pub fn holds_number(&self, now: Timestamp, policy: &CallPolicy) -> bool {
        self.callback_window(now, policy).is_some()
    }

    /// Whether the call is in progress, as far as this value knows.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }

    /// Where a callback stands.
    #[must_use]
    pub fn callback(&self) -> Callback {
        match self {
            Self::Open { callback, .. } | Self::Ended { callback, .. } => *callback,
            Self::EndReported { .. } | Self::Gone => Callback::default(),
        }
    }

    fn with_callback(self, change: impl FnOnce(Callback) -> Callback) -> Self {
        match self {
            Self::Open {
                started_at,
                callback,
            } => Self::Open {
                started_at,
                callback: change(callback),
            },
            Self::Ended {
                started_at,
                ended_at,
                ended_by,
                callback,
            } => Self::Ended {
                started_at,
                ended_at,
                ended_by,
                callback: change(callback),
            },
            Self::EndReported { .. } | Self::Gone => self,
        }
    }

    /// A callback whose end nobody reported counts as over after `max_open`.
    fn settle_callback(self, now: Timestamp, policy: &CallPolicy) -> Self {
        match self.callback().active_until(policy) {
            Some(due) if due <= now => self.with_callback(|callback| callback.end(due)),
            Some(_) | None => self,
        }
    }
}

/// When the window closes if no callback is active: a full window after the call, and not before
/// the last callback has ended.
fn closing(ended_at: Timestamp, callback: &Callback, policy: &CallPolicy) -> Timestamp {
    let window = later(ended_at, policy.callback_window);
    callback.since.map_or(window, |since| window.max(since))
}

#[cfg(test)]
mod tests;
