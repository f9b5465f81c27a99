//! Danish addresses, by the conventions of the address register (DAR): street, house number,
//! floor and door, supplementary town, postal code and city.

mod inside;
mod refusal;
mod street;
mod tail;

use super::{Candidate, Interpretation, conclusion, draft::Draft, line::Line};
use crate::{CivicKey, Country, Problem, ProblemCode, gazetteer::dk};

pub(super) fn interpret(line: &Line<'_>) -> Interpretation {
    if let Some(problem) = refusal::refusal(line) {
        return Interpretation::of(problem);
    }
    let line = &line.parted(street::glued);
    let mut draft = Draft::new(line);
    refusal::set_aside(&mut draft);
    tail::read(&mut draft);
    street::read(&mut draft);
    draft.put(CivicKey::Country, Country::Dk.civic());
    let written = draft.has(CivicKey::Pc) || (draft.has(CivicKey::Hno) && draft.has(CivicKey::Rd));
    if !written {
        return Interpretation::of(super::refusal::no_address(refusal::WANTED));
    }
    let candidates = with_city(&draft);
    let notes = conclusion::notes(&draft, &candidates);
    let mut read = conclusion::concluded(&draft, draft.fields(), notes, candidates);
    if read
        .fields
        .get(CivicKey::Pc)
        .is_some_and(|code| code.starts_with("39"))
    {
        read.problems.push(Problem {
            code: ProblemCode::UnsupportedCountry,
            field: Some(CivicKey::Pc),
            text: "Greenland is not supported yet.".to_owned(),
        });
    }
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

/// Whether the city that was written is another than its postal code's. Shortened names (`Kbh.`,
/// `Kgs. Lyngby`) are not.
fn is_mismatched(read: &Interpretation) -> bool {
    let first = |name: &str| {
        let folded = dk::fold(name);
        let word = folded.split(' ').next().unwrap_or_default();
        word.trim_end_matches('.').to_owned()
    };
    let code = read.fields.get(CivicKey::Pc).unwrap_or_default();
    match (read.fields.get(CivicKey::A3), dk::city(code)) {
        (Some(written), Some(known)) => {
            let written = first(written);
            let known = first(known);
            let mut rest = known.chars();
            let shortened = written.chars().all(|c| rest.any(|other| other == c));
            let capital = code < "3000" && matches!(&*written, "kobenhavn" | "kbh" | "copenhagen");
            !shortened && !capital
        }
        (Some(_) | None, None) | (None, Some(_)) => false,
    }
}

#[cfg(test)]
mod tests;
