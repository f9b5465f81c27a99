//! Declaring a location, and what is served in consequence.

use std::collections::BTreeMap;

use ::location::{CivicAddress, CivicKey, PlaceClass, Rule, Status, Verdict, render::Profile};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{address::FieldCheck, discreet::discreet, place::PlaceReference};

/// The oldest declaration that is taken, in seconds. After longer than that the agent may have
/// moved, and is asked again.
pub const OLDEST_DECLARATION_SECONDS: u64 = 900;
/// The longest reason an agent may give, in characters.
pub const REASON_LIMIT: usize = 500;

/// `PUT /v1/me/location`, with an `Idempotency-Key`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmLocation {
    /// Where the agent says they are.
    pub place: PlaceReference,
    /// How long ago the agent said so, in seconds, by a monotonic clock. Null (unknown, as after
    /// a restart of the computer) or above 900 is answered with `ask_again`.
    pub declared_age_seconds: Option<u64>,
    /// The version of the served location the agent was looking at.
    #[serde(default)]
    pub based_on: Option<u64>,
    /// Why an address that failed its check is right all the same.
    #[serde(default)]
    pub override_reason: Option<String>,
}

/// `POST /v1/me/location/decline`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineLocation {
    /// Why, in the agent's words; at most 500 characters.
    pub reason: String,
}

/// What the backend will answer for this agent. Only the server makes one, and only one with a
/// version is shown as confirmed.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct ServedLocation {
    /// Grows with every declaration of this agent.
    pub version: u64,
    /// By age.
    pub status: Status,
    /// By checking.
    pub verdict: Verdict,
    /// What kind of place it is; null when there is none.
    pub class: Option<PlaceClass>,
    /// The address by RFC 5139 elements; empty when there is none.
    pub civic_address: CivicAddress,
    /// The same to read aloud, seat and floor first.
    pub lines: Vec<String>,
    /// What survives on the 911 centre's screen.
    pub responder_view: ResponderView,
    /// By which rule this was chosen.
    pub rule: Rule,
    /// When the agent said so.
    pub since: Option<Timestamp>,
    /// Until when it stays fresh.
    pub until: Option<Timestamp>,
    /// The last precise place the agent named, also when something coarser is served.
    pub last_known: Option<LastKnown>,
    /// Where the verdict comes from; absent when nothing checked the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub checked: Option<Checked>,
}

/// Where a verdict comes from.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Checked {
    /// Who checked, by the name of the address list.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was found of each element.
    pub fields: BTreeMap<CivicKey, FieldCheck>,
}

/// The last precise place an agent named.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct LastKnown {
    /// How to say it again.
    pub place: PlaceReference,
    /// What people call it, such as `WS 181` or `Home`.
    pub label: String,
    /// What kind of place it is.
    pub class: PlaceClass,
    /// The address to read aloud, seat and floor first.
    pub lines: Vec<String>,
    /// When the agent said so.
    pub declared_at: Timestamp,
}

/// What survives of an address on the 911 centre's screen under the organisation's profile.
#[derive(Clone, Default, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct ResponderView {
    /// As the 911 centre sees it; lines are separated by a line feed.
    pub text: String,
    /// What was shortened or left out on the way.
    pub cut: Vec<Cut>,
}

impl ResponderView {
    /// What survives of an address under this profile.
    #[must_use]
    pub fn of(address: &CivicAddress, profile: Profile) -> Self {
        let rendering = profile.render(address);
        let cut = rendering.cut.iter().map(|cut| Cut {
            field: cut.field,
            from: cut.from.clone(),
            to: cut.to.clone(),
            why: cut.why.clone(),
        });
        Self {
            text: rendering.screen(),
            cut: cut.collect(),
        }
    }
}

/// One element that does not arrive as it was written.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Cut {
    /// The element.
    pub field: CivicKey,
    /// As written.
    pub from: String,
    /// As it arrives; empty when left out.
    pub to: String,
    /// Why, in a sentence.
    pub why: String,
}

discreet! {
    Cut { field, why }
    LastKnown { class, declared_at }
    ResponderView {}
    ServedLocation { version, status, verdict, class, rule, since, until }
}
