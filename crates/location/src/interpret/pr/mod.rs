//! Puerto Rican addresses: Spanish, with the street's type first, the number before or behind it,
//! and an urbanization that tells one `Calle 1` from the next.
//!
//! The street keeps its type (`CALLE A` is an `RD`), as Publication 28 and the postal service's own
//! files have it; the urbanization is `A5`.

mod community;
mod number;
mod spanish;
mod street;

use super::{
    Interpretation,
    draft::Draft,
    line::Line,
    refusal,
    us::{self, Dialect, Evidence},
};
use crate::Country;

/// Leaves out a route's box beside a street: `Carr 190 RR 2 Box 327`.
fn box_of_a_route(draft: &mut Draft<'_, '_>, end: usize) {
    let route = |index: usize| {
        let key = draft.key(index);
        let digits = key.strip_prefix("rr").or_else(|| key.strip_prefix("hc"));
        match digits {
            Some("") => draft.words()[index + 1].is_number().then_some(index + 2),
            Some(digits) => digits.parse::<u16>().ok().map(|_| index + 1),
            None => None,
        }
    };
    let found = (0..end.saturating_sub(2)).find_map(|index| {
        let at = route(index)?;
        let numbered = at + 1 < end && draft.words()[at + 1].has_digit();
        let street = (0..index)
            .chain(at + 2..end)
            .any(|at| street::is_street(draft.key(at)));
        (draft.key(at) == "box" && numbered && street).then_some(index..at + 2)
    });
    if let Some(words) = found {
        refusal::leave_out_box(draft, words);
    }
}

pub(super) fn interpret(line: &Line<'_>) -> Interpretation {
    let line = spanish::understood(line);
    if let Some(problem) = us::refused(&line, Country::Pr, street::is_street) {
        return Interpretation {
            problems: vec![problem],
            ..Interpretation::default()
        };
    }
    let mut draft = Draft::new(&line);
    let end = us::read_right_end(&mut draft);
    box_of_a_route(&mut draft, end);
    community::read(&mut draft, 0..end);
    let sign = number::signed(&mut draft, 0..end);
    number::kilometre(&mut draft, 0..end);
    us::read_inside(&mut draft, 0..end);
    let start = number::read(&mut draft, 0..end, sign);
    us::name_what_is_left(&mut draft, start);
    us::divide(
        &draft,
        start..end,
        &Dialect {
            country: Country::Pr,
            evidence: Evidence::american,
            street: street::read,
            compare: us::compare,
        },
    )
}
