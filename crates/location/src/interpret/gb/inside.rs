//! The way in: flats, floors, rooms and blocks, wherever they are written.

use std::ops::Range;

use super::{
    Draft,
    words::{is_ordinal, is_street},
};
use crate::{CivicKey, interpret::line::Word};

/// Understands every flat, floor, room and block in a range.
pub(super) fn read(draft: &mut Draft<'_, '_>, range: Range<usize>) {
    let mut index = range.start;
    while index < range.end {
        let found = if draft.is_free(index) {
            floor(draft, index, range.end)
                .or_else(|| designated(draft, index, range.end))
                .or_else(|| named_flat(draft, index, range.end))
                .or_else(|| position(draft, index, range.end))
        } else {
            None
        };
        index = match found {
            Some(found) => {
                let end = found.words.end;
                match found.value {
                    Some(value) => draft.take(found.key, found.words, value),
                    None => {
                        let value = draft.verbatim(found.words.clone());
                        draft.take(found.key, found.words, value);
                    }
                }
                end
            }
            None => index + 1,
        };
    }
}

/// One way in, and its value where that is not what was written.
struct Found {
    key: CivicKey,
    words: Range<usize>,
    value: Option<String>,
}

/// Words that something that identifies the place follows: `Flat 2`.
#[rustfmt::skip]
const DESIGNATORS: [(&str, CivicKey); 43] = [
    ("apartment", CivicKey::Unit), ("apt", CivicKey::Unit), ("appt", CivicKey::Unit),
    ("bedsit", CivicKey::Unit), ("berth", CivicKey::Unit), ("block", CivicKey::Bld),
    ("building", CivicKey::Bld), ("bldg", CivicKey::Bld), ("cabin", CivicKey::Unit),
    ("caravan", CivicKey::Unit), ("chalet", CivicKey::Unit), ("department", CivicKey::Unit),
    ("dept", CivicKey::Unit), ("desk", CivicKey::Seat),
    ("flat", CivicKey::Unit), ("flats", CivicKey::Unit), ("flt", CivicKey::Unit),
    ("kiosk", CivicKey::Unit), ("level", CivicKey::Flr), ("lvl", CivicKey::Flr),
    ("lodge", CivicKey::Unit), ("maisonette", CivicKey::Unit), ("mooring", CivicKey::Unit),
    ("office", CivicKey::Unit), ("offices", CivicKey::Unit), ("penthouse", CivicKey::Unit),
    ("pitch", CivicKey::Unit), ("plot", CivicKey::Unit), ("rm", CivicKey::Room),
    ("room", CivicKey::Room), ("shop", CivicKey::Unit), ("stall", CivicKey::Unit),
    ("stand", CivicKey::Unit), ("studio", CivicKey::Unit), ("ste", CivicKey::Unit),
    ("suite", CivicKey::Unit), ("suites", CivicKey::Unit), ("tower", CivicKey::Bld),
    ("unit", CivicKey::Unit), ("units", CivicKey::Unit), ("wing", CivicKey::Bld),
    ("workshop", CivicKey::Unit), ("workstation", CivicKey::Seat),
];

/// `Flat 2`, `Units 3 & 4`, `Block C`, `Flat2`.
fn designated(draft: &Draft<'_, '_>, index: usize, limit: usize) -> Option<Found> {
    let word = &draft.words()[index];
    let Some((_, key)) = DESIGNATORS.iter().find(|(name, _)| *name == word.key) else {
        return glued(word).map(|key| Found {
            key,
            words: index..index + 1,
            value: None,
        });
    };
    let mut first = index + 1;
    if matches!(draft.key(first), "no" | "number" | "#") && draft.joined(first) {
        first += 1;
    }
    if first >= limit || !draft.is_free(first) || !draft.joined(first) {
        return None;
    }
    if is_named_so(draft, index) && numbers_a_street(draft, first, limit) {
        return None;
    }
    let mut end = first + identifier(draft, first, limit)?;
    if matches!(&*word.key, "flats" | "offices" | "suites" | "units") {
        end = listed(draft, end, limit);
    }
    while end + 1 < limit
        && matches!(draft.key(end), "&" | "and" | "to")
        && draft.joined(end)
        && draft.joined(end + 1)
        && (draft.words()[end + 1].has_digit() || draft.words()[end + 1].is_letter())
        && !is_ordinal(&draft.words()[end + 1])
    {
        end += 2;
    }
    let value = (*key == CivicKey::Flr).then(|| draft.verbatim(first..end));
    Some(Found {
        key: *key,
        words: index..end,
        value,
    })
}

/// Whether a word that could designate ends a name: `The Met Building`, `Old Post Office`.
fn is_named_so(draft: &Draft<'_, '_>, index: usize) -> bool {
    let named = matches!(
        draft.key(index),
        "building" | "lodge" | "office" | "offices" | "room" | "tower"
    );
    named && index > 0 && draft.joined(index) && draft.is_free(index - 1)
}

