//! Who the agent is, and the whole of what the agent's desktop shows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{
    emergency::Emergency,
    location::ServedLocation,
    place::{Place, Proposal},
};

/// A person with a username on the telephony platform.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Agent {
    /// The username on the telephony platform.
    pub username: String,
    /// What colleagues call them.
    pub display_name: String,
    /// Their team.
    pub team: String,
    /// What they may see and do.
    pub role: Role,
    /// The country they work in, ISO 3166, two letters.
    pub country: String,
}

/// What a person may see and do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the backend.
    Admin,
    /// Takes calls.
    Agent,
    /// Watches for emergencies.
    Security,
    /// Leads agents.
    Supervisor,
}

/// The whole of what an agent's desktop shows: `GET /v1/me`, and every `state` frame of
/// `GET /v1/me/events`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct Me {
    /// Grows with every change that concerns this agent. A frame with a smaller one is old.
    pub revision: u64,
    /// Who this is.
    pub agent: Agent,
    /// What the organisation set.
    pub policy: Policy,
    /// What an emergency call would be given now. Null when the agent never said anything and
    /// no default site stands in.
    pub served: Option<ServedLocation>,
    /// Saved addresses.
    pub places: Vec<Place>,
    /// Where the agent may be, best guess first.
    pub proposals: Vec<Proposal>,
    /// The emergency call that is open or whose callback window is.
    pub emergency: Option<Emergency>,
    /// What else the agent should know, most severe first.
    pub notices: Vec<Notice>,
}

/// What the organisation set.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Policy {
    /// How strongly a confirmation is asked for. Never touches emergency calls.
    pub confirm: ConfirmPolicy,
    /// How long a confirmed seat stays fresh, in seconds.
    pub seat_validity_seconds: u64,
    /// How long a confirmed home address stays fresh, in seconds.
    pub home_validity_seconds: u64,
    /// How long any other confirmed address stays fresh, in seconds.
    pub other_validity_seconds: u64,
    /// How long a callback number stays with the agent after the call, in seconds.
    pub callback_window_seconds: u64,
    /// Whether an address that failed its check may be used all the same, with a reason.
    #[serde(default = "allowed")]
    pub override_addresses: bool,
}

/// A server that does not say so forbids nothing.
const fn allowed() -> bool {
    true
}

/// How strongly a confirmation is asked for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmPolicy {
    /// Not at all.
    Off,
    /// By a reminder.
    Remind,
    /// Until it is given.
    Require,
}

/// Something the agent should know.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Notice {
    /// Stable name, such as `seat_conflict`.
    pub code: String,
    /// A sentence, in English, for programs that do not know the code.
    pub text: String,
    /// How much it matters.
    pub severity: Severity,
    /// What stands in the sentence, by name, for programs that know the code: of `address_opened` `who`,
    /// `at` (RFC 3339), `reason` and `during_call`.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Set when the notice stays until it is acknowledged by `POST /v1/me/acknowledgements` with this
    /// version.
    #[serde(default)]
    pub version: Option<String>,
}

impl Notice {
    /// One that says all there is to say, and goes by itself.
    #[must_use]
    pub fn new(code: &str, text: impl Into<String>, severity: Severity) -> Self {
        Self {
            code: code.to_owned(),
            text: text.into(),
            severity,
            values: BTreeMap::new(),
            version: None,
        }
    }
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something is wrong.
    Alarm,
    /// Good to know.
    Info,
    /// Something needs a look.
    Warning,
}
