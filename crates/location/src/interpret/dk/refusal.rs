//! Text that is no address to send anybody to, by name, and words that belong to no door.

use super::Draft;
use crate::{
    CivicKey, Problem, ProblemCode,
    interpret::{
        line::{Line, Word},
        sentence::is_sentence,
    },
};

/// The reason not to read a text at all.
pub(super) fn refusal(line: &Line<'_>) -> Option<Problem> {
    let words = &line.words;
    let first = words.first().map_or("", |word| &*word.key);
    let (code, text) = if words.is_empty() {
        (
            ProblemCode::NotAnAddress,
            "There are no words in this. Write the address.",
        )
    } else if boxed(words).is_some_and(|at| !has_house_number(words, at)) {
        (
            ProblemCode::PoBox,
            "Nobody can be sent to a PO box. Write the street address.",
        )
    } else if matches!(first, "hjørnet" | "hjornet" | "krydset" | "corner") {
        (
            ProblemCode::Intersection,
            "These are two streets. Write the house number of the nearest door and one street.",
        )
    } else if is_sentence(words) {
        (
            ProblemCode::NotAnAddress,
            "This does not read as an address. Write the street, house number, postal code and \
             city.",
        )
    } else {
        return None;
    };
    Some(Problem {
        code,
        field: None,
        text: text.to_owned(),
    })
}

/// Leaves out a box beside a street, and keeps in whose care the person is as further location.
pub(super) fn set_aside(draft: &mut Draft<'_, '_>) {
    let words = draft.words();
    if let Some(at) = boxed(words) {
        let start = at - usize::from(at > 0 && matches!(draft.key(at - 1), "po" | "post"));
        let numbered = words.get(at + 1).is_some_and(Word::is_number);
        let end = at + 1 + usize::from(numbered);
        draft.ignore(
            start..end,
            "The PO box is left out: nobody can be sent there.",
        );
    }
    for run in draft.runs(0..words.len()) {
        if matches!(draft.key(run.start), "c/o" | "att" | "attn" | "v/") && run.len() > 1 {
            let value = draft.verbatim(run.clone());
            draft.take(CivicKey::Loc, run, value);
        }
    }
}

/// `Postboks 12`, `Box 12`, `Postbox`.
fn boxed(words: &[Word<'_>]) -> Option<usize> {
    words.iter().position(|word| {
        matches!(
            &*word.key,
            "postboks" | "postbox" | "boks" | "box" | "pobox"
        )
    })
}

/// A house number that is neither the box's number nor a postal code.
fn has_house_number(words: &[Word<'_>], at: usize) -> bool {
    words.iter().enumerate().any(|(index, word)| {
        index != at + 1 && index > 0 && word.has_digit() && word.text.len() <= 3
    })
}