/// Whether a number has a street's name behind it, with no other number between.
fn numbers_a_street(draft: &Draft<'_, '_>, number: usize, limit: usize) -> bool {
    draft.words()[number].has_digit()
        && (number + 1..limit)
            .take(5)
            .take_while(|&at| draft.joined(at) && !draft.words()[at].has_digit())
            .any(|at| at > number + 1 && is_street(draft.key(at)))
}

/// Where a list ends that goes on behind commas: `Units 8, 9 & 12`. What a name follows is no
/// part of it: `Flats 1, 12 High Street`.
fn listed(draft: &Draft<'_, '_>, end: usize, limit: usize) -> usize {
    let mut end = end;
    while end + 1 < limit && draft.is_free(end) && draft.is_free(end + 1) {
        let word = &draft.words()[end];
        let goes_on = matches!(draft.key(end + 1), "&" | "and")
            || draft.between(end + 1).trim_start().starts_with(',');
        let another = word.has_digit() && !is_ordinal(word) || word.is_letter();
        if draft.between(end).trim() != "," || !another || !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// How many words identify a flat: `2`, `2 A`, `B`, `2/1`, `12-14`. Zero words are none.
fn identifier(draft: &Draft<'_, '_>, index: usize, limit: usize) -> Option<usize> {
    let word = &draft.words()[index];
    let lone_letter = |at: usize| {
        at < limit && draft.joined(at) && draft.words()[at].is_letter() && draft.is_free(at)
    };
    if word.is_letter() {
        // `Flat A 12 High Street`, `Block C, ...`: no street begins with one letter.
        let number =
            index + 1 < limit && draft.joined(index + 1) && draft.words()[index + 1].is_number();
        // `Flat B 3`: which flat of B, or the number of the house; a street behind it tells.
        let house = index + 2 < limit && draft.joined(index + 2);
        return Some(if number && !house { 2 } else { 1 });
    }
    if matches!(
        &*word.key,
        "one" | "two" | "three" | "four" | "five" | "six"
    ) {
        return Some(1);
    }
    if is_ordinal(word) || !word.has_digit() {
        return None;
    }
    let range = index + 1 < limit
        && draft.words()[index + 1].is_number()
        && is_dash(draft.between(index + 1));
    if range {
        return Some(2);
    }
    Some(if word.is_number() && lone_letter(index + 1) {
        2
    } else {
        1
    })
}

/// `Flat2`, `Unit3A`.
fn glued(word: &Word<'_>) -> Option<CivicKey> {
    let at = word.key.find(|c: char| c.is_ascii_digit())?;
    let name = word.key[..at].trim_end_matches('-');
    DESIGNATORS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, key)| *key)
}

/// `2nd Floor`, `Ground Floor Flat`, `Third Floor Left`, `Floor 3`, `Basement`.
fn floor(draft: &Draft<'_, '_>, index: usize, limit: usize) -> Option<Found> {
    let key = |at: usize| {
        if at < limit && (at == index || draft.joined(at)) {
            draft.key(at)
        } else {
            ""
        }
    };
    let is_floor = |at: usize| matches!(key(at), "floor" | "floors" | "flr" | "fl");
    if is_floor(index) && index + 1 < limit && draft.joined(index + 1) {
        let word = &draft.words()[index + 1];
        let which = word.has_digit() || word.is_letter() || is_level(&word.key);
        return which.then(|| Found {
            key: CivicKey::Flr,
            words: index..index + 2,
            value: Some(level(draft, index + 1..index + 2)),
        });
    }
    let levels = match (key(index), key(index + 1)) {
        ("lower" | "upper", "ground") => 2,
        (one, _) if is_level(one) || is_ordinal(&draft.words()[index]) => 1,
        _ => return None,
    };
    let mut end = index + levels;
    while matches!(key(end), "&" | "and" | "to")
        && end + 1 < limit
        && (is_level(key(end + 1)) || is_ordinal(&draft.words()[end + 1]))
    {
        end += 2;
    }
    if !is_floor(end) {
        // `Basement`, `Basement Flat`, `Garden Flat` have their own rules.
        let alone = matches!(key(index), "basement" | "mezzanine")
            && (index + 1 >= limit || !draft.joined(index + 1));
        return alone.then(|| Found {
            key: CivicKey::Flr,
            words: index..index + 1,
            value: None,
        });
    }
    if matches!(key(end + 1), "flat" | "maisonette" | "apartment") {
        let identified = end + 2 < limit
            && draft.joined(end + 2)
            && !draft.words()[end + 2].has_digit()
            && draft.words()[end + 2].is_letter();
        // `First Floor Flat 2, 10 High Street`, but `First Floor Flat 10 High Street`.
        let numbered = end + 2 < limit
            && draft.joined(end + 2)
            && draft.words()[end + 2].has_digit()
            && (end + 3 >= limit || !draft.joined(end + 3) || draft.words()[end + 3].has_digit());
        if !identified && !numbered {
            return Some(Found {
                key: CivicKey::Unit,
                words: index..end + 2,
                value: None,
            });
        }
    }
    Some(Found {
        key: CivicKey::Flr,
        words: index..end + 1,
        value: Some(level(draft, index..end)),
    })
}

