//! The right end: country, ZIP code, state.

use std::ops::Range;

use super::{Draft, evidence::known_zip, inside, is_way};
use crate::{
    CivicKey,
    gazetteer::{self, Name},
    interpret::line::{Gap, Word},
    pub28::{Designator, Directional, Identifier, StreetSuffix, misspelled_state, state},
};

/// Understands the right end. Returns the index of its first word; everything before it is still
/// to be read.
pub(in crate::interpret) fn read(draft: &mut Draft<'_, '_>) -> usize {
    let mut end = filler(draft, draft.words().len());
    end = country(draft, end);
    if let Some(state) = state_behind_zip(draft, end) {
        take_state(draft, state, end);
        take_zip(draft, state - 1, state);
        return state - 1;
    }
    if let Some((zip, state)) = vouched_zip(draft, end) {
        // What follows a ZIP code is nobody's address any more: a name, most of the time.
        let after = zip + zip_words(draft, zip, end);
        if after < end {
            behind_zip(draft, after..end);
        }
        take_zip(draft, zip, after);
        return take_state(draft, state, zip);
    }
    if let Some(zip) = plain_zip(draft, end) {
        take_zip(draft, zip, end);
        // `NY, US, 14850`
        end = country(draft, zip);
        if let Some(start) = state_before(draft, end)
            && !is_rather_a_city(draft, start, end)
            && !is_rather_a_street(draft, start, end)
        {
            end = take_state(draft, start, end);
        } else if let Some(state) = state_before_city(draft, zip) {
            draft.take_text(CivicKey::A3, state + 1..zip);
            end = take_state(draft, state, state + 1);
        }
    } else if let Some(start) = state_before(draft, end)
        && stands_as_state(draft, start, end)
    {
        end = take_state(draft, start, end);
    }
    end
}

/// What follows a ZIP code: a door that was forgotten (`10550 Suite 102B`), or a name.
fn behind_zip(draft: &mut Draft<'_, '_>, words: Range<usize>) {
    let announced = Designator::find(draft.key(words.start)).is_some();
    if announced {
        inside::read(draft, words.clone());
    }
    for run in draft.runs(words) {
        draft.take_text(CivicKey::Nam, run);
    }
}

/// `no zip`, written by forms that insist on something.
fn filler(draft: &mut Draft<'_, '_>, end: usize) -> usize {
    if end > 3 && draft.key(end - 2) == "no" && draft.key(end - 1) == "zip" {
        draft.mark(CivicKey::Pc, end - 2);
        draft.mark(CivicKey::Pc, end - 1);
        return end - 2;
    }
    end
}

fn country(draft: &mut Draft<'_, '_>, mut end: usize) -> usize {
    #[rustfmt::skip]
    const NAMES: [&str; 5] = [
        "united states of america", "united states", "u s a", "usa", "us",
    ];
    // `UNITED STATES US` says it twice.
    for _ in 0..2 {
        let found = NAMES.into_iter().find_map(|name| {
            let start = end.checked_sub(name.split(' ').count())?;
            (start >= 2 && keys(draft, start, end) == name).then_some(start)
        });
        let Some(start) = found else {
            break;
        };
        for index in start..end {
            draft.mark(CivicKey::Country, index);
        }
        end = start;
    }
    end
}

/// `San Juan, 00927, Puerto Rico`: the state at the end, with one of its own ZIP codes before it.
fn state_behind_zip(draft: &Draft<'_, '_>, end: usize) -> Option<usize> {
    let start = state_before(draft, end).filter(|start| *start >= 3)?;
    let letters = state(&keys(draft, start, end))?;
    let zip = draft.words()[start - 1].text;
    let own = is_zip(zip) && known_zip(zip).is_some_and(|known| known.state == letters);
    let key = draft.key(start);
    let another_word = StreetSuffix::find(key).is_some() || Directional::find(key).is_some();
    let alone = start + 1 < end || draft.words()[start].gap > Gap::Space || !another_word;
    (own && alone && state_before(draft, start - 1).is_none()).then_some(start)
}

