//! The right end: country, postal code and province, in any order.

use super::super::{
    detect::{is_fsa, is_ldu},
    draft::Draft,
    line::Word,
};
use super::street::is_type;
use crate::{CivicKey, pub28::province};

/// Understands the right end. Returns the index of its first word.
pub(super) fn read(draft: &mut Draft<'_, '_>) -> usize {
    let mut end = draft.words().len();
    loop {
        let before = end;
        if end > 1 && draft.key(end - 1) == "canada" {
            end -= 1;
            draft.mark(CivicKey::Country, end);
        }
        if !draft.has(CivicKey::Pc) {
            end = postal_code(draft, end);
        }
        if !draft.has(CivicKey::A1) {
            end = region(draft, end);
        }
        if end == before {
            return end;
        }
    }
}

/// What the post office uses in the country: `RR 2`, `Site 5`, `Stn Main`. Nobody finds a door by
/// it, and it is left out.
pub(super) fn rural(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    for index in 1..end {
        let numbered = draft.words().get(index + 1).is_some_and(Word::has_digit);
        let length = match draft.key(index) {
            "rr" | "ss" | "mr" | "site" | "comp" if numbered && index + 1 < end => 2,
            "gd" if index + 1 == end => 1,
            "stn" | "succ" | "succursale" if index + 1 < end => 2,
            _ => continue,
        };
        if draft.is_free(index) {
            draft.ignore(
                index..index + length,
                "The rural route or station is left out: it says how mail gets there.",
            );
        }
    }
    end
}

/// `K1A 0B1`, `K1A0B1`, `K1A-0B1`, or as far as it is typed. The letter O stands for a zero in the
/// places where only a digit can be.
fn postal_code(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    let Some(last) = end.checked_sub(1).filter(|last| *last > 0) else {
        return end;
    };
    let key = draft.key(last);
    let whole = key.is_ascii() && key.len() >= 6 && {
        let (first, second) = key.split_at(3);
        is_fsa(first) && is_ldu(second.trim_start_matches('-'))
    };
    let start = if whole || (is_fsa(key) && last > 2) {
        last
    } else if last > 1 && is_fsa(draft.key(last - 1)) && is_ldu(key) {
        last - 1
    } else {
        return end;
    };
    let letters: String = draft
        .text(start..end)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let value = match letters.split_at_checked(3) {
        Some((first, second)) if !second.is_empty() => format!("{first} {second}"),
        Some(_) | None => letters,
    };
    draft.take(CivicKey::Pc, start..end, value);
    start
}

fn region(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    let found = (1..=4_usize).rev().find_map(|count| {
        let start = end.checked_sub(count).filter(|start| *start > 1)?;
        let keys: Vec<&str> = (start..end).map(|index| draft.key(index)).collect();
        province(&keys.join(" ")).map(|letters| (start, letters))
    });
    // `rue Québec` is a street.
    let found = found.filter(|(start, _)| !is_type(draft.key(start - 1)));
    let Some((start, letters)) = found else {
        return end;
    };
    draft.take(CivicKey::A1, start..end, letters);
    start
}
