//! What became of a test call (933): the agent listens to the address that is read back, and says whether
//! it is theirs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// The most characters of a note.
pub const NOTE_LIMIT: usize = 500;

/// What was read back.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// The address and the number on the screen.
    Match,
    /// Something else, or nothing.
    Mismatch,
}

/// What an agent said about a test call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct TestResult {
    /// What they heard.
    pub heard: Heard,
    /// When they said so.
    pub at: Timestamp,
}

/// `POST /v1/me/test-calls/{call_id}/result`.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportTestCall {
    /// What they heard.
    pub heard: Heard,
    /// What was different, in their words: 500 characters at most. It goes when the call does.
    #[serde(default)]
    pub note: Option<String>,
}

crate::discreet::discreet! {
    ReportTestCall { heard }
}