/// The last ZIP code with a state right before it: certain, wherever it stands.
fn vouched_zip(draft: &Draft<'_, '_>, end: usize) -> Option<(usize, usize)> {
    (2..end).rev().find_map(|zip| {
        let text = draft.words()[zip].text;
        let whole = is_zip(text);
        // A ZIP code that lost its leading zero in a spreadsheet, or is still being typed.
        let last = zip + 1 == end;
        let short = last && is_short_zip(text);
        let begun = last && draft.words()[zip].is_number() && text.len() < 4;
        if !(whole || short || begun) {
            return None;
        }
        let state = state_before(draft, zip).or_else(|| misspelled_before(draft, zip))?;
        if begun && !has_city_before(draft, state) {
            return None;
        }
        let other_word =
            is_rather_a_city(draft, state, zip) || is_rather_a_street(draft, state, zip);
        (!other_word).then_some((zip, state))
    })
}

/// A ZIP code at the end without a state.
fn plain_zip(draft: &Draft<'_, '_>, end: usize) -> Option<usize> {
    let last = end.checked_sub(1)?;
    let zip = if end >= 3 && is_plus_four(draft, last) {
        last - 1
    } else {
        last
    };
    let numbered = zip > 0 && draft.joined(zip) && is_numbered_by_next(draft.key(zip - 1));
    // A number alone begins an address more often than it is all of one.
    (is_zip(draft.words()[zip].text) && zip > 0 && !numbered).then_some(zip)
}

/// How many words the ZIP code at `zip` has: `97212 4321` has two.
fn zip_words(draft: &Draft<'_, '_>, zip: usize, end: usize) -> usize {
    if zip + 1 < end && is_plus_four(draft, zip + 1) {
        2
    } else {
        1
    }
}

fn is_plus_four(draft: &Draft<'_, '_>, index: usize) -> bool {
    let words = draft.words();
    let before = words[index - 1].text;
    words[index].is_number()
        && words[index].text.len() == 4
        && draft.joined(index)
        && before.len() == 5
        && is_zip(before)
}

fn take_zip(draft: &mut Draft<'_, '_>, zip: usize, end: usize) {
    let mut value = draft.text(zip..end).replace(' ', "-");
    if value.len() == 9 && value.bytes().all(|b| b.is_ascii_digit()) {
        value.insert(5, '-');
    }
    draft.take(CivicKey::Pc, zip..end, value);
}

/// Takes the state, and the same state said again before it (`Roswell, Georgia, GA`). Returns where
/// it begins.
fn take_state(draft: &mut Draft<'_, '_>, start: usize, end: usize) -> usize {
    let name = keys(draft, start, end);
    let zip = draft.value(CivicKey::Pc).and_then(known_zip);
    let letters = state(&name)
        .or_else(|| zip.map(|zip| zip.state))
        .unwrap_or_default();
    draft.take(CivicKey::A1, start..end, letters);
    match state_before(draft, start) {
        Some(again)
            if !matches!(
                &*keys(draft, again, start),
                "new york" | "ny" | "washington"
            ) && state(&keys(draft, again, start)) == Some(letters)
                && has_city_before(draft, again) =>
        {
            for index in again..start {
                draft.mark(CivicKey::A1, index);
            }
            again
        }
        Some(_) | None => start,
    }
}

/// `CA Long Beach 90807`: the letters of the ZIP code's own state, and a city behind them.
fn state_before_city(draft: &Draft<'_, '_>, zip: usize) -> Option<usize> {
    let region = known_zip(draft.words()[zip].text)?.state;
    (2..zip)
        .rev()
        .take(4)
        .take_while(|index| !draft.words()[*index].has_digit())
        .find(|index| {
            *index + 1 < zip
                && draft.key(*index).len() == 2
                && state(draft.key(*index)) == Some(region)
        })
}

/// Where the state that ends at `end` begins: the longest name that is one.
fn state_before(draft: &Draft<'_, '_>, end: usize) -> Option<usize> {
    (1..=4_usize).rev().find_map(|count| {
        let start = end.checked_sub(count)?;
        (start > 0 && state(&keys(draft, start, end)).is_some()).then_some(start)
    })
}

/// Where the name of the ZIP code's own state begins, with a slip in it: `Erie, Pensylvania 16501`.
fn misspelled_before(draft: &Draft<'_, '_>, zip: usize) -> Option<usize> {
    let letters = known_zip(draft.words()[zip].text)?.state;
    (1..=2_usize).rev().find_map(|count| {
        let start = zip.checked_sub(count).filter(|start| *start > 1)?;
        misspelled_state(&keys(draft, start, zip), letters).then_some(start)
    })
}

