//! Slips of the keyboard that hide where a word ends.

use std::{borrow::Cow, ops::Range};

use crate::{
    CivicKey, gazetteer,
    interpret::line::{Gap, Line, Word},
    pub28::{Designator, StreetSuffix},
};

/// The same line with the house number parted from the unit before it (`Unit 3/45 Main St`), a ZIP
/// code parted from the state that it was written together with
/// (`NY14850`), a grid's directions from their numbers, and without the comma before `Jr.` in a
/// street's name, the word `Zip` before the code or a telephone number at the end.
pub(super) fn tidied<'a, 't>(line: &'a Line<'t>) -> Cow<'a, Line<'t>> {
    let mut line = Cow::Borrowed(line);
    // `48S 400E`: two directions of a grid, each glued to its number.
    if let [number, street, ..] = &*line.words
        && let (Some(first), Some(second)) = (grid_at(number), grid_at(street))
        && street.gap == Gap::Space
    {
        let parts = [parted(number, first), parted(street, second)];
        line.to_mut()
            .words
            .splice(0..2, parts.into_iter().flatten());
    }
    if let Some(phone) = phone(&line.words) {
        line.to_mut().words.drain(phone);
    }
    for index in (1..line.words.len()).rev() {
        let word = &line.words[index];
        let named = matches!(&*word.key, "jr" | "sr" | "ii" | "iii")
            && word.gap == Gap::Comma
            && line.words.get(index + 1).is_some_and(|next| {
                next.gap == Gap::Space && StreetSuffix::find(&next.key).is_some()
            });
        // `Zip 07030`: the word says what everybody sees.
        let label = matches!(&*word.key, "zip" | "zipcode")
            && line
                .words
                .get(index + 1)
                .is_some_and(|next| next.text.len() >= 5 && gazetteer::zip(next.text).is_some());
        if label {
            line.to_mut().words.remove(index);
        } else if named {
            line.to_mut().words[index].gap = Gap::Space;
        } else if let Some(number) = house_at(&line.words, index) {
            let parts = parted(word, number);
            line.to_mut().words.splice(index..=index, parts);
        } else if let Some(code) = code_at(word) {
            let parts = parted(&line.words[index], code);
            line.to_mut().words.splice(index..=index, parts);
        }
    }
    line
}

/// A telephone number at the end, with the word that announces it: `Tel. 217-555-0123`.
fn phone(words: &[Word<'_>]) -> Option<Range<usize>> {
    let shape = |word: &Word<'_>| -> String {
        let digits = |c: char| match c {
            '0'..='9' => '0',
            '.' => '-',
            other => other,
        };
        word.text.chars().take(16).map(digits).collect()
    };
    let [.., before, last] = words else {
        return None;
    };
    let number = match &*shape(last) {
        "000-000-0000" | "0-000-000-0000" | "+0-000-000-0000" => 1,
        "000-0000" if &*shape(before) == "000" => 2,
        _ => return None,
    };
    let start = words.len() - number;
    let announced = start.checked_sub(1).is_some_and(|at| {
        matches!(
            &*words[at].key,
            "call" | "cell" | "fax" | "mobile" | "ph" | "phone" | "tel" | "telephone"
        )
    });
    let start = start - usize::from(announced);
    (start > 2).then_some(start..words.len())
}

/// Where the direction begins in a number with one behind it.
fn grid_at(word: &Word<'_>) -> Option<usize> {
    let digits = word.text.len().checked_sub(1)?;
    let (number, direction) = word.text.split_at_checked(digits)?;
    let grid = (1..=5).contains(&digits)
        && number.bytes().all(|b| b.is_ascii_digit())
        && matches!(direction, "N" | "S" | "E" | "W");
    grid.then_some(digits)
}

