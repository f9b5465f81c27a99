//! Text that is no address to send anybody to, by name, and words that belong to no door.

use super::Draft;
use crate::{
    CivicKey, Problem, ProblemCode,
    interpret::{
        Interpretation,
        gb::words::may_be_street,
        line::{Line, Word},
        refusal,
        sentence::is_sentence,
    },
};

/// What an address consists of.
pub(super) const WANTED: &str = "house number, street, post town and postcode";

/// The reason not to read a text at all.
pub(super) fn refusal(line: &Line<'_>) -> Option<Problem> {
    let words = &line.words;
    if words.is_empty() {
        Some(refusal::no_words())
    } else if words.iter().any(|word| word.key == "bfpo") {
        Some(refusal::problem(
            ProblemCode::PoBox,
            "A forces' post office number is no place. Write the address of the building.",
        ))
    } else if boxed(words).is_some_and(|at| !has_street(words, at)) {
        Some(refusal::box_only())
    } else if is_crossing(words) {
        Some(refusal::two_streets())
    } else {
        is_sentence(words).then(|| refusal::no_address(WANTED))
    }
}

/// Leaves out a box beside a street, and keeps in whose care the person is as further location.
pub(super) fn set_aside(draft: &mut Draft<'_, '_>) {
    let words = draft.words();
    if let Some(at) = boxed(words) {
        let start = at - usize::from(at > 0 && words[at].key == "box");
        let start = start - usize::from(start > 0 && words[start].key == "o");
        let end = (at + 2).min(words.len());
        refusal::leave_out_box(draft, start..end);
    }
    const CARE: [&str; 4] = ["c/o", "care", "attn", "fao"];
    for run in draft.runs(0..draft.words().len()) {
        // `c/o The Edwards Partnership 1 Bentinck Street`: up to the number.
        let number = (run.start + 2..run.end.saturating_sub(2))
            .find(|index| draft.words()[*index].has_digit())
            .filter(|_| CARE.contains(&draft.key(run.start)));
        if let Some(number) = number {
            let value = draft.verbatim(run.start..number);
            draft.take(CivicKey::Loc, run.start..number, value);
        }
    }
    refusal::keep_care(draft, &CARE);
}

/// The islands that share the postcodes but not the country.
pub(super) fn outside_the_kingdom(read: &mut Interpretation) {
    let island = read
        .fields
        .get(CivicKey::Pc)
        .is_some_and(|code| ["GY", "IM", "JE"].iter().any(|area| code.starts_with(area)));
    if island {
        read.problems.push(Problem {
            code: ProblemCode::UnsupportedCountry,
            field: Some(CivicKey::Pc),
            text: "Jersey, Guernsey and the Isle of Man are not supported yet.".to_owned(),
        });
    }
}

/// Where a box's own word is: `PO Box 45`, `P.O. Box`, `POBox`.
fn boxed(words: &[Word<'_>]) -> Option<usize> {
    let key = |index: usize| words.get(index).map_or("", |word| &*word.key);
    (0..words.len()).find(|&at| {
        matches!(key(at), "pobox" | "postbox")
            || (key(at) == "box"
                && at > 0
                && (matches!(key(at - 1), "po" | "office")
                    || (at > 1 && key(at - 1) == "o" && key(at - 2) == "p")))
    })
}

fn has_street(words: &[Word<'_>], at: usize) -> bool {
    words
        .iter()
        .enumerate()
        .any(|(index, word)| (index + 2 < at || index > at + 2) && may_be_street(&word.key))
}

/// `Corner of High Street and Mill Lane`, `High Street & Mill Lane`.
fn is_crossing(words: &[Word<'_>]) -> bool {
    let street = |side: &[Word<'_>]| side.iter().any(|word| super::words::is_street(&word.key));
    let corner = matches!(&*words[0].key, "corner" | "junction")
        || (words.len() > 1
            && words[0].key == "the"
            && matches!(&*words[1].key, "corner" | "junction"));
    let Some(at) = words
        .iter()
        .position(|word| matches!(&*word.key, "&" | "and" | "@" | "/"))
    else {
        return false;
    };
    let before = &words[..at];
    let numbered = before.iter().any(Word::has_digit);
    let directly = before
        .last()
        .is_some_and(|word| super::words::is_street(&word.key));
    !numbered && street(before) && street(&words[at + 1..]) && (corner || directly)
}
