//! The left end: who or what is there, and the house number.

use std::ops::Range;

use super::{Draft, highway::designation, is_way};
use crate::{
    CivicKey,
    interpret::line::{Gap, Word},
    pub28::{Designator, Directional, Identifier},
};

/// Understands the house number. Returns the index of the first word after it, or 0 when there is
/// none; the words before it are left for [`name_what_is_left`].
pub(in crate::interpret) fn read(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    if begins_with_unit(draft, end) {
        draft.take_text(CivicKey::Unit, 0..1);
    }
    let Some((start, number)) = find(draft, end) else {
        return 0;
    };
    let next = start + number.words;
    draft.take(CivicKey::Hno, start..next, number.digits);
    let (suffix, used) = match number.suffix {
        Some(suffix) => (Some(suffix), 0),
        None => suffix_at(draft, next, end),
    };
    if let Some(suffix) = suffix {
        draft.take(CivicKey::Hns, next..next + used, suffix);
    }
    next + used
}

/// Understands what is left before the house number as the name of a building or of whoever is
/// there.
pub(in crate::interpret) fn name_what_is_left(draft: &mut Draft<'_, '_>, start: usize) {
    #[rustfmt::skip]
    const BUILDINGS: [&str; 16] = [
        "apartments", "building", "center", "centre", "complex", "ctr", "hall", "hospital",
        "hotel", "house", "mall", "plaza", "square", "the", "tower", "towers",
    ];
    let mut rest = draft.free(0..start).into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut last = first;
        while let Some(next) = rest.next_if(|next| *next == last + 1) {
            last = next;
        }
        let building = (first..=last).any(|index| BUILDINGS.contains(&draft.key(index)));
        let key = if building {
            CivicKey::Bld
        } else {
            CivicKey::Nam
        };
        draft.take_text(key, first..last + 1);
    }
}

/// A house number.
#[derive(Debug)]
pub(in crate::interpret) struct Number {
    pub(in crate::interpret) digits: String,
    pub(in crate::interpret) suffix: Option<String>,
    pub(in crate::interpret) words: usize,
}

fn find(draft: &Draft<'_, '_>, end: usize) -> Option<(usize, Number)> {
    let words = &draft.words()[..end];
    if words.is_empty() {
        return None;
    }
    if draft.is_free(0)
        && at(words, 0).is_some()
        && let Some(found) = behind_a_building(draft, end)
    {
        return Some(found);
    }
    if let Some(number) = spelled_out(words) {
        return Some((0, number));
    }
    (0..end)
        .find_map(|index| {
            let number = at(words, index).filter(|_| draft.is_free(index))?;
            stands_as_house_number(draft, index, index + number.words, end)
                .then_some((index, number))
        })
        .or_else(|| {
            // `# 2 Turner Rd`, `No. 418 Maple Ave`
            (matches!(draft.key(0), "#" | "no" | "num" | "number") && end > 2)
                .then(|| at(words, 1).map(|number| (1, number)))
                .flatten()
        })
        .or_else(|| {
            // `A1075 Main`, `B40 Calle 1`.
            let text = words[0].text;
            let lettered = text.len() > 2
                && text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text[1..].bytes().all(|b| b.is_ascii_digit());
            (lettered && end > 1 && draft.joined(1) && designation(&[&words[0]]).is_none()).then(
                || {
                    (
                        0,
                        Number {
                            digits: text.to_owned(),
                            suffix: None,
                            words: 1,
                        },
                    )
                },
            )
        })
}

/// `4B, 12 Oak Ave`: a number with a letter, and behind a comma the house's own.
fn begins_with_unit(draft: &Draft<'_, '_>, end: usize) -> bool {
    let words = draft.words();
    let unit = words
        .first()
        .and_then(|word| in_one_word(word.text))
        .is_some_and(|number| number.suffix.is_some() && number.digits.len() <= 4);
    unit && end > 3
        && words[1].gap > Gap::Space
        && words[1].is_number()
        && words[2].gap == Gap::Space
        && street_follows(draft, 2, end)
}