/// Where the house number begins in a unit's number with one behind it: `Unit 3/45 Main St`.
fn house_at(words: &[Word<'_>], index: usize) -> Option<usize> {
    let word = &words[index];
    let announced = index.checked_sub(1).is_some_and(|before| {
        // Behind a house number it is two units: `Suites 200/300`.
        before < 2
            && !words[0].has_digit()
            && word.gap == Gap::Space
            && Designator::find(&words[before].key).is_some_and(|d| d.key == CivicKey::Unit)
    });
    let (unit, house) = word.text.split_once('/')?;
    let number = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.len() <= 5
            && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    // A fraction is part of the unit's number: `Apt 2 1/2`.
    let fraction = unit.len() == 1 && house.len() == 1;
    let street = words.get(index + 1).is_some_and(|next| {
        next.gap == Gap::Space && !next.has_digit() && Designator::find(&next.key).is_none()
    }) || words.get(index + 1).and_then(Word::ordinal).is_some();
    (announced && number(unit) && number(house) && !fraction && street).then_some(unit.len() + 1)
}

/// Where the ZIP code begins in a word that is letters and a ZIP code.
fn code_at(word: &Word<'_>) -> Option<usize> {
    let letters = word
        .text
        .bytes()
        .take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'.' | b'-'))
        .count();
    let (name, code) = word.text.split_at(letters);
    let digits = code.split('-').next().unwrap_or_default();
    let known = letters >= 2
        && digits.len() == 5
        && digits.bytes().all(|b| b.is_ascii_digit())
        && Designator::find(&name.trim_end_matches(['.', '-']).to_ascii_lowercase()).is_none()
        && gazetteer::zip(digits).is_some();
    known.then_some(letters)
}

fn parted<'t>(word: &Word<'t>, at: usize) -> [Word<'t>; 2] {
    let (name, code) = word.text.split_at(at);
    [
        Word {
            start: word.start,
            text: name.trim_end_matches(['.', '-', '/']),
            key: name
                .trim_end_matches(['-', '/'])
                .replace('.', "")
                .to_ascii_lowercase(),
            gap: word.gap,
        },
        Word {
            start: word.start + at,
            text: code,
            key: code.to_ascii_lowercase(),
            gap: Gap::Space,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_where_they_end() {
        #[rustfmt::skip]
        let table = [
            ("Ithaca, NY14850", "Ithaca NY 14850"), ("York14850-1234", "x York 14850-1234"),
            ("48S 400E, Ada", "48 S 400 E Ada"), ("48S Elm", "48S Elm"),
            ("a Suite14850", "a Suite14850"),
            ("9 Elm St Ada 217-555-0123", "9 Elm St Ada"), ("9 Elm St Ada, Tel. (217) 555-0123", "9 Elm St Ada"),
            ("9 Elm St 217-0123", "9 Elm St 217-0123"), ("a Suite-14850", "a Suite-14850"),
            ("a NJ-07030", "a NJ 07030"),
            ("Unit 3/45 Main St", "Unit 3 45 Main St"), ("Apt 1/2 Main St", "Apt 1/2 Main St"),
            ("3/45 Main St", "3/45 Main St"), ("9 Elm St Suites 200/300 Fort Lee", "9 Elm St Suites 200/300 Fort Lee"), ("45 Main St Apt 3/45", "45 Main St Apt 3/45"), ("NJ Zip: 07030", "NJ 07030"), ("a NY99999", "a NY99999"),
        ];
        for (text, expected) in table {
            let text = if text.starts_with("York") {
                format!("x {text}")
            } else {
                text.to_owned()
            };
            let line = Line::new(&text);
            let tidy = tidied(&line);
            let words: Vec<&str> = tidy.words.iter().map(|word| word.text).collect();
            assert_eq!(words.join(" "), expected);
        }
        let line = Line::new("King, Jr. Blvd, Jr");
        assert_eq!(tidied(&line).words[1].gap, Gap::Space);
        assert_eq!(tidied(&line).words[3].gap, Gap::Comma);
    }
}