/// Whether `New York` or `Washington` before a ZIP code is the city: when no other word could be.
fn is_rather_a_city(draft: &Draft<'_, '_>, start: usize, end: usize) -> bool {
    matches!(&*keys(draft, start, end), "new york" | "washington") && !has_city_before(draft, start)
}

/// Whether the letters before a ZIP code are a suffix or a direction (`12 Elm Ct, 74820`): the code
/// is not from the state that they would be.
fn is_rather_a_street(draft: &Draft<'_, '_>, state: usize, zip: usize) -> bool {
    let codes: &[&str] = match draft.key(state) {
        // A code that lost its leading zero begins with 6.
        "ct" if draft.words()[zip].text.len() == 4 => &["6"],
        "ct" => &["06"],
        "ky" => &["40", "41", "42"],
        "mt" => &["59"],
        "ne" => &["68", "69"],
        "pr" => &["00"],
        _ => return false,
    };
    zip == state + 1
        && !codes
            .iter()
            .any(|code| draft.words()[zip].text.starts_with(code))
}

/// Whether a state without a ZIP code is one. Two letters can be a direction (`NE`), a suffix
/// (`CT`) or a floor (`FL`), and a name can be a street's: those need a city before them.
fn stands_as_state(draft: &Draft<'_, '_>, start: usize, end: usize) -> bool {
    let key = draft.key(start);
    let spelled_out = end - start > 1 || key.len() > 2;
    let before = &draft.words()[start - 1];
    if key == "fl" {
        return before.ordinal().is_none() && !before.is_number();
    }
    // `calle a carolina pr` is in Puerto Rico and no prairie.
    let spanish = |word: &Word<'_>| {
        matches!(
            &*word.key,
            "bo" | "calle" | "carr" | "carretera" | "cond" | "urb"
        )
    };
    if key == "pr" && draft.words().iter().any(spanish) && has_known_city_before(draft, start, end)
    {
        return true;
    }
    let another_word = StreetSuffix::find(key).is_some() || Directional::find(key).is_some();
    if spelled_out || another_word {
        // `123 Maple Rochester, New York`, but `123 Maple, New York`.
        let a_city_too = matches!(&*keys(draft, start, end), "new york" | "washington");
        let named = !a_city_too || has_known_city_before(draft, start, end);
        has_city_before(draft, start)
            || (spelled_out && draft.words()[start].gap > Gap::Space && named)
    } else {
        start >= 2 || draft.words()[start].gap > Gap::Space
    }
}

/// Whether the words right before a state are a place in it.
fn has_known_city_before(draft: &Draft<'_, '_>, start: usize, end: usize) -> bool {
    let letters = state(&keys(draft, start, end)).unwrap_or_default();
    (start.saturating_sub(3).max(1)..start).any(|from| {
        let name = Name::of(&keys(draft, from, start));
        gazetteer::us_place(name).is_some_and(|place| place.is_in(letters))
    })
}

/// Whether a word before `start` looks like a city: it stands behind a street's suffix or a
/// comma, and is no direction, number or unit.
fn has_city_before(draft: &Draft<'_, '_>, start: usize) -> bool {
    let words = draft.words();
    let mut plain = false;
    for index in (1..start).rev() {
        let word = &words[index];
        if is_way(&word.key) && index > 1 {
            return plain;
        }
        plain |= Directional::find(&word.key).is_none()
            && Designator::find(&word.key).is_none()
            && !word.has_digit()
            && !word.is_letter();
        if word.gap > Gap::Space {
            if plain {
                return true;
            }
            plain = false;
        }
    }
    false
}

/// Whether a number after this word belongs to it: `Ste 10000`, `Highway 20433`.
fn is_numbered_by_next(key: &str) -> bool {
    Designator::find(key).is_some_and(|d| d.identifier == Identifier::Required)
        || matches!(key, "highway" | "hwy" | "route" | "rte" | "rt" | "box")
}

fn is_zip(text: &str) -> bool {
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    digits(text, 5)
        || digits(text, 9)
        || text
            .split_once('-')
            .is_some_and(|(five, four)| digits(five, 5) && digits(four, 4))
}

fn is_short_zip(text: &str) -> bool {
    let (five, four) = text.split_once('-').unwrap_or((text, "0000"));
    five.len() == 4
        && four.len() == 4
        && five.bytes().chain(four.bytes()).all(|b| b.is_ascii_digit())
}

fn keys(draft: &Draft<'_, '_>, start: usize, end: usize) -> String {
    draft.words()[start..end]
        .iter()
        .map(|word| word.key.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
