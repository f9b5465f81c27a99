//! Danish addresses, by the conventions of the address register (DAR): street, house number,
//! floor and door, supplementary town, postal code and city.

mod inside;
mod refusal;
mod street;
mod tail;

use super::{Candidate, Interpretation, conclusion, draft::Draft, line::Line};
use crate::{CivicKey, Country, gazetteer::dk};

pub(super) fn interpret(line: &Line<'_>) -> Interpretation {
    if let Some(problem) = refusal::refusal(line) {
        return Interpretation {
            problems: vec![problem],
            ..Interpretation::default()
        };
    }
    let mut draft = Draft::new(line);
    refusal::set_aside(&mut draft);
    tail::read(&mut draft);
    street::read(&mut draft);
    draft.put(CivicKey::Country, Country::Dk.civic());
    let written = draft.has(CivicKey::Pc) || (draft.has(CivicKey::Hno) && draft.has(CivicKey::Rd));
    if !written {
        return conclusion::no_address("street, house number, postal code and city");
    }
    let candidates = with_city(&draft);
    let mut read = conclusion::concluded(&draft, candidates);
    if is_mismatched(&read) {
        read.notes
            .push("The postal code belongs to another city. Check both.".to_owned());
    }
    read
}

/// The same address with the city of its postal code, where no city was written.
fn with_city(draft: &Draft<'_, '_>) -> Vec<Candidate> {
    let fields = draft.fields();
    let city = fields.get(CivicKey::Pc).and_then(dk::city);
    match city {
        Some(city) if fields.get(CivicKey::A3).is_none() => fields
            .clone()
            .with(CivicKey::A3, city)
            .map(|other| vec![Candidate::beside(&fields, other)])
            .unwrap_or_default(),
        Some(_) | None => Vec::new(),
    }
}

/// Whether the postal code's city and the written one have not even their first word in common.
fn is_mismatched(read: &Interpretation) -> bool {
    let written = read.fields.get(CivicKey::A3);
    let known = read.fields.get(CivicKey::Pc).and_then(dk::city);
    let first = |name: &str| {
        dk::fold(name)
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    match (written, known) {
        (Some(written), Some(known)) => {
            let written = first(written);
            written != first(known)
                && !(matches!(&*written, "kobenhavn" | "kbh" | "copenhagen")
                    && read
                        .fields
                        .get(CivicKey::Pc)
                        .is_some_and(|code| code < "3000"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
