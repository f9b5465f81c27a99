//! Text that is no address to send anybody to, by name, and words that belong to no door.

use super::Draft;
use crate::{
    Problem,
    interpret::{
        line::{Line, Word},
        refusal,
        sentence::is_sentence,
    },
};

/// What an address consists of.
pub(super) const WANTED: &str = "street, house number, postal code and city";

/// The reason not to read a text at all.
pub(super) fn refusal(line: &Line<'_>) -> Option<Problem> {
    let words = &line.words;
    let first = words.first().map_or("", |word| &*word.key);
    if words.is_empty() {
        Some(refusal::no_words())
    } else if boxed(words).is_some_and(|at| !has_house_number(words, at)) {
        Some(refusal::box_only())
    } else if matches!(first, "hjørnet" | "hjornet" | "krydset" | "corner") {
        Some(refusal::two_streets())
    } else {
        is_sentence(words).then(|| refusal::no_address(WANTED))
    }
}

/// Leaves out a box beside a street, and keeps in whose care the person is as further location.
pub(super) fn set_aside(draft: &mut Draft<'_, '_>) {
    let words = draft.words();
    if let Some(at) = boxed(words) {
        let start = at - usize::from(at > 0 && matches!(draft.key(at - 1), "po" | "post"));
        let numbered = words.get(at + 1).is_some_and(Word::is_number);
        let end = at + 1 + usize::from(numbered);
        refusal::leave_out_box(draft, start..end);
    }
    refusal::keep_care(draft, &["c/o", "att", "attn", "v/"]);
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