fn is_level(key: &str) -> bool {
    matches!(
        key,
        "ground" | "top" | "basement" | "mezzanine" | "grd" | "gnd" | "attic" | "podium"
    )
}

/// `3` for `3rd` and `Third`; other levels as they are written.
fn level(draft: &Draft<'_, '_>, words: Range<usize>) -> String {
    match draft.words().get(words.start).and_then(Word::ordinal) {
        Some(number) if words.len() == 1 => number.to_string(),
        Some(_) | None => draft.verbatim(words),
    }
}

/// `Basement Flat`, `Garden Flat`, `The Annexe`, `Penthouse`: flats without a number.
fn named_flat(draft: &Draft<'_, '_>, index: usize, limit: usize) -> Option<Found> {
    let key = |at: usize| {
        if at < limit && (at == index || draft.joined(at)) {
            draft.key(at)
        } else {
            ""
        }
    };
    let begins = index == 0 || !draft.joined(index) || !draft.is_free(index - 1);
    let ends = |at: usize| at >= limit || !draft.joined(at) || draft.words()[at].has_digit();
    let words = match (key(index), key(index + 1), key(index + 2)) {
        (
            "basement" | "garden" | "top" | "lower" | "upper" | "rear" | "front" | "attic" | "hall"
            | "studio" | "main" | "middle" | "left" | "right" | "gf",
            "flat" | "maisonette" | "apartment",
            _,
        ) => 2,
        (
            "the",
            "annexe" | "annex" | "flat" | "penthouse" | "studio" | "maisonette" | "basement",
            _,
        ) if begins && ends(index + 2) => 2,
        ("annexe" | "annex" | "penthouse" | "studio" | "maisonette" | "flat", _, _)
            if begins && ends(index + 1) =>
        {
            1
        }
        _ => return None,
    };
    Some(Found {
        key: CivicKey::Unit,
        words: index..index + words,
        value: None,
    })
}

/// Scottish stair positions before the house number or on a line of their own: `2/1`, `2F1`,
/// `GFL`, `Top Left`.
fn position(draft: &Draft<'_, '_>, index: usize, limit: usize) -> Option<Found> {
    let begins = index == 0 || !draft.joined(index) || !draft.is_free(index - 1);
    let number_at = |at: usize| {
        at < limit
            && draft.is_free(at)
            && draft.words()[at]
                .text
                .starts_with(|c: char| c.is_ascii_digit())
    };
    let ends = |at: usize| at < limit && (!draft.joined(at) || number_at(at));
    let left_right =
        |at: usize| at < limit && draft.joined(at) && matches!(draft.key(at), "left" | "right");
    let word = &draft.words()[index];
    let sided = begins
        && left_right(index + 1)
        && (is_ordinal(word) || is_level(&word.key) || word.key == "flat")
        && ends(index + 2);
    let named = |at: usize| at < limit && draft.is_free(at) && !draft.words()[at].has_digit();
    let coded = begins && is_code(&word.key) && named(index + 1) && index + 2 < limit;
    let stair = begins && is_stair(&word.key) && ends(index + 1);
    let slashed = begins && is_slashed(&word.key) && number_at(index + 1);
    let side = matches!(&*word.key, "left" | "right" | "front" | "rear")
        && index > 0
        && !draft.is_free(index - 1)
        && draft.joined(index)
        && ends(index + 1);
    if !(sided || stair || coded || slashed || side) {
        return None;
    }
    let words = 1 + usize::from(sided);
    Some(Found {
        key: CivicKey::Unit,
        words: index..index + words,
        value: None,
    })
}

/// `2F1`, `GF2`, `TFL`.
fn is_stair(key: &str) -> bool {
    match key.as_bytes() {
        [b'0'..=b'9', b'f', last] => last.is_ascii_digit() || matches!(last, b'l' | b'r'),
        [b'g' | b't' | b'p' | b'b', b'f', last] => {
            last.is_ascii_digit() || matches!(last, b'l' | b'r')
        }
        _ => false,
    }
}

/// `C401`, `D3`, and no road: `A38`, `B4455`, `M4`.
fn is_code(key: &str) -> bool {
    let digits = key.get(1..).unwrap_or_default();
    let numbered = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let road = match key.as_bytes().first() {
        Some(b'a') => digits.len() > 1,
        Some(b'b') => digits.len() == 4,
        Some(b'm') => true,
        first => !first.is_some_and(u8::is_ascii_lowercase),
    };
    numbered && !road
}

/// `2/1`, `G/2`.
fn is_slashed(key: &str) -> bool {
    key.split_once('/').is_some_and(|(floor, door)| {
        (floor.len() <= 2 && floor.bytes().all(|b| b.is_ascii_digit()) && !floor.is_empty()
            || matches!(floor, "g" | "b" | "lg"))
            && (1..=2).contains(&door.len())
            && door.bytes().all(|b| b.is_ascii_digit())
    })
}

/// `-` between spaces.
pub(super) fn is_dash(between: &str) -> bool {
    let dash = between.trim();
    !dash.is_empty() && dash.chars().all(|c| matches!(c, '-' | '–' | '—'))
}
