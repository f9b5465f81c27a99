//! The house number, before the street or behind it, and kilometres.

use std::ops::Range;

use super::{
    spanish::{is_qualifier, is_road},
    street::is_type,
};
use crate::{
    CivicKey,
    interpret::{
        draft::Draft,
        line::{Gap, Word},
        us::{Evidence, Known, in_one_word, is_way},
    },
    pub28::Designator,
};

/// Understands the house number. Returns where the street begins; `sign` is where a number with a
/// sign was understood already.
pub(super) fn read(draft: &mut Draft<'_, '_>, range: Range<usize>, sign: Option<usize>) -> usize {
    let free = draft.free(range.clone());
    if draft.has(CivicKey::Hno) {
        // `Farmacia Sol Calle Luna #50`: a name stands before the street, with a comma or without.
        let street = sign.and_then(|sign| {
            let begins = segment_start(draft.words(), sign);
            if draft.is_free(begins) && is_type(draft.key(begins)) {
                return Some(begins);
            }
            let before = |at: &usize| (begins + 1..sign.saturating_sub(1)).contains(at);
            let named = draft.is_free(begins) && !is_type(draft.key(begins));
            free.into_iter()
                .filter(|_| named)
                .filter(before)
                .find(|at| is_type(draft.key(*at)))
        });
        return street.unwrap_or(range.start);
    }
    let Some(first) = free.first().copied() else {
        return range.start;
    };
    let words = draft.words();
    // `65 de Infantería 12`: a number that begins a name, with the house's behind it.
    let dated = words.get(first + 1).is_some_and(|next| next.key == "de");
    if dated && words[first].is_number() && has_number_behind(words, &free) {
        behind(draft, &free);
        return first;
    }
    if let Some((start, used, text)) = front(words, &free) {
        take(draft, start..start + used, &text);
        return start + used;
    }
    // `Plaza del Caribe, Ave. Rafael Cordero`: a square with a street behind it is a building.
    let mall = words[first].key == "plaza"
        && free.iter().skip(1).any(|&at| {
            is_type(&words[at].key) && (is_mall(&words[at - 1].key) || words[at].gap > Gap::Space)
        });
    if is_type(&words[first].key) && !mall {
        behind(draft, &free);
        return first;
    }
    // A name stands before the street, or the street has no type.
    let street = free.iter().copied().find(|index| {
        // `Antigua Escuela Urbana Carr. 901`: a road's number says that it begins there.
        let road = matches!(&*words[*index].key, "carr" | "carretera")
            && words.get(index + 1).is_some_and(Word::has_digit);
        let mall = *index > first && is_mall(&words[index - 1].key);
        // `Farmacia Sol Calle Luna`: such a word is no English suffix.
        let spanish = *index > first && matches!(&*words[*index].key, "avenida" | "calle");
        is_type(&words[*index].key) && (road || mall || spanish || words[*index].gap > Gap::Space)
    });
    if let Some(street) = street {
        let rest: Vec<usize> = free.into_iter().filter(|index| *index >= street).collect();
        behind(draft, &rest);
        return street;
    }
    first
}

/// Understands a house number behind a `#`, which elsewhere is a unit's: `#12 Calle Luna`,
/// `Calle Luna #312`.
pub(super) fn signed(draft: &mut Draft<'_, '_>, range: Range<usize>) -> Option<usize> {
    let words = draft.words();
    let found = (range.start..range.end.saturating_sub(1)).find(|&sign| {
        let number = sign + 1;
        let street_follows = words
            .get(number + 1)
            .is_some_and(|next| next.gap == Gap::Space && is_type(&next.key));
        let begins = segment_start(words, sign);
        let street_before = (begins..sign.saturating_sub(1)).any(|at| is_type(&words[at].key))
            && words[begins..sign]
                .iter()
                .all(|w| Designator::find(&w.key).is_none());
        words[sign].key == "#"
            && is_number(words[number].text)
            && draft.is_free(sign)
            && (street_follows || street_before || english_street_follows(words, number, range.end))
    });
    if let Some(sign) = found {
        let text = words[sign + 1].text.to_owned();
        take(draft, sign..sign + 2, &text);
    }
    found
}

