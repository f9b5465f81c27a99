//! An emergency call as the agent, a supervisor and the security desk see it.

use ::location::Status;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{agent::Role, discreet::discreet, test_call::TestResult};

/// The emergency call of one agent, while it is open and until its callback window closes.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Emergency {
    /// The platform's name for the call.
    pub call_id: String,
    /// Our name for the call: no other call ever has it, while two platforms may use one `call_id`.
    /// Empty from a server that does not say.
    #[serde(default)]
    pub reference: String,
    /// The emergency number that was dialled, such as `911`.
    pub dialled: String,
    /// A test call (933): nobody is sent.
    pub test: bool,
    /// A drill: nobody dialled anything, and nobody was called. Every drill is a `test`.
    #[serde(default)]
    pub drill: bool,
    /// Open, or ended with the callback window still open.
    pub phase: Phase,
    /// When the platform asked.
    pub started_at: Timestamp,
    /// When the call ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<EndedBy>,
    /// The number responders can call, E.164; null when there is none.
    pub callback_number: Option<String>,
    /// Until when that number reaches this agent.
    pub callback_until: Option<Timestamp>,
    /// Whether `callback_until` is fixed; it is once the call has ended.
    pub callback_until_final: bool,
    /// Whether the 911 centre is calling back.
    pub callback: Callback,
    /// The address as sent, to read aloud, seat and floor first; empty when none was sent.
    pub lines: Vec<String>,
    /// The age of that address when the call was made.
    pub location_status: Status,
    /// When the agent said to be there.
    pub since: Option<Timestamp>,
    /// The agent's status on the platform during the call, in the platform's words; null when no
    /// platform is connected.
    pub presence: Option<String>,
    /// What does not work about that status; null when nothing.
    pub presence_trouble: Option<PresenceTrouble>,
    /// Whether the platform can hang up for the agent.
    pub can_end_call: bool,
    /// What the agent heard on a test call; null for a real one, and until they said so.
    #[serde(default)]
    pub test_result: Option<TestResult>,
    /// Who said they are handling it.
    pub acknowledged_by: Vec<Acknowledgement>,
}

/// What does not work about an agent's status on the platform.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PresenceTrouble {
    /// What it was before the call is not back.
    NotRestored,
    /// Do Not Disturb is not set.
    NotSet,
}

/// Where a call stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Over; responders may still call back.
    Ended,
    /// In progress.
    Open,
}

/// Who ended a call.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// It was open longer than policy allows.
    MaxOpen,
    /// The agent or the security desk said it is over.
    Person,
    /// The telephony platform said so.
    Platform,
}

/// Whether the 911 centre is calling back.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Callback {
    /// Where the callback stands.
    pub state: CallbackState,
    /// Since when; null with `none`.
    pub since: Option<Timestamp>,
}

/// Where a callback stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackState {
    /// Answered.
    Connected,
    /// Nobody has called back yet.
    None,
    /// It was, and ended.
    Over,
    /// Ringing now.
    Ringing,
}

/// Somebody is handling the emergency.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Acknowledgement {
    /// Who. Empty from a server that does not say.
    #[serde(default)]
    pub username: String,
    /// What colleagues call them.
    pub display_name: String,
    /// What they are here; null from a server that does not say.
    #[serde(default)]
    pub role: Option<Role>,
    /// When they said so.
    pub at: Timestamp,
}

/// An emergency as a supervisor or the security desk sees it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct EmergencySummary {
    /// The agent's username; null when the platform named nobody we know.
    pub username: Option<String>,
    /// What colleagues call the agent.
    pub display_name: Option<String>,
    /// The agent's team.
    pub team: Option<String>,
    /// The site the call came from, where it is one.
    pub site: Option<String>,
    /// The call. Its `lines` are empty while `address_locked`.
    pub emergency: Emergency,
    /// The address is the agent's home and is not shown here.
    pub address_locked: bool,
    /// Whether whoever asks is to be alerted, with sound: they are among those told so far, and it is
    /// not in hand as the organisation wants it.
    #[serde(default)]
    pub alerts_you: bool,
    /// Whether whoever asks said that they are handling it.
    #[serde(default)]
    pub handled_by_you: bool,
    /// How far it was passed on because nobody said so: 0 for not at all.
    #[serde(default)]
    pub tier: u32,
}

/// `GET /v1/emergencies`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Emergencies {
    /// Open ones first, the newest first.
    pub emergencies: Vec<EmergencySummary>,
}

/// `POST /v1/me/emergency/shown`: the banner of this call is on the screen.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmergencyShown {
    /// The `reference` of the call, or its `call_id`.
    pub call_id: String,
}

discreet! {
    Emergency {
        call_id, reference, dialled, test, drill, phase, started_at, ended_at, ended_by, callback_until,
        callback_until_final, callback, location_status, since, acknowledged_by,
    }
}
