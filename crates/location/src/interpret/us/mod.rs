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
mod place_first;
mod refusal;
mod split;
mod street;
mod tail;
mod tidy;

use std::ops::Range;

use self::split::Split;
pub(super) use self::{
    evidence::{Evidence, Known, compare},
    head::{in_one_word, name_what_is_left},
    inside::read as read_inside,
    refusal::refused,
    street::{Form, Street},
    tail::read as read_right_end,
};
use super::{
    Candidate, Interpretation, conclusion,
    draft::Draft,
    line::{Line, Word},
};
use crate::{CivicAddress, CivicKey, Country, ProblemCode, pub28};

/// How much weaker another reading may be and still be worth showing.
const NEAR: i32 = 3;

/// The most other readings that are shown.
const CANDIDATE_LIMIT: usize = 3;

/// What differs between countries whose addresses are put together in the American way.
pub(super) struct Dialect {
    /// The country by whose rules the line is read.
    pub(super) country: Country,
    /// What the right end of a line says of the city before it.
    pub(super) evidence: fn(&Draft<'_, '_>) -> Evidence,
    /// Reads words as one street; None when they leave no name.
    pub(super) street: fn(&[&Word<'_>]) -> Option<Street>,
    /// Fills in what follows from the tables, and says where they disagree with what is written.
    pub(super) compare: fn(&mut CivicAddress) -> Vec<String>,
}

pub(super) fn interpret(line: &Line<'_>) -> Interpretation {
    if let Some(problem) = refusal::refused(line, Country::Us, is_way) {
        return Interpretation {
            problems: vec![problem],
            ..Interpretation::default()
        };
    }
    let line = tidy::tidied(line);
    let turned = place_first::turned(&line);
    let line = turned.as_ref().unwrap_or(&line);
    let mut draft = Draft::new(line);
    let end = tail::read(&mut draft);
    let start = read_ends(&mut draft, end);
    divide(
        &draft,
        start..end,
        &Dialect {
            country: Country::Us,
            evidence: Evidence::american,
            street: Street::read,
            compare: evidence::compare,
        },
    )
}

/// Understands what stands before the right end and says what it is: the house number, names, and
/// everything inside the building. Returns where the street begins.
fn read_ends(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    read_ends_from(draft, 0, end)
}

/// As [`read_ends`], where the house number ends at `start` already, unless that is 0.
pub(super) fn read_ends_from(draft: &mut Draft<'_, '_>, start: usize, end: usize) -> usize {
    let start = if start > 0 {
        start
    } else {
        head::read(draft, end)
    };
    inside::read(draft, 0..start);
    head::name_what_is_left(draft, start);
    inside::read(draft, start..end);
    inside::bare(draft, start..end);
    start
}

/// Divides what is left between street and city in the likeliest way, with the other likely ways
/// as candidates.
pub(super) fn divide(
    draft: &Draft<'_, '_>,
    range: Range<usize>,
    dialect: &Dialect,
) -> Interpretation {
    let mut splits = split::ranked(draft, range, dialect).into_iter();
    let Some(first) = splits.next() else {
        return concluded(draft, dialect, Vec::new());
    };
    let read = |split: &Split| {
        let mut reading = draft.clone();
        split.apply(&mut reading);
        reading
    };
    let best = read(&first);
    let fields = finished(&best, dialect.country);
    let mut candidates: Vec<Candidate> = Vec::new();
    for split in splits.take_while(|split| split.score >= first.score - NEAR) {
        let other = finished(&read(&split), dialect.country);
        let new = other != fields && candidates.iter().all(|c| c.fields != other);
        if new && candidates.len() < CANDIDATE_LIMIT {
            candidates.push(Candidate::beside(&fields, other));
        }
    }
    concluded(&best, dialect, candidates)
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
    dialect: &Dialect,
    mut candidates: Vec<Candidate>,
) -> Interpretation {
    if !is_address(draft) {
        return Interpretation::refused(
            ProblemCode::NotAnAddress,
            match dialect.country {
                Country::Ca => {
                    "This does not read as an address. Write the civic number, street, city, \
                     province and postal code."
                }
                Country::Dk | Country::Gb | Country::Pr | Country::Us => {
                    "This does not read as an address. Write the house number, street, city, \
                     state and ZIP code."
                }
            },
        );
    }
    let mut fields = finished(draft, dialect.country);
    let mut notes = draft.notes();
    if !candidates.is_empty() {
        notes.push("This can be read in more than one way. Check the street and the city.".into());
    }
    notes.extend((dialect.compare)(&mut fields));
    for candidate in &mut candidates {
        (dialect.compare)(&mut candidate.fields);
    }
    conclusion::concluded(draft, fields, notes, candidates)
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
pub(super) fn is_way(key: &str) -> bool {
    pub28::StreetSuffix::find(key).is_some_and(|s| s.kind == pub28::SuffixKind::Way)
        || pub28::OTHER_STREET_TYPES.contains(&key)
}
