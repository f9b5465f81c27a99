//! Interpreting and checking a written address.

use std::collections::BTreeMap;

use ::location::{
    CivicAddress, CivicKey, Country, DispatchableLocation, Problem, TypedAddress, Verdict,
    interpret,
    render::{self, Profile},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{discreet::discreet, location::ResponderView};

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

impl Interpretation {
    /// Reads a written address of this country, or of the country it bears the marks of.
    #[must_use]
    pub fn of(text: &str, country: Option<Country>) -> Self {
        let read = interpret(&TypedAddress::from(text), country);
        let parts = read.spans.iter().map(|span| {
            let units = span.utf16(text);
            Part {
                field: span.field,
                start: units.start,
                end: units.end,
            }
        });
        let candidates = read.candidates.iter().map(|candidate| Candidate {
            fields: candidate.fields.clone(),
            differs: candidate.differs.clone(),
        });
        Self {
            parts: parts.collect(),
            candidates: candidates.collect(),
            fields: read.fields,
            problems: read.problems,
            notes: read.notes,
        }
    }

    /// Nothing was read, because of this.
    #[must_use]
    pub fn refused(problem: Problem) -> Self {
        Self {
            fields: CivicAddress::new(),
            problems: vec![problem],
            notes: Vec::new(),
            candidates: Vec::new(),
            parts: Vec::new(),
        }
    }
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
#[derive(Clone, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct AddressCheck {
    /// The whole.
    pub verdict: Verdict,
    /// Each element that was looked at.
    pub fields: BTreeMap<CivicKey, FieldCheck>,
    /// What keeps the address from being sent.
    pub problems: Vec<Problem>,
    /// Addresses that would pass, likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// What is worth knowing and keeps nothing from being sent, as sentences: a house number that
    /// could not be checked, an address list that did not answer.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Who checked it, by the name of the address list; null when nothing was there to.
    #[serde(default)]
    pub by: Option<String>,
    /// The building is known to have several units, floors or rooms, so the address is asked for
    /// its own.
    #[serde(default)]
    pub several_units: bool,
    /// The address to read aloud.
    pub lines: Vec<String>,
    /// What would survive on the 911 centre's screen.
    pub responder_view: ResponderView,
}

impl AddressCheck {
    /// What can be said of an address without any address book: what keeps it from being sent,
    /// and what would survive of it under this profile. What is complete is `unchecked`.
    #[must_use]
    pub fn unaided(address: &CivicAddress, profile: Profile) -> Self {
        let problems = DispatchableLocation::assess(address)
            .err()
            .unwrap_or_default();
        Self {
            verdict: if problems.is_empty() {
                Verdict::Unchecked
            } else {
                Verdict::Invalid
            },
            fields: FieldCheck::unaided(address, &problems),
            suggestions: Vec::new(),
            notes: Vec::new(),
            by: None,
            several_units: false,
            lines: render::lines(address),
            responder_view: ResponderView::of(address, profile),
            problems,
        }
    }
}

discreet! {
    AddressCheck { verdict, problems, by, several_units }
    Suggestion { differs }
}

/// An address that would pass.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Suggestion {
    /// The address. Where `numbers` is set its house number is only the nearest of them.
    pub fields: CivicAddress,
    /// Which elements differ from the address that was checked.
    pub differs: Vec<CivicKey>,
    /// The house numbers that exist there, such as `200-298`, when the one that was written does
    /// not. Nobody but the agent can say which of them it is.
    #[serde(default)]
    pub numbers: Option<String>,
    /// The same as a question to the person who wrote the address, such as `Did you mean 200-298 E
    /// Pine St (even numbers)?`
    pub text: String,
}

/// What checking found of one element.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct FieldCheck {
    /// What was found.
    pub verdict: Verdict,
    /// The same as a sentence.
    pub text: String,
}

impl FieldCheck {
    fn unaided(address: &CivicAddress, problems: &[Problem]) -> BTreeMap<CivicKey, Self> {
        let unchecked = address.iter().map(|(key, _)| {
            let text = "Taken as it is; nothing was there to check it against.".to_owned();
            let verdict = Verdict::Unchecked;
            (key, Self { verdict, text })
        });
        let invalid = problems.iter().filter_map(|problem| {
            let verdict = Verdict::Invalid;
            let text = problem.text.clone();
            Some((problem.field?, Self { verdict, text }))
        });
        unchecked.chain(invalid).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_a_browser_counts() {
        let text = "🏢 2121 7th Ave, Seattle, WA 98121";
        let read = Interpretation::of(text, None);
        let number = read
            .parts
            .iter()
            .find(|part| part.field == Some(CivicKey::Hno));
        let number = number.map(|part| (part.start, part.end));
        assert_eq!(number, Some((3, 7)), "the building is two units wide");
        assert_eq!(read.fields.get(CivicKey::Rd), Some("7th"));
    }

    #[test]
    fn what_is_missing_and_what_is_there_are_both_named() {
        let whole = Interpretation::of("2121 7th Ave, Seattle, WA 98121", None).fields;
        let mut address = whole.clone();
        address.remove(CivicKey::Hno);
        let found = AddressCheck::unaided(&address, Profile::AmazonConnect);
        assert_eq!(found.verdict, Verdict::Invalid);
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.fields[&CivicKey::Hno].verdict, Verdict::Invalid);
        assert_eq!(found.fields[&CivicKey::Rd].verdict, Verdict::Unchecked);
        let found = AddressCheck::unaided(&whole, Profile::AmazonConnect);
        assert_eq!(found.verdict, Verdict::Unchecked);
        assert!(found.problems.is_empty());
        assert!(found.responder_view.text.contains("2121"));
    }
}
