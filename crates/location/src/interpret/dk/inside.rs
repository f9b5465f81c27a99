//! Floor and door: `2. th`, `st. tv.`, `1. sal, dør 4`, `kld.`, `lejl. 12`.

use std::ops::Range;

use super::Draft;
use crate::CivicKey;

/// Words that something that identifies the place follows.
#[rustfmt::skip]
const DESIGNATORS: [(&str, CivicKey); 34] = [
    ("apartment", CivicKey::Unit), ("apt", CivicKey::Unit), ("flat", CivicKey::Unit),
    ("floor", CivicKey::Flr), ("level", CivicKey::Flr), ("room", CivicKey::Room),
    ("unit", CivicKey::Unit), ("blok", CivicKey::Bld), ("bygn", CivicKey::Bld), ("bygning", CivicKey::Bld),
    ("bolig", CivicKey::Unit), ("doer", CivicKey::Unit), ("dor", CivicKey::Unit),
    ("dør", CivicKey::Unit), ("dørnr", CivicKey::Unit), ("etage", CivicKey::Flr),
    ("kontor", CivicKey::Room), ("lej", CivicKey::Unit), ("lejl", CivicKey::Unit),
    ("lejlighed", CivicKey::Unit), ("lejlnr", CivicKey::Unit), ("lokale", CivicKey::Room),
    ("opg", CivicKey::Bld), ("opgang", CivicKey::Bld), ("rum", CivicKey::Room),
    ("sal", CivicKey::Flr), ("vaer", CivicKey::Room), ("vaerelse", CivicKey::Room),
    ("vær", CivicKey::Room), ("værelse", CivicKey::Room), ("vrs", CivicKey::Room),
    ("butik", CivicKey::Unit), ("plads", CivicKey::Seat), ("shop", CivicKey::Unit),
];

/// Whether what begins with a word lies inside a building: `Shop 28`.
pub(super) fn is_designator(key: &str) -> bool {
    DESIGNATORS.iter().any(|(name, _)| *name == key)
}

/// Understands floors and doors from the beginning of a range up to the first word that is
/// neither, and returns where that is.
pub(super) fn read(draft: &mut Draft<'_, '_>, range: Range<usize>) -> usize {
    let mut index = range.start;
    while index < range.end && draft.is_free(index) {
        let Some(next) = step(draft, index, range.end) else {
            break;
        };
        index = next;
    }
    index
}

/// Understands one floor or door; returns the word behind it.
fn step(draft: &mut Draft<'_, '_>, index: usize, limit: usize) -> Option<usize> {
    let word = &draft.words()[index];
    let key = &*word.key;
    if let Some((_, element)) = DESIGNATORS.iter().find(|(name, _)| *name == key) {
        return designated(draft, *element, index, limit);
    }
    if let Some(number) = word.ordinal()
        && matches!(draft.key(index + 1), "floor" | "flr")
        && index + 1 < limit
    {
        return Some(take(
            draft,
            CivicKey::Flr,
            index..index + 2,
            &number.to_string(),
        ));
    }
    if let Some(side) = side(key) {
        return Some(take(draft, CivicKey::Unit, index..index + 1, side));
    }
    if key == "til"
        && matches!(
            draft.key(index + 1),
            "højre" | "venstre" | "hojre" | "hoejre"
        )
    {
        let side = if draft.key(index + 1) == "venstre" {
            "tv"
        } else {
            "th"
        };
        return Some(take(draft, CivicKey::Unit, index..index + 2, side));
    }
    if key == "midt" && draft.key(index + 1) == "for" {
        return Some(take(draft, CivicKey::Unit, index..index + 2, "mf"));
    }
    if draft.has(CivicKey::Flr) {
        return door(draft, index, limit);
    }
    floor(draft, index, limit)
}

/// `dør 4`, `lejl. 12`, `opgang B`.
fn designated(
    draft: &mut Draft<'_, '_>,
    element: CivicKey,
    index: usize,
    limit: usize,
) -> Option<usize> {
    let mut first = index + 1;
    if draft.key(first) == "nr" {
        first += 1;
    }
    let word = draft
        .words()
        .get(first)
        .filter(|_| first < limit && draft.joined(first))?;
    let door = element == CivicKey::Unit;
    let identifies = word.has_digit() || word.is_letter() || (door && side(&word.key).is_some());
    if !identifies || (word.text.len() == 4 && word.is_number()) {
        return None;
    }
    let value = if element == CivicKey::Bld {
        draft.verbatim(index..first + 1)
    } else {
        word.text.to_owned()
    };
    Some(take(draft, element, index..first + 1, &value))
}

