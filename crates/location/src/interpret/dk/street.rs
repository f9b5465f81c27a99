//! Street and house number; before them who lives there, behind them the way in and the village.

use std::ops::Range;

use super::{Draft, inside};
use crate::{CivicKey, interpret::line::Word};

/// Understands street and house number, floor and door, names and the supplementary town.
pub(super) fn read(draft: &mut Draft<'_, '_>) {
    let runs = draft.runs(0..draft.words().len());
    let Some(door) = door(draft, &runs) else {
        without_number(draft, &runs);
        return;
    };
    take(draft, CivicKey::Rd, door.street.clone());
    if door.street.end + 1 == door.number.start {
        // `nr. 12`
        draft.mark(CivicKey::Hno, door.street.end);
    }
    draft.take(CivicKey::Hno, door.number.clone(), door.digits);
    if let Some(suffix) = door.suffix {
        draft.put(CivicKey::Hns, &suffix);
    }
    let words = draft.words().len();
    let behind = door.number.end.max(door.street.end);
    let mut from = behind;
    // A way in stands right behind the number, before the code or behind it.
    while from < words {
        let end = inside::read(draft, from..words);
        if end == from {
            break;
        }
        from = end;
    }
    before(draft, 0..door.street.start.min(door.number.start));
    behind_the_number(draft, from);
}

/// A street with its house number.
#[derive(Clone, Debug)]
struct Door {
    street: Range<usize>,
    number: Range<usize>,
    digits: String,
    suffix: Option<String>,
}

/// The first number behind a name that looks like a street's; else the first behind any name.
fn door(draft: &Draft<'_, '_>, runs: &[Range<usize>]) -> Option<Door> {
    let mut doors = runs.iter().enumerate().filter_map(|(at, run)| {
        numbered(draft, run).or_else(|| {
            // `Vestergade,` and `12` behind the comma.
            let next = runs.get(at + 1)?;
            let plain = !run.clone().any(|i| draft.words()[i].has_digit());
            (plain && is_street(draft.key(run.end - 1)))
                .then(|| number(draft, next.start, next.end, run.clone()))
                .flatten()
        })
    });
    let first = doors.next()?;
    let streety = |door: &Door| is_street(draft.key(door.street.end - 1));
    if streety(&first) {
        return Some(first);
    }
    Some(doors.find(streety).unwrap_or(first))
}

/// `Vestergade 12`, `10. Februar Vej 5`; `12 Vestergade` as it is written elsewhere.
fn numbered(draft: &Draft<'_, '_>, run: &Range<usize>) -> Option<Door> {
    // `Hovedbanegården, butik 28`; but `Plads 4` may be a street of Denmark.
    if inside::is_designator(draft.key(run.start)) && !is_street(draft.key(run.start)) {
        return None;
    }
    let mut start = run.start;
    // `1. sal, Vestergade 12` has its own run; `10. Februar Vej` begins with an ordinal.
    let ordinal = draft.words()[start].is_number() && draft.between(start + 1).starts_with('.');
    let first = start + 1;
    let found = (first..run.end).find_map(|index| {
        let mut street = start..index;
        if matches!(draft.key(index - 1), "nr" | "no" | "nummer") && index - 1 > start {
            street.end = index - 1;
        }
        number(draft, index, run.end, street)
    });
    if found.is_some() {
        return found;
    }
    start = first;
    (!ordinal && start < run.end)
        .then(|| number(draft, run.start, start, start..run.end))
        .flatten()
        .filter(|door| is_street(draft.key(door.street.end - 1)))
}

/// The house number at a word.
fn number(draft: &Draft<'_, '_>, index: usize, limit: usize, street: Range<usize>) -> Option<Door> {
    let word = draft.words().get(index).filter(|_| index < limit)?;
    let digits = word.text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) || street.is_empty() {
        return None;
    }
    // `Vej 2. Tværgade 5`: an ordinal inside a name.
    let ordinal = draft.between(index + 1).starts_with('.')
        && index + 1 < limit
        && draft.words()[index + 1..limit]
            .iter()
            .any(|later| is_street(&later.key));
    if ordinal {
        return None;
    }
    let (number, rest) = word.text.split_at(digits);
    let mut end = index + 1;
    let (digits, mut suffix) = if rest.is_empty() {
        (number.to_owned(), None)
    } else if rest.chars().count() == 1 && rest.chars().all(char::is_alphabetic) {
        (number.to_owned(), Some(rest.to_owned()))
    } else if rest.contains(['-', '–', '/'])
        && rest
            .chars()
            .all(|c| c.is_alphanumeric() || "-–/".contains(c))
    {
        (word.text.to_owned(), None)
    } else {
        return None;
    };
    if suffix.is_none() && end < limit && draft.joined(end) {
        let next = &draft.words()[end];
        let letter = next.text.chars().count() == 1 && next.text.chars().all(char::is_alphabetic);
        if letter {
            suffix = Some(next.text.to_owned());
            end += 1;
        }
    }
    Some(Door {
        street,
        number: index..end,
        digits,
        suffix,
    })
}