/// Whether a number is the house's, and not a unit's, a floor's or a road's.
fn stands_as_house_number(draft: &Draft<'_, '_>, index: usize, next: usize, end: usize) -> bool {
    if next >= end {
        return index == 0;
    }
    if index == 0 {
        return !is_floor(draft, next);
    }
    let before = draft.key(index - 1);
    // `41st floor 1221 ...`: the floor has its number already.
    let floor_is_numbered =
        index > 1 && is_floor(draft, index - 1) && draft.words()[index - 2].has_digit();
    // `West Tower, 2180 Yonge St`: behind a comma, and before a street.
    let apart = !draft.joined(index) && street_follows(draft, next, end);
    let belongs_to_it = !floor_is_numbered
        && !apart
        && Designator::find(before).is_some_and(|d| d.identifier == Identifier::Required)
        || matches!(
            before,
            "highway" | "hwy" | "route" | "rte" | "rt" | "road" | "rd" | "box" | "suite"
        );
    let behind_street = (0..index).any(|earlier| is_way(draft.key(earlier)))
        && draft.joined(index)
        && !street_follows(draft, next, end);
    !belongs_to_it && !behind_street && draft.joined(next) && !is_floor(draft, next)
}

/// Whether the words from `start` on read as a street: a direction first, or a suffix soon.
fn street_follows(draft: &Draft<'_, '_>, start: usize, end: usize) -> bool {
    Directional::find(draft.key(start)).is_some()
        || (start + 1..end.min(start + 5)).any(|index| is_way(draft.key(index)))
}

/// The number of the street behind a building whose name begins with a number of its own:
/// `1 Lincoln Center 5400 LBJ Fwy`.
fn behind_a_building(draft: &Draft<'_, '_>, end: usize) -> Option<(usize, Number)> {
    const LAST: [&str; 13] = [
        "building", "center", "centre", "court", "ctr", "mall", "pl", "place", "plaza", "plz",
        "sq", "square", "tower",
    ];
    let building = (1..end.min(6)).find(|index| LAST.contains(&draft.key(*index)))?;
    (building + 1..end).find_map(|index| {
        let number = at(&draft.words()[..end], index)?;
        let next = index + number.words;
        let follows = index == building + 1 || !draft.joined(index);
        (follows
            && stands_as_house_number(draft, index, next, end)
            && street_follows(draft, next, end))
        .then_some((index, number))
    })
}

fn is_floor(draft: &Draft<'_, '_>, index: usize) -> bool {
    Designator::find(draft.key(index)).is_some_and(|d| d.key == CivicKey::Flr)
        && draft.key(index) != "lobby"
}

/// The house number that begins at a word.
fn at(words: &[Word<'_>], index: usize) -> Option<Number> {
    let word = &words[index];
    let next = words.get(index + 1).filter(|next| next.gap == Gap::Space);
    // Wisconsin's grid, in one word or two: `N6W23001`, `W148 N9748`.
    if is_grid(&word.key) {
        return Some(Number {
            digits: word.text.to_ascii_uppercase(),
            suffix: None,
            words: 1,
        });
    }
    if let Some(next) = next
        && is_half_grid(&word.key)
        && is_half_grid(&next.key)
    {
        return Some(Number {
            digits: format!("{} {}", word.text, next.text).to_ascii_uppercase(),
            suffix: None,
            words: 2,
        });
    }
    let number = in_one_word(word.text)?;
    // `4444 & 4446 N Lincoln Ave`: two doors of one house.
    if index == 0
        && let Some(next) = next
        && matches!(&*next.key, "&" | "and")
        && let Some(second) = words.get(index + 2)
        && second.is_number()
        && second.text.len() == word.text.len()
        && words.get(index + 3).is_some_and(|w| w.gap == Gap::Space)
    {
        return Some(Number {
            digits: format!("{} {} {}", word.text, next.text, second.text),
            suffix: None,
            words: 3,
        });
    }
    // `358 370 E 71st`: a range without its dash.
    if index == 0
        && let Some(next) = next
        && let (Ok(low), Ok(high)) = (word.text.parse::<u32>(), next.text.parse::<u32>())
        && low < high
        && words
            .get(index + 2)
            .is_some_and(|third| Directional::find(&third.key).is_some())
        && words
            .get(index + 3)
            .is_some_and(|fourth| fourth.ordinal().is_some() || !fourth.has_digit())
    {
        return Some(Number {
            digits: format!("{low}-{high}"),
            suffix: None,
            words: 2,
        });
    }
    Some(number)
}

/// `2121`, `12A`, `9820-B`, `45-18`, `2701-2727`, `12½`.
pub(in crate::interpret) fn in_one_word(text: &str) -> Option<Number> {
    let number = |digits: &str, suffix: &str| {
        Some(Number {
            digits: digits.to_owned(),
            suffix: (!suffix.is_empty()).then(|| suffix.to_owned()),
            words: 1,
        })
    };
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    if rest.is_empty() {
        return number(digits, "");
    }
    if let Some(fraction) = fraction_sign(rest) {
        return number(digits, fraction);
    }
    let letters = |part: &str| {
        !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_alphabetic())
    };
    if letters(rest) && crate::interpret::line::ordinal(&text.to_ascii_lowercase()).is_none() {
        return number(digits, rest);
    }
    let after = rest.strip_prefix(['-', '–', '/'])?;
    if letters(after) && after.len() == 1 {
        return number(digits, after);
    }
    let range_end = after
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(after.len());
    let (high, letter) = after.split_at(range_end);
    // `4444/46` is a range, `1/2` a fraction.
    let slash = rest.starts_with('/');
    let range = !slash || (digits.len() > 2 && high.len() > 1);
    let sign = if slash { '/' } else { '-' };
    (range && !high.is_empty() && (letter.is_empty() || letters(letter))).then(|| Number {
        digits: format!("{digits}{sign}{high}"),
        suffix: (!letter.is_empty()).then(|| letter.to_owned()),
        words: 1,
    })
}