/// `2.`, `2. sal`, `st.`, `kld.`, and glued to a door: `2.th`, `st.tv`.
fn floor(draft: &mut Draft<'_, '_>, index: usize, limit: usize) -> Option<usize> {
    let word = &draft.words()[index];
    let (level, rest) = level(word.text)?;
    let level = level.to_owned();
    let rest = rest.to_lowercase();
    let mut end = index + 1;
    let behind = draft.between(end);
    let dotted = behind.starts_with('.') || word.text.contains('.');
    let named = rest.is_empty() && end < limit && matches!(draft.key(end), "sal" | "etage");
    if named {
        end += 1;
    }
    let own = index == 0 || !draft.joined(index);
    let next_is_door = end < limit && draft.is_free(end) && is_door(draft, end);
    let numeric = level.starts_with(|c: char| c.is_ascii_digit());
    // A bare number behind the house number is a floor only where it stands apart, or a door or
    // nothing follows.
    let last = end >= limit || !draft.is_free(end);
    let plausible = !numeric || dotted || named || !rest.is_empty() || own || next_is_door || last;
    if !plausible {
        return None;
    }
    let rest = ["sal", "etage"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(&rest)
        .trim_matches('.');
    match rest {
        "" => {
            draft.take(CivicKey::Flr, index..end, level);
        }
        door => {
            let door = side(door).unwrap_or(door).to_owned();
            draft.take(CivicKey::Flr, index..end, level);
            draft.put(CivicKey::Unit, &door);
        }
    }
    Some(end)
}

/// The level that a word begins with, and what is glued to it.
fn level(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (level, rest) = text.split_at(digits);
        let rest = rest.trim_start_matches(['.', '-', '/']);
        let lower = rest.to_lowercase().replace('.', "");
        let glued = rest.is_empty()
            || ["sal", "etage"].iter().any(|word| {
                let behind = lower.strip_prefix(word);
                behind.is_some_and(|behind| behind.is_empty() || side(behind).is_some())
            })
            || side(&lower).is_some()
            || rest.bytes().all(|b| b.is_ascii_digit());
        return (digits <= 2 && glued).then_some((level, rest));
    }
    const WHOLE: [&str; 6] = [
        "stue", "kælder", "kaelder", "parterre", "mezzanin", "tagetage",
    ];
    const NAMES: [&str; 5] = ["kld", "st", "kl", "kæ", "loft"];
    let lower = text.to_lowercase();
    let cellar = matches!(lower.as_bytes(), [b'k', b'1'..=b'9']);
    if cellar || WHOLE.iter().any(|name| lower.starts_with(name)) {
        return Some(text.split_once('.').unwrap_or((text, "")));
    }
    let name = NAMES.into_iter().find(|name| {
        lower == *name
            || lower
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('.') || side(rest).is_some())
    })?;
    // Lower case may be of another length; the names here are not.
    let (level, rest) = text.split_at_checked(name.len())?;
    Some((level, rest.trim_matches('.')))
}

/// A door behind a floor: `4`, `0012`, `a`, `A5`.
fn door(draft: &mut Draft<'_, '_>, index: usize, limit: usize) -> Option<usize> {
    if draft.has(CivicKey::Unit) || index >= limit || !is_door(draft, index) {
        return None;
    }
    let value = draft.words()[index].text.to_owned();
    Some(take(draft, CivicKey::Unit, index..index + 1, &value))
}

fn is_door(draft: &Draft<'_, '_>, index: usize) -> bool {
    let Some(word) = draft.words().get(index) else {
        return false;
    };
    side(&word.key).is_some()
        || word.is_letter()
        || (word.has_digit() && word.text.len() <= 4 && word.text.is_ascii())
        || matches!(&*word.key, "dør" | "lejl")
}

/// A side of the stairs, without dots.
fn side(key: &str) -> Option<&'static str> {
    Some(match key {
        "th" | "t.h" | "t.h." => "th",
        "tv" | "t.v" | "t.v." => "tv",
        "mf" | "m.f" | "m.f." => "mf",
        _ => return None,
    })
}

fn take(draft: &mut Draft<'_, '_>, key: CivicKey, words: Range<usize>, value: &str) -> usize {
    let end = words.end;
    draft.take(key, words, value);
    end
}
