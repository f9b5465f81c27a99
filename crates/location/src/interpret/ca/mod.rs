//! Canadian addresses, in both languages.
//!
//! They are put together in the American way and read by the same means; what differs is here: the
//! right end with province and postal code ([`tail`]), the unit that stands before the civic number
//! with a dash ([`civic_number`]), streets whose type comes first ([`street`]), and the French words
//! ([`french`]), which are read as the English ones that they stand for.

mod civic_number;
mod evidence;
mod french;
mod street;
mod tail;

use super::{
    Interpretation,
    draft::Draft,
    line::Line,
    us::{self, Dialect},
};
use crate::Country;

pub(super) fn interpret(line: &Line<'_>) -> Interpretation {
    let line = french::understood(line);
    if let Some(problem) = us::refused(&line, Country::Ca, street::is_street) {
        return Interpretation {
            problems: vec![problem],
            ..Interpretation::default()
        };
    }
    let mut draft = Draft::new(&line);
    let end = tail::read(&mut draft);
    let end = tail::rural(&mut draft, end);
    let start = civic_number::read(&mut draft, end);
    let start = us::read_ends_from(&mut draft, start, end);
    us::divide(
        &draft,
        start..end,
        &Dialect {
            country: Country::Ca,
            evidence: evidence::of,
            street: street::read,
            compare: evidence::compare,
        },
    )
}
