//! Why a text is not read, in the words for every country.

use super::draft::Draft;
use crate::{CivicKey, Problem, ProblemCode};

/// There is nothing that a word could be.
pub(super) fn no_words() -> Problem {
    problem(
        ProblemCode::NotAnAddress,
        "There are no words in this. Write the address.",
    )
}

/// A post-office box and no street.
pub(super) fn box_only() -> Problem {
    problem(
        ProblemCode::PoBox,
        "Nobody can be sent to a PO box. Write the street address.",
    )
}

/// A corner.
pub(super) fn two_streets() -> Problem {
    problem(
        ProblemCode::Intersection,
        "These are two streets. Write the house number of the nearest door and one street.",
    )
}

/// Something that is no address. `wanted` is what one consists of.
pub(super) fn no_address(wanted: &str) -> Problem {
    problem(
        ProblemCode::NotAnAddress,
        &format!("This does not read as an address. Write the {wanted}."),
    )
}

/// A named reason.
pub(super) fn problem(code: ProblemCode, text: &str) -> Problem {
    Problem {
        code,
        field: None,
        text: text.to_owned(),
    }
}

/// Leaves out the words of a box that stands beside a street.
pub(super) fn leave_out_box(draft: &mut Draft<'_, '_>, words: std::ops::Range<usize>) {
    draft.ignore(words, "The PO box is left out: nobody can be sent there.");
}

/// Keeps in whose care somebody is as further location: runs that begin with one of these words.
pub(super) fn keep_care(draft: &mut Draft<'_, '_>, words: &[&str]) {
    for run in draft.runs(0..draft.words().len()) {
        if words.contains(&draft.key(run.start)) && run.len() > 1 {
            let value = draft.verbatim(run.clone());
            draft.take(CivicKey::Loc, run, value);
        }
    }
}