/// Whether a word ends like the names of Danish streets.
fn is_street(key: &str) -> bool {
    #[rustfmt::skip]
    const ENDINGS: [&str; 48] = [
        "agre", "agervej", "alle", "allé", "alleen", "alléen", "bakke", "bakken", "blvd", "boulevard",
        "boulevarden", "bro", "brygge", "dal", "engen", "gade", "gaden", "gang", "gaarden",
        "gården", "have", "haven", "høj", "kaj", "kajen", "kanal", "krogen", "lunden", "marken",
        "park", "parken", "parkvej", "passage", "plads", "pladsen", "promenade", "ring", "sti",
        "stien", "straede", "stræde", "torv", "torvet", "vaenget", "vej", "vejen", "vænge",
        "vænget",
    ];
    ENDINGS.iter().any(|ending| key.ends_with(ending))
}

/// Where a word hides two: `Vestergade12`, `Vestergade.12`, `8000Aarhus`.
pub(super) fn glued(word: &Word<'_>) -> Option<usize> {
    let digit = word.text.find(|c: char| c.is_ascii_digit())?;
    if digit > 0 {
        let name = word.text[..digit].trim_end_matches('.').to_lowercase();
        return (name.chars().count() > 3 && is_street(&name)).then_some(digit);
    }
    let digits = word.text.bytes().take_while(u8::is_ascii_digit).count();
    let letters = word.text[digits..]
        .chars()
        .take_while(|c| c.is_alphabetic());
    (digits == 4 && letters.count() > 2).then_some(digits)
}

/// Who lives there: the first is a name, a later one a building.
fn before(draft: &mut Draft<'_, '_>, range: Range<usize>) {
    let runs = draft.runs(range);
    for run in runs {
        let end = inside::read(draft, run.clone());
        if end < run.end {
            let building = [
                "hus", "huset", "center", "centret", "gård", "gården", "tårnet",
            ]
            .iter()
            .any(|ending| draft.key(run.end - 1).ends_with(ending));
            let key = if building || draft.has(CivicKey::Nam) {
                CivicKey::Bld
            } else {
                CivicKey::Nam
            };
            take(draft, key, end..run.end);
        }
    }
}

/// What is left behind the number: further ways in, and the supplementary town last.
fn behind_the_number(draft: &mut Draft<'_, '_>, from: usize) {
    let mut towns = Vec::new();
    for run in draft.runs(from..draft.words().len()) {
        let end = inside::read(draft, run.clone());
        if end < run.end {
            towns.push(end..run.end);
        }
    }
    if let Some(town) = towns.pop() {
        let city = draft.has(CivicKey::A3);
        take(draft, if city { CivicKey::A4 } else { CivicKey::A3 }, town);
    }
    if let Some(part) = towns.pop() {
        take(draft, CivicKey::A5, part);
    }
}

/// A street or a house with a name, and no number.
fn without_number(draft: &mut Draft<'_, '_>, runs: &[Range<usize>]) {
    let street = runs
        .iter()
        .find(|run| is_street(draft.key(run.end - 1)))
        .cloned();
    match street {
        Some(street) => {
            take(draft, CivicKey::Rd, street.clone());
            before(draft, 0..street.start);
            let words = draft.words().len();
            let behind = inside::read(draft, street.end..words);
            behind_the_number(draft, behind);
        }
        None => {
            if let Some(first) = runs.first() {
                // `Hovedbanegården, butik 28`: a place that is its own street.
                let words = draft.words().len();
                let behind = inside::read(draft, first.end..words);
                let place = if behind > first.end {
                    CivicKey::Rd
                } else {
                    CivicKey::Bld
                };
                take(draft, place, first.clone());
                behind_the_number(draft, behind);
            }
        }
    }
}

fn take(draft: &mut Draft<'_, '_>, key: CivicKey, words: Range<usize>) {
    let text = draft.verbatim(words.clone());
    draft.take(key, words, text);
}
