//! Interpreting and checking a written address.

use std::collections::BTreeMap;

use ::location::{CivicAddress, CivicKey, Problem, Verdict};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::location::ResponderView;

/// `POST /v1/addresses/interpret`.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterpretAddress {
    /// As typed or pasted, one line or several; at most 2,000 characters.
    pub text: String,
    /// ISO 3166, two letters; detected when absent.
    #[serde(default)]
    pub country: Option<String>,
}

/// What was understood of a written address.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct Interpretation {
    /// The elements that were understood.
    pub fields: CivicAddress,
    /// What keeps the address from being sent. Empty: it is complete.
    pub problems: Vec<Problem>,
    /// Hints, guesses worth confirming, and cuts, as sentences.
    pub notes: Vec<String>,
    /// Other readings, likeliest first.
    pub candidates: Vec<Candidate>,
    /// Which parts of the text were understood as what, in the order of the text.
    pub parts: Vec<Part>,
}

/// Another reading of the same text.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct Candidate {
    /// The elements in this reading.
    pub fields: CivicAddress,
    /// Which elements differ from the first reading.
    pub differs: Vec<CivicKey>,
}

/// A part of the text.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Part {
    /// What it was understood as; null when it was not.
    pub field: Option<CivicKey>,
    /// Where it begins, in UTF-16 code units.
    pub start: usize,
    /// Where it ends, in UTF-16 code units.
    pub end: usize,
}

/// `POST /v1/addresses/check`.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckAddress {
    /// The address by RFC 5139 elements.
    pub address: CivicAddress,
}

/// What checking found.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct AddressCheck {
    /// The whole.
    pub verdict: Verdict,
    /// Each element that was looked at.
    pub fields: BTreeMap<CivicKey, FieldCheck>,
    /// What keeps the address from being sent.
    pub problems: Vec<Problem>,
    /// Addresses that would pass, likeliest first.
    pub suggestions: Vec<CivicAddress>,
    /// The address to read aloud.
    pub lines: Vec<String>,
    /// What would survive on the 911 centre's screen.
    pub responder_view: ResponderView,
}

/// What checking found of one element.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct FieldCheck {
    /// What was found.
    pub verdict: Verdict,
    /// The same as a sentence.
    pub text: String,
}
