//! British addresses, by the conventions of the Royal Mail's Postcode Address File.
//!
//! Read from the end: postcode, country, county and post town ([`tail`]); then what lies inside the
//! building from anywhere ([`inside`]); what remains is a number and a street with names before it
//! and villages behind it ([`street`]).

mod extent;
mod inside;
mod number;
mod postcode;
mod refusal;
mod street;
mod tail;
mod words;

use self::street::Numbered;
use super::{Candidate, Interpretation, conclusion, draft::Draft, line::Line};
use crate::{CivicKey, Country};

pub(super) fn interpret(line: &Line<'_>) -> Interpretation {
    if let Some(problem) = refusal::refusal(line) {
        return Interpretation::of(problem);
    }
    let (draft, ambiguous) = read(line, Numbered::Building);
    let candidates = if ambiguous {
        let (other, _) = read(line, Numbered::Street);
        vec![Candidate::beside(&draft.fields(), other.fields())]
    } else {
        Vec::new()
    };
    let written = draft.has(CivicKey::Pc)
        || draft.has(CivicKey::Hno)
        || (draft.has(CivicKey::Rd) && draft.has(CivicKey::A3));
    if !written {
        return Interpretation::of(super::refusal::no_address(refusal::WANTED));
    }
    let notes = conclusion::notes(&draft, &candidates);
    let mut read = conclusion::concluded(&draft, draft.fields(), notes, candidates);
    refusal::outside_the_kingdom(&mut read);
    read
}

fn read<'l, 't>(line: &'l Line<'t>, numbered: Numbered) -> (Draft<'l, 't>, bool) {
    let mut draft = Draft::new(line);
    refusal::set_aside(&mut draft);
    let area = postcode::read(&mut draft);
    tail::country(&mut draft);
    let area = area.or_else(|| postcode::outward_alone(&mut draft));
    inside::read(&mut draft, 0..line.words.len());
    tail::place(&mut draft, area.as_deref());
    let ambiguous = street::read(&mut draft, numbered);
    draft.put(CivicKey::Country, Country::Gb.civic());
    (draft, ambiguous)
}

#[cfg(test)]
mod tests;
