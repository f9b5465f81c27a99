//! American addresses.
//!
//! Read from both ends: country, ZIP and state from the right ([`tail`]); names and the house
//! number from the left ([`head`]); what lies inside the building from anywhere ([`inside`]). What
//! remains is a street and a city, and [`split`] weighs every place where one could end and the
//! other begin.

mod city_words;
mod evidence;
mod head;
mod highway;
mod inside;
mod layout;
mod refusal;
mod split;
mod street;
mod tail;

use self::split::Split;
use super::{Candidate, Interpretation, draft::Draft, line::Line};
use crate::{CivicAddress, CivicKey, Country, DispatchableLocation, ProblemCode, pub28};

/// How much weaker another reading may be and still be worth showing.
const NEAR: i32 = 3;

/// The most other readings that are shown.
const CANDIDATE_LIMIT: usize = 3;

pub(super) fn interpret(line: &Line<'_>, country: Country) -> Interpretation {
    if let Some(problem) = refusal::refusal(line) {
        return Interpretation {
            problems: vec![problem],
            ..Interpretation::default()
        };
    }

    let mut draft = Draft::new(line);
    let end = tail::read(&mut draft);
    let start = head::read(&mut draft, end);
    inside::read(&mut draft, 0..start);
    head::name_what_is_left(&mut draft, start);
    inside::read(&mut draft, start..end);
    inside::bare(&mut draft, start..end);

    let mut splits = split::ranked(&draft, start..end).into_iter();
    let Some(first) = splits.next() else {
        return concluded(&draft, country, Vec::new());
    };
    let read = |split: &Split| {
        let mut reading = draft.clone();
        split.apply(&mut reading);
        reading
    };
    let best = read(&first);
    let fields = finished(&best, country);
    let mut candidates: Vec<Candidate> = Vec::new();
    for split in splits.take_while(|split| split.score >= first.score - NEAR) {
        let other = finished(&read(&split), country);
        let new = other != fields && candidates.iter().all(|c| c.fields != other);
        if new && candidates.len() < CANDIDATE_LIMIT {
            candidates.push(Candidate::beside(&fields, other));
        }
    }
    concluded(&best, country, candidates)
}

/// The elements of a reading, with what follows from the country.
fn finished(draft: &Draft<'_, '_>, country: Country) -> CivicAddress {
    let mut fields = draft.fields();
    // Two letters are never too long and hold no control character.
    let _ = fields.set(CivicKey::Country, country.civic());
    if country == Country::Pr && fields.get(CivicKey::A1).is_none() {
        let _ = fields.set(CivicKey::A1, "PR");
    }
    fields
}

/// The outcome of one reading, with what keeps it from being sent.
fn concluded(
    draft: &Draft<'_, '_>,
    country: Country,
    mut candidates: Vec<Candidate>,
) -> Interpretation {
    if !is_address(draft) {
        return Interpretation::refused(
            ProblemCode::NotAnAddress,
            "This does not read as an address. Write the house number, street, city, state and \
             ZIP code.",
        );
    }
    let mut fields = finished(draft, country);
    let mut notes = draft.notes();
    if !candidates.is_empty() {
        notes.push("This can be read in more than one way. Check the street and the city.".into());
    }
    notes.extend(evidence::compare(&mut fields));
    for candidate in &mut candidates {
        evidence::compare(&mut candidate.fields);
    }
    let problems = match DispatchableLocation::assess(&fields) {
        Ok(location) => {
            notes.extend(location.notes().iter().cloned());
            Vec::new()
        }
        Err(problems) => problems,
    };
    Interpretation {
        fields,
        problems,
        notes,
        candidates,
        spans: draft.spans(),
    }
}

/// Whether enough was found to call it an address: a house number with a street, or a place that a
/// state or ZIP code vouches for.
fn is_address(draft: &Draft<'_, '_>) -> bool {
    let vouched = draft.has(CivicKey::A1) || draft.has(CivicKey::Pc);
    let street = draft.has(CivicKey::Rd);
    let way = draft.any(CivicKey::Sts, |value| is_way(&value.to_lowercase()));
    (street && way)
        || draft.has(CivicKey::Hno)
        || (vouched && (street || draft.has(CivicKey::A3) || draft.has(CivicKey::Pc)))
}

/// Whether a word can end a street's name and says so by itself.
fn is_way(key: &str) -> bool {
    pub28::StreetSuffix::find(key).is_some_and(|s| s.kind == pub28::SuffixKind::Way)
        || pub28::OTHER_STREET_TYPES.contains(&key)
}
