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
    us::{self, Dialect, Evidence},
};
use crate::Country;

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
    community::read(&mut draft, 0..end);
    number::signed(&mut draft, 0..end);
    number::kilometre(&mut draft, 0..end);
    us::read_inside(&mut draft, 0..end);
    let start = number::read(&mut draft, 0..end);
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
