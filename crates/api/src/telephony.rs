//! What telephony platforms ask. Unknown request fields are ignored here, and every field that a
//! platform may leave out is optional: nothing here may make a call fail.

use std::collections::BTreeMap;

use ::location::{CivicAddress, Rule, Status, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::discreet::discreet;

/// `POST /v1/telephony/calls`: an emergency number was dialled.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
pub struct OpenCall {
    /// The platform's name for the call, any text up to 256 characters.
    #[serde(default)]
    pub call_id: Option<String>,
    /// Username, SIP URI, UPN or a number; may be unknown or absent.
    #[serde(default)]
    pub agent: Option<String>,
    /// What was dialled, in any form.
    #[serde(default)]
    pub dialled: Option<String>,
    /// The platform the call is on, by the word its callback numbers were imported with, such as
    /// `sip`: only such numbers, and those of no platform, are lent. Absent: any.
    #[serde(default)]
    pub platform: Option<String>,
}

/// 201, or 200 when the same call is asked about again.
#[derive(Clone, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct Answer {
    /// The platform's name for the call; made up here when the platform gave none.
    pub call_id: String,
    /// The agent's username; null when nobody by that name is known.
    pub agent: Option<String>,
    /// A test call: nobody is sent.
    pub test: bool,
    /// The age of the location.
    pub location_status: Status,
    /// What checking found; null without an address.
    pub verdict: Option<Verdict>,
    /// The address under the organisation's profile; empty when there is none.
    pub civic_address: CivicAddress,
    /// The same as one JSON text, encoded once; null when there is no address.
    pub civic_address_json: Option<String>,
    /// The address to read aloud, seat and floor first.
    pub lines: Vec<String>,
    /// By which rule the location was chosen.
    pub rule: Rule,
    /// Whether a fault here made this the best known rather than the truth.
    pub degraded: bool,
    /// The number responders can call, E.164: the agent's, one from the pool, or the number of a site.
    /// For an unknown caller it is that of the first site of the country, which may be another city.
    pub callback_number: Option<String>,
    /// Until when that number reaches the agent.
    pub callback_until: Option<Timestamp>,
    /// Whether `callback_until` is fixed.
    pub callback_until_final: bool,
}

/// `POST /v1/telephony/calls/end` and `POST /v1/telephony/callbacks/end`.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
pub struct EndCall {
    /// The platform's name for the call.
    pub call_id: String,
}

/// `GET /v1/telephony/locations/{agent}`: reads, opens nothing.
#[derive(Clone, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct AgentLocation {
    /// The agent's username; null when nobody by that name is known.
    pub agent: Option<String>,
    /// The age of the location.
    pub location_status: Status,
    /// What checking found; null without an address.
    pub verdict: Option<Verdict>,
    /// The address under the organisation's profile; empty when there is none.
    pub civic_address: CivicAddress,
    /// The same as one JSON text, encoded once; null when there is no address.
    pub civic_address_json: Option<String>,
    /// The address to read aloud, seat and floor first.
    pub lines: Vec<String>,
    /// By which rule the location was chosen.
    pub rule: Rule,
    /// When the agent said so.
    pub since: Option<Timestamp>,
    /// Until when it stays fresh.
    pub until: Option<Timestamp>,
    /// Whether a fault here made this the best known rather than the truth.
    pub degraded: bool,
}

/// `POST /v1/telephony/callbacks`: somebody calls a callback number.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
pub struct OpenCallback {
    /// The platform's name for this callback.
    #[serde(default)]
    pub call_id: Option<String>,
    /// The number that is being called.
    pub number: String,
    /// Who calls, as far as the platform knows.
    #[serde(default)]
    pub caller: Option<String>,
}

/// Where a callback goes: the answer to `POST /v1/telephony/callbacks` and
/// `GET /v1/telephony/callbacks/{number}`.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct CallbackDecision {
    /// To whom.
    pub decision: CallbackTarget,
    /// The agent's username.
    pub agent: Option<String>,
    /// Where to send it: `sip:…`, `tel:…` or `connect:USER_ID`.
    pub contact: Option<String>,
    /// Before every other contact.
    pub priority: CallbackPriority,
    /// What must not keep it from the agent.
    pub bypass: Vec<Bypass>,
    /// Until when the number reaches the agent; null while the call is open.
    pub until: Option<Timestamp>,
}

/// To whom a callback goes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackTarget {
    /// The agent who made the call.
    Agent,
    /// The security desk: the number is from the pool and nobody's now.
    SecurityDesk,
    /// Not a number of ours.
    Unknown,
}

/// How urgent a callback is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackPriority {
    /// Before everything else.
    Highest,
}

/// What must not keep a callback from the agent.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bypass {
    /// How many contacts the agent may have.
    Capacity,
    /// The agent's status.
    Presence,
    /// The queue's rules.
    RoutingRules,
}

/// The answer to Amazon Connect's Lambda: a flat map of texts. Keys: `CivicAddress`,
/// `agent_did_number`, `location_status`, `location_text`, `call_id`.
pub type AmazonConnectAnswer = BTreeMap<String, String>;

discreet! {
    AgentLocation { agent, location_status, verdict, rule, since, until, degraded }
    Answer {
        call_id, agent, test, location_status, verdict, rule, degraded, callback_until,
        callback_until_final,
    }
    CallbackDecision { decision, agent, until }
}
