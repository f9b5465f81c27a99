//! Opening the address of an agent, and saying that one has read a notice.

use ::location::PlaceClass;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::discreet::discreet;

/// The shortest reason for which an address is opened, in characters.
pub const REASON_LEAST: usize = 10;

/// `POST /v1/roster/{username}/break-glass`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakGlass {
    /// Why: 10 to 500 characters. Needed unless an emergency call of theirs is open. The agent reads it.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The address of an agent. That it was opened is on record, and the agent is told.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct OpenedAddress {
    /// Whose.
    pub username: String,
    /// What colleagues call them.
    pub display_name: String,
    /// What kind of place it is.
    pub class: Option<PlaceClass>,
    /// The address to read, as it was sent with the call that is open; otherwise the last one they gave.
    pub lines: Vec<String>,
    /// When they said to be there.
    pub since: Option<Timestamp>,
    /// Whether it is what was sent with an emergency call that is open.
    pub sent_with_call: bool,
}

/// `POST /v1/me/acknowledgements`: "I have read this."
#[derive(Clone, Debug, Deserialize, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeNotice {
    /// The stable name of the notice, such as `limits` or `address_opened`.
    pub notice: String,
    /// Which version of its text, or which occurrence of it: the `version` of the notice.
    pub version: NoticeVersion,
    /// The language in which it was read, such as `en` or `fr-CA`.
    pub locale: String,
}

/// A version, written as text or as a number.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(untagged)]
pub enum NoticeVersion {
    /// As a number.
    Number(u32),
    /// As text.
    Text(String),
}

/// What an agent has read.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct NoticeAcknowledged {
    /// The stable name of the notice.
    pub notice: String,
    /// Which version.
    pub version: String,
    /// The language in which it was read first.
    pub locale: String,
    /// When it was read first.
    pub at: Timestamp,
}

discreet! {
    OpenedAddress { username, class, since, sent_with_call }
}
