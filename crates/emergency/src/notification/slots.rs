use std::fmt;

use jiff::Timestamp;
use location::Status;

use crate::E164;

/// What people are told about an emergency call: the three things the law names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notification {
    /// That a call was made. Of a call there is always something to say.
    pub call: CallMade,
    /// The number that reaches the caller.
    pub callback: Slot<E164>,
    /// The location as it was sent, kept with the call: where the caller moved since does not matter.
    pub location: Slot<LocationAsSent>,
    /// For how many seconds nobody had said that they are handling the call, when that is why somebody
    /// is told.
    pub unhandled_seconds: Option<u32>,
}

/// That a call was made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CallMade {
    /// When the platform asked.
    pub at: Timestamp,
    /// The emergency number as it is known, such as `911`.
    pub dialled: String,
    /// A test call: nobody is sent.
    pub test: bool,
    /// A drill: nobody dialled anything.
    pub drill: bool,
    /// Who called.
    pub caller: Slot<Caller>,
}

/// Who called.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Caller {
    /// The name by which the telephony platform knows them.
    pub username: String,
    /// What colleagues call them.
    pub display_name: String,
    /// Their team; empty for none.
    pub team: String,
}

/// The location as it was sent.
#[derive(Clone, Eq, PartialEq)]
pub struct LocationAsSent {
    /// The address to read aloud, seat and floor first.
    pub lines: Vec<String>,
    /// Its age when the call was made.
    pub status: Status,
    /// When the caller said to be there.
    pub since: Option<Timestamp>,
    /// Whether a fault made this the best known rather than the truth.
    pub degraded: bool,
}

impl fmt::Debug for LocationAsSent {
    /// Says nothing of where it is.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LocationAsSent")
            .field("status", &self.status)
            .field("degraded", &self.degraded)
            .finish_non_exhaustive()
    }
}

/// One of the things to tell. There is always a slot for it, also when nothing is known.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Slot<T> {
    /// It is known.
    Available(T),
    /// It is not, and the notice says so.
    NotAvailable,
}

impl<T> Slot<T> {
    /// What is known.
    #[must_use]
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Available(known) => Some(known),
            Self::NotAvailable => None,
        }
    }
}

impl<T> From<Option<T>> for Slot<T> {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::NotAvailable, Self::Available)
    }
}
