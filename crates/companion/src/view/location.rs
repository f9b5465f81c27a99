use std::fmt;

use api::{error::ErrorCode, location::ServedLocation, place::PlaceReference};
use jiff::Timestamp;
use location::{PlaceClass, Problem};
use serde::Serialize;
use ts_rs::TS;

/// Where the agent is, as far as everybody knows.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LocationView {
    /// The one word by which the whole is shown.
    pub headline: Headline,
    /// What an emergency call would be given now. From the server, never from memory.
    pub served: Option<ServedLocation>,
    /// What the agent said that the server does not have yet.
    pub unsent: Option<Unsent>,
}

/// The one word by which a location is shown; the first that applies, in this order.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Headline {
    /// Too much time passed before the server could be reached: ask the agent again.
    AskAgain,
    /// A declaration is on its way.
    Sending,
    /// A declaration is kept here, and the server cannot be reached.
    Unsent,
    /// A declaration was refused; `unsent.problem` says why.
    Refused,
    /// The agent would not say.
    Declined,
    /// Never said, or nothing is known yet.
    Unknown,
    /// Said too long ago, or contradicted, or the shift has ended.
    Stale,
    /// Confirmed, but nobody could check the address that the agent wrote.
    Unchecked,
    /// Confirmed.
    Confirmed,
}

/// What the agent said that the server does not have yet.
#[derive(Clone, PartialEq, Serialize, TS)]
pub struct Unsent {
    /// Where the agent says they are.
    pub place: PlaceReference,
    /// What people call it.
    pub label: String,
    /// What kind of place it is.
    pub class: PlaceClass,
    /// The address to read aloud; empty when only the server knows it.
    pub lines: Vec<String>,
    /// When the agent said so, by this computer's clock; null when that is not known any more.
    pub declared_at: Option<Timestamp>,
    /// Kept in memory only: the keychain does not answer, and closing the app would lose it.
    pub memory_only: bool,
    /// Why the server refused it.
    pub problem: Option<ErrorCode>,
    /// What keeps the address from being acceptable, when that was the reason.
    pub problems: Vec<Problem>,
    /// When it is sent again, by this computer's clock; null when that does not wait for a time.
    pub retry_at: Option<Timestamp>,
}

impl fmt::Debug for Unsent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Unsent")
            .field("class", &self.class)
            .field("declared_at", &self.declared_at)
            .field("memory_only", &self.memory_only)
            .field("problem", &self.problem)
            .field("retry_at", &self.retry_at)
            .finish_non_exhaustive()
    }
}
