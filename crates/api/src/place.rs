//! Places an agent may be at.

use ::location::{CivicAddress, PlaceClass, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::discreet::discreet;

/// How a place is named in a request: exactly one of the three forms.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(untagged)]
pub enum PlaceReference {
    /// A seat by its identifier.
    Seat(SeatReference),
    /// A saved address by its identifier.
    Saved(SavedReference),
    /// An address written now.
    Address(AddressReference),
}

/// `{"seat":"SEA-5-181"}`
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatReference {
    /// The seat's identifier.
    pub seat: String,
}

/// `{"saved":"…"}`
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedReference {
    /// The saved address's identifier.
    pub saved: String,
}

/// `{"address":{…},"class":"home"}`
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressReference {
    /// The address by RFC 5139 elements.
    pub address: CivicAddress,
    /// Home, or other (the default).
    #[serde(default = "AddressClass::default")]
    pub class: AddressClass,
}

/// What kind of address an agent wrote.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressClass {
    /// The agent's home.
    Home,
    /// Any other address.
    #[default]
    Other,
}

/// A saved address.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Place {
    /// Its identifier.
    pub id: String,
    /// What the agent calls it.
    pub label: String,
    /// Home or other.
    pub class: AddressClass,
    /// The address by RFC 5139 elements.
    pub civic_address: CivicAddress,
    /// The same to read aloud.
    pub lines: Vec<String>,
    /// What checking found.
    pub verdict: Verdict,
    /// When the agent last said to be there.
    pub confirmed_at: Option<Timestamp>,
}

/// `GET /v1/me/places`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Places {
    /// Saved addresses, the last used first.
    pub places: Vec<Place>,
}

/// `POST /v1/me/places` and `PUT /v1/me/places/{id}`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavePlace {
    /// What the agent calls it; 1 to 60 characters.
    pub label: String,
    /// Home or other.
    pub class: AddressClass,
    /// The address by RFC 5139 elements.
    pub civic_address: CivicAddress,
}

/// Where the agent may be.
#[derive(Clone, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct Proposal {
    /// How to confirm it.
    pub place: PlaceReference,
    /// What people call it, such as `WS 181`.
    pub label: String,
    /// Where it is in few words, such as `Floor 5, Seattle 7th Ave`.
    pub detail: String,
    /// What kind of place it is.
    pub class: PlaceClass,
    /// The address to read aloud, seat and floor first.
    pub lines: Vec<String>,
    /// What would survive on the 911 centre's screen.
    pub responder_view: crate::location::ResponderView,
    /// 0 to 1.
    pub confidence: f64,
    /// Stable name of the reason.
    pub reason: ProposalReason,
    /// The reason as a sentence, in English.
    pub because: String,
    /// When the agent last said to be there.
    pub last_declared_at: Option<Timestamp>,
}

/// Why a place is proposed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalReason {
    /// The agent was there last.
    LastPlace,
    /// The agent saved it.
    SavedPlace,
    /// A reason this client does not know; show `because`.
    #[serde(other)]
    Other,
}

discreet! {
    Place { id, class, verdict, confirmed_at }
    Proposal { class, confidence, reason, last_declared_at }
}