fn fraction_sign(text: &str) -> Option<&'static str> {
    match text {
        "½" => Some("1/2"),
        "¼" => Some("1/4"),
        "¾" => Some("3/4"),
        _ => None,
    }
}

/// `One Microsoft Way`.
fn spelled_out(words: &[Word<'_>]) -> Option<Number> {
    const NUMBERS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let first = words.first()?;
    let second = words.get(1)?;
    let index = NUMBERS.iter().position(|number| *number == first.key)?;
    let own_name = is_way(&second.key) || second.gap > Gap::Space;
    let another = words.iter().skip(1).take(4).any(Word::is_number);
    (!own_name && !another).then(|| Number {
        digits: (index + 1).to_string(),
        suffix: None,
        words: 1,
    })
}

/// The suffix that stands as a word of its own after the number: `1/2`, or a letter that is
/// neither a direction nor the street's name.
fn suffix_at(draft: &Draft<'_, '_>, index: usize, end: usize) -> (Option<String>, usize) {
    if index >= end || !draft.joined(index) {
        return (None, 0);
    }
    let word = &draft.words()[index];
    if let Some(fraction) = fraction_sign(word.text) {
        return (Some(fraction.to_owned()), 1);
    }
    if is_fraction(word.text) {
        return (Some(word.text.to_owned()), 1);
    }
    let next = index + 1;
    // `439 B- West Grant`: the dash parts the letter from the street.
    let dashed = next < end && !draft.joined(next) && Directional::find(draft.key(next)).is_some();
    let names_street = next >= end
        || (!draft.joined(next) && !dashed)
        // `4969 U S 401`: the letters of a highway.
        || (draft.key(index) == "u" && draft.key(next) == "s")
        || is_way(draft.key(next))
        || draft.words()[next].has_digit() && draft.words()[next].ordinal().is_none()
        || matches!(draft.key(next), "and" | "&" | "de" | "del" | "la")
        || (draft.words()[next].is_letter() && Directional::find(draft.key(next)).is_none())
        // A direction after the letter ends the street: `C East, ...`.
        || (Directional::find(draft.key(next)).is_some() && next + 1 >= end);
    if word.is_letter() && Directional::find(&word.key).is_none() && !names_street {
        return (Some(word.text.to_owned()), 1);
    }
    (None, 0)
}

fn is_fraction(text: &str) -> bool {
    text.split_once('/').is_some_and(|(over, under)| {
        over.len() == 1
            && under.len() == 1
            && over
                .bytes()
                .chain(under.bytes())
                .all(|b| b.is_ascii_digit())
    })
}

/// `n6w23001`: two halves in one word.
fn is_grid(key: &str) -> bool {
    key.char_indices()
        .skip(1)
        .any(|(index, c)| c.is_ascii_alphabetic() && halves(key, index..key.len()))
}

fn halves(key: &str, second: Range<usize>) -> bool {
    is_half_grid(&key[..second.start]) && is_half_grid(&key[second])
}

/// `w148`, and `w206n` as people mistype it.
fn is_half_grid(key: &str) -> bool {
    let Some(rest) = key.strip_prefix(['n', 's', 'e', 'w']) else {
        return false;
    };
    let digits = rest.strip_suffix(['n', 's', 'e', 'w']).unwrap_or(rest);
    (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}