/// Where the words between commas begin that a word stands among.
fn segment_start(words: &[Word<'_>], index: usize) -> usize {
    (1..=index)
        .rev()
        .find(|at| words[*at].gap > Gap::Space)
        .unwrap_or(0)
}

/// `#1 La Puntilla Street`, at the very front.
fn english_street_follows(words: &[Word<'_>], number: usize, end: usize) -> bool {
    let mut rest = (number + 1..end).take_while(|&at| words[at].gap == Gap::Space);
    number == 1 && rest.any(|at| at > number + 1 && is_way(&words[at].key))
}

/// `Km 14.5`: where on the road it is, which stands for a house number where there is none.
pub(super) fn kilometre(draft: &mut Draft<'_, '_>, range: Range<usize>) {
    for index in range.start..range.end.saturating_sub(1) {
        let glued = draft
            .key(index)
            .strip_prefix("km")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if draft.is_free(index) && draft.key(index) == "km" && draft.words()[index + 1].has_digit()
        {
            // `Km 0 Hm 2`: hectometres.
            let hectometres = matches!(draft.key(index + 2), "hm" | "hect")
                && index + 3 < range.end
                && draft.words()[index + 3].has_digit();
            let end = index + if hectometres { 4 } else { 2 };
            draft.take_text(CivicKey::Loc, index..end);
        } else if glued {
            draft.take_text(CivicKey::Loc, index..index + 1);
        }
    }
}

/// `150 Calle A`, `B40 Calle 1`, `B 40 Calle 1`: a number with the street behind.
fn front(words: &[Word<'_>], free: &[usize]) -> Option<(usize, usize, String)> {
    free.iter().enumerate().find_map(|(position, &index)| {
        let begins = position == 0 || words[index].gap > Gap::Space;
        let next = free.get(position + 1).copied()?;
        let joined = next == index + 1 && words[next].gap == Gap::Space;
        let text = words[index].text;
        // `Farmacia Sol 17 Calle Luna`
        let before_type = !begins
            && is_type(&words[next].key)
            && !is_road(&words[index - 1].key)
            && !is_type(&words[index - 1].key)
            && !matches!(&*words[index - 1].key, "bloque" | "km" | "#")
            && Designator::find(&words[index - 1].key).is_none();
        let ordinal = words[index].ordinal().is_some();
        if (begins || before_type) && joined && is_number(text) && !ordinal {
            return Some((index, 1, text.to_owned()));
        }
        let third = free.get(position + 2).copied()?;
        let block = begins
            && joined
            && words[index].is_letter()
            && words[next].is_number()
            && is_type(&words[third].key);
        block.then(|| (index, 2, format!("{text}-{}", words[next].text)))
    })
}

/// `Calle Luna 312`, `Calle 5 D-12`: the number behind the street, up to the next
/// comma.
fn behind(draft: &mut Draft<'_, '_>, free: &[usize]) {
    let words = draft.words();
    let end = free
        .iter()
        .skip(1)
        .position(|index| words[*index].gap > Gap::Space)
        .map_or(free.len(), |position| position + 1);
    let segment = &free[..end];
    // `Calle 5` is a name; a number is the house's where the street has a name already.
    let qualified = segment.len() > 1
        && is_road(&words[segment[0]].key)
        && is_qualifier(&words[segment[1]].key);
    let bare = segment
        .iter()
        .skip(if qualified { 3 } else { 2 })
        .copied()
        // `Expreso de Trujillo Alto Carr. 181`: the number is the road's.
        .find(|index| is_number(words[*index].text) && !is_road(&words[index - 1].key));
    if let Some(at) = bare {
        let text = words[at].text.to_owned();
        take(draft, at..at + 1, &text);
        direction(draft, at + 1);
    } else if let Some(&next) = free.get(end)
        && is_number(words[next].text)
        && free
            .get(end + 1)
            .is_none_or(|after| words[*after].gap > Gap::Space || *after > next + 1)
    {
        // `Calle Luna, 312, ...`
        let text = words[next].text.to_owned();
        take(draft, next..next + 1, &text);
    }
}

/// `Calle Méndez Vigo 62 Este`: the end of the street that the number counts on.
fn direction(draft: &mut Draft<'_, '_>, index: usize) {
    let words = draft.words();
    let directed = index < words.len()
        && draft.is_free(index)
        && draft.joined(index)
        && matches!(&*words[index].key, "este" | "norte" | "oeste" | "sur");
    let end = (index..words.len())
        .find(|at| !draft.is_free(*at) || *at > index + 1 && !draft.joined(*at))
        .unwrap_or(words.len());
    let rest: Vec<&Word<'_>> = words.iter().take(end).skip(index + 1).collect();
    let place = rest.first().is_none_or(|next| next.gap > Gap::Space)
        || Evidence::american(draft).city(&rest) >= Known::InState;
    if directed && place {
        draft.take_text(CivicKey::Pod, index..index + 1);
    }
}

/// Whether another number stands behind the first word, before the next comma.
fn has_number_behind(words: &[Word<'_>], free: &[usize]) -> bool {
    free.iter()
        .skip(1)
        .take_while(|at| words[**at].gap == Gap::Space)
        .any(|at| is_number(words[*at].text))
}

/// Whether a word ends the name of a place to shop: `Plaza Río Hondo Shopping Center`.
fn is_mall(key: &str) -> bool {
    matches!(key, "center" | "centre" | "mall")
}

fn take(draft: &mut Draft<'_, '_>, words: Range<usize>, text: &str) {
    match in_one_word(text) {
        Some(number) => {
            draft.take(CivicKey::Hno, words, number.digits);
            if let Some(suffix) = number.suffix {
                draft.put(CivicKey::Hns, &suffix);
            }
        }
        None => draft.take(CivicKey::Hno, words, text),
    }
}

/// `150`, `12A`, `B40`, `BB-12`, `3-27`, `4GN21`.
fn is_number(text: &str) -> bool {
    if in_one_word(text).is_some() {
        return true;
    }
    // `4GN21`: the section before the block.
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = text[letters..].trim_start_matches('-');
    let route = matches!(&*text[..letters].to_ascii_lowercase(), "hc" | "rr");
    (1..=2).contains(&letters)
        && !route
        && !rest.is_empty()
        && rest.len() <= 5
        && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::line::Line;

    #[test]
    fn numbers_before_and_behind_the_street() {
        #[rustfmt::skip]
        let table = [
            ("150 Calle A", "150"), ("4GN21 Via 33", "4GN21"), ("B40 Calle 1", "B40"), ("BB-12 Calle 9", "BB-12"),
            ("#12 Calle Luna", "12"), ("#1 La Puntilla Street", "1"), ("#3 San Juan", "-"), ("Calle Luna #312", "312"),
            ("Calle Luna 312", "312"),
            ("Farmacia Sol 17 Calle Luna", "17"), ("Farmacia Sol Calle Luna #17", "17"),
            ("Carretera Estatal 2", "-"), ("Carr PR 506", "-"), ("Carr 2 1995", "1995"),
            ("65 de Infantería 12", "12"), ("Expreso Norte Carr 181", "-"),
            ("Calle 5 D-12", "D-12"), ("Calle 5", "-"), ("B 40 Calle 1", "B-40"), ("", "-"),
        ];
        for (text, expected) in table {
            let line = Line::new(text);
            let mut draft = Draft::new(&line);
            let sign = signed(&mut draft, 0..line.words.len());
            read(&mut draft, 0..line.words.len(), sign);
            assert_eq!(
                draft.value(CivicKey::Hno).unwrap_or("-"),
                expected,
                "{text}"
            );
        }
    }
}
