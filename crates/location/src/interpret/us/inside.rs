//! What lies inside the building: units, floors, rooms, buildings of a complex, seats.

use std::ops::Range;

use super::{Draft, city_words::is_saint, highway::is_owner, is_way, layout::is_building};
use crate::{
    CivicKey,
    interpret::line::{Gap, Word},
    pub28::{Designator, Directional, Identifier, StreetSuffix},
};

/// Understands everything that a designator announces in a range of words.
pub(in crate::interpret) fn read(draft: &mut Draft<'_, '_>, range: Range<usize>) {
    let mut index = range.start;
    while index < range.end {
        let used = if draft.is_free(index) {
            post_box(draft, index, &range)
                .or_else(|| attention(draft, index, &range))
                .or_else(|| floor_after_its_number(draft, index, &range))
                .or_else(|| suite_as_street(draft, index, &range))
                .or_else(|| named_room(draft, index, &range))
                .or_else(|| designated(draft, index, &range))
                .or_else(|| glued(draft, index))
                .or_else(|| numbered_building(draft, index, &range))
                .or_else(|| numbered_shop(draft, index, &range))
                .or_else(|| beside(draft, index, &range))
                .unwrap_or(1)
        } else {
            1
        };
        index += used;
    }
}

/// Understands an identifier that stands between commas behind the street: `12 Elm St, 4B, ...`.
pub(in crate::interpret) fn bare(draft: &mut Draft<'_, '_>, range: Range<usize>) {
    for index in range.start + 1..range.end {
        let word = &draft.words()[index];
        let parted_after =
            index + 1 >= range.end || !draft.joined(index + 1) || !draft.is_free(index + 1);
        let unit = word.has_digit() || (word.is_letter() && Directional::find(&word.key).is_none());
        if draft.is_free(index)
            && word.gap > Gap::Space
            && parted_after
            && unit
            && word.ordinal().is_none()
        {
            draft.take_text(CivicKey::Unit, index..index + 1);
        }
    }
}

/// `PO Box 45` beside a street: how mail gets there, and no help to anybody who drives there.
fn post_box(draft: &mut Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<usize> {
    let length = match (draft.key(index), draft.key(index + 1), draft.key(index + 2)) {
        ("pobox" | "pob" | "postbox", ..) => 1,
        ("po", "box", _) => 2,
        ("p", "o", "box") | ("post", "office", "box") => 3,
        _ => return None,
    };
    let number = index + length;
    let end = if number < range.end && draft.words()[number].has_digit() {
        number + 1
    } else {
        number
    };
    if end > range.end {
        return None;
    }
    draft.ignore(
        index..end,
        "The PO box is left out: nobody can be sent there.",
    );
    Some(end - index)
}

/// `Attn: Roger Lane`, `c/o Maria Chen`: a name up to the next comma. Where none follows and a city
/// must, the last word is left for it.
fn attention(draft: &mut Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<usize> {
    if !matches!(draft.key(index), "attn" | "attention" | "c/o") {
        return None;
    }
    let stop = (index + 1..range.end)
        .find(|next| !draft.joined(*next) || !draft.is_free(*next))
        .unwrap_or_else(|| {
            let city_needed = draft.has(CivicKey::A1) || draft.has(CivicKey::Pc);
            if city_needed && range.start > 0 {
                range.end - 1
            } else {
                range.end
            }
        });
    // A number that could be the house's ends a name that stands before it.
    let stop = (index + 1..stop)
        .find(|next| range.start == 0 && draft.words()[*next].is_number())
        .unwrap_or(stop);
    if stop <= index + 1 {
        return None;
    }
    draft.take_text(CivicKey::Nam, index..stop);
    Some(stop - index)
}

/// `3rd Floor`, `2 fl`, `Ground floor`, `Lower level`.
fn floor_after_its_number(
    draft: &mut Draft<'_, '_>,
    index: usize,
    range: &Range<usize>,
) -> Option<usize> {
    let next = index + 1;
    if next >= range.end || !draft.is_free(next) || !draft.joined(next) {
        return None;
    }
    let designator = Designator::find(draft.key(next))?;
    if designator.key != CivicKey::Flr || designator.identifier == Identifier::Optional {
        return None;
    }
    let word = &draft.words()[index];
    let numbered = word
        .ordinal()
        .map(|number| number.to_string())
        .or_else(|| (word.is_number() && word.text.len() <= 3).then(|| word.text.to_owned()));
    let named = matches!(
        &*word.key,
        "ground" | "main" | "lower" | "upper" | "top" | "street" | "mezzanine" | "basement"
    );
    // `Main Level Rd` is a street, and so is `5th Floor St`; a floor is not followed by a suffix.
    let names_street = draft.joined(next + 1) && way_at(draft, next + 1);
    if names_street {
        return None;
    }
    if let Some(number) = numbered {
        draft.take(CivicKey::Flr, index..next + 1, number);
    } else if named && index > range.start {
        draft.take(CivicKey::Flr, index..next + 1, capitalised(word.text));
    } else {
        return None;
    }
    Some(2)
}

/// `Main St, St 310`: a second `St` behind the street, with a number, is a suite.
fn suite_as_street(draft: &mut Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<usize> {
    let next = index + 1;
    let parted = index > range.start + 1
        && (!draft.joined(index) || !draft.is_free(index - 1))
        && (next + 1 >= range.end || !draft.joined(next + 1));
    let suite = draft.key(index) == "st"
        && index > range.start + 1
        && (is_way(draft.key(index - 1)) || parted)
        && next < range.end
        && draft.joined(next)
        && draft.words()[next].has_digit()
        && draft.words()[next].ordinal().is_none();
    suite.then(|| {
        draft.take_text(CivicKey::Unit, index..next + 1);
        2
    })
}

/// `400 Colony Square`, `1 Piedmont Ctr`: a building behind the street that has a number of its
/// own, up to the next comma.
fn numbered_building(
    draft: &mut Draft<'_, '_>,
    index: usize,
    range: &Range<usize>,
) -> Option<usize> {
    let behind = index > range.start + 1
        && (!draft.joined(index)
            || is_way(draft.key(index - 1))
            || Directional::find(draft.key(index - 1))
                .is_some_and(|_| is_way(draft.key(index - 2))));
    if !behind || !draft.words()[index].is_number() {
        return None;
    }
    let end = (index + 1..range.end)
        .find(|next| !draft.joined(*next) || !draft.is_free(*next))
        .unwrap_or(range.end);
    let named = (2..=5).contains(&(end - index)) && is_building(draft.key(end - 1));
    named.then(|| {
        draft.take_text(CivicKey::Bld, index..end);
        end - index
    })
}

/// `Store 1`, `Bay 3`: what is no designator of Publication 28, but numbered like one behind the
/// street.
fn numbered_shop(draft: &mut Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<usize> {
    let next = index + 1;
    let shop = matches!(
        draft.key(index),
        "bay"
            | "booth"
            | "cabin"
            | "condo"
            | "dock"
            | "door"
            | "kiosk"
            | "shop"
            | "stall"
            | "store"
    );
    let behind = range.start > 0
        && index > range.start + 1
        && (!draft.joined(index) || !draft.is_free(index - 1) || is_way(draft.key(index - 1)));
    let numbered = next < range.end
        && draft.joined(next)
        && draft.words()[next].has_digit()
        && draft.words()[next].ordinal().is_none()
        && !(draft.joined(next + 1) && way_at(draft, next + 1));
    (shop && behind && numbered).then(|| {
        draft.take_text(CivicKey::Unit, index..next + 1);
        2
    })
}

/// `at 5th St`, `near the library`: what the house stands beside, up to the comma behind it.
fn beside(draft: &mut Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<usize> {
    let word = matches!(
        draft.key(index),
        "@" | "across" | "at" | "behind" | "between" | "near" | "opposite"
    );
    let complete = range.start > 0 && index > range.start + 1 && is_way(draft.key(index - 1));
    if !word || !complete {
        return None;
    }
    let stop = (index + 1..range.end).find(|next| !draft.joined(*next) || !draft.is_free(*next))?;
    (stop > index + 1).then(|| {
        draft.take_text(CivicKey::Loc, index..stop);
        stop - index
    })
}

/// `Conference room`: a room that is known by what it is for.
fn named_room(draft: &mut Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<usize> {
    let next = index + 1;
    let room = matches!(
        draft.key(index),
        "board" | "break" | "conference" | "mail" | "meeting" | "server" | "training" | "waiting"
    ) && next < range.end
        && draft.joined(next)
        && draft.key(next) == "room"
        && !(draft.joined(next + 1) && way_at(draft, next + 1));
    room.then(|| {
        let text = capitalised(draft.words()[index].text);
        draft.take(CivicKey::Room, index..next + 1, text);
        2
    })
}

/// `Apt 4`, `Ste. C-4`, `# 303`, `Bldg 171`, `WS 181`, `Penthouse`.
fn designated(draft: &mut Draft<'_, '_>, index: usize, range: &Range<usize>) -> Option<usize> {
    let numbered = || draft.joined(index + 1) && draft.words()[index + 1].has_digit();
    let designator = Designator::find(draft.key(index)).or_else(|| {
        Designator::misspelled(draft.key(index)).filter(|_| index > range.start && numbered())
    })?;
    // `Apt # 4`, `Ste No. 200`.
    let mut id = index + 1;
    while id < range.end && designator.abbreviation != "#" && is_number_sign(draft, id) {
        id += 1;
    }
    if id < range.end && draft.is_free(id) && identifies(draft, designator, index, id, range) {
        let end = identifier_end(draft, id, range);
        let value = value(draft, designator, index, id..end);
        draft.take(designator.key, index..end, value);
        return Some(end - index);
    }
    // `Apt 3rd Flr`: the word came without its number.
    let floor_follows = is_common(designator)
        && index > range.start
        && draft
            .words()
            .get(index + 1)
            .is_some_and(|w| w.ordinal().is_some())
        && Designator::find(draft.key(index + 2)).is_some_and(|d| d.key == CivicKey::Flr);
    if !floor_follows && !stands_alone(draft, index, range) {
        return None;
    }
    if designator.identifier == Identifier::Optional {
        let text = capitalised(draft.words()[index].text);
        draft.take(designator.key, index..index + 1, text);
    } else if is_common(designator) {
        // `Main St NE Unit Cedar Rapids`: the word came without its number.
        draft.mark(designator.key, index);
    } else {
        return None;
    }
    Some(1)
}

/// Where the identifier that begins at `id` ends: `13 C` and `3 South` are two words.
fn identifier_end(draft: &Draft<'_, '_>, id: usize, range: &Range<usize>) -> usize {
    let next = id + 1;
    if next >= range.end || !draft.is_free(next) || !draft.joined(next) {
        return next;
    }
    let word = &draft.words()[next];
    let direction = Directional::find(&word.key).is_some();
    let last = next + 1 >= range.end || !draft.joined(next + 1) || !draft.is_free(next + 1);
    let letter = word.is_letter() && !direction && draft.words()[id].has_digit();
    // `Suite 210 & 212`
    let third = next + 1;
    if matches!(&*word.key, "&" | "and")
        && draft.words()[id].has_digit()
        && third < range.end
        && draft.words()[third].is_number()
        && draft.joined(third)
    {
        return third + 1;
    }
    if letter || (direction && last) {
        next + 1
    } else {
        next
    }
}

fn is_number_sign(draft: &Draft<'_, '_>, index: usize) -> bool {
    draft.is_free(index) && matches!(draft.key(index), "#" | "no" | "num" | "number")
}

/// Whether the word at `id` says which one the designator at `index` means.
fn identifies(
    draft: &Draft<'_, '_>,
    designator: &Designator,
    index: usize,
    id: usize,
    range: &Range<usize>,
) -> bool {
    let word = &draft.words()[id];
    let after = id + 1;
    let followed_by_way = after < range.end && draft.joined(after) && way_at(draft, after);
    // `Highway No 202`: the number is the road's.
    let numbers_a_road = index > range.start
        && draft.joined(index)
        && is_highway(draft.key(index - 1))
        && (range.start..index - 1).all(|before| is_owner(draft.key(before)));
    if designator.abbreviation == "#" && numbers_a_road {
        return false;
    }
    if draft.words()[index].text == "#" {
        // `Store #1182, 418 Maple Ave`: the number is the name's.
        let names = range.start == 0
            && index > 0
            && draft.has(CivicKey::Hno)
            && draft.joined(index)
            && draft.is_free(index - 1);
        return draft.joined(id) && !names;
    }
    if !draft.joined(id) {
        // `Suite, 200`: only when nothing else could be meant.
        return false;
    }
    // `No 5th St`: a direction, not a number sign.
    if designator.abbreviation == "#" {
        return word.has_digit()
            && word.ordinal().is_none()
            && !followed_by_way
            && index > range.start;
    }
    if word.ordinal().is_some() {
        return designator.key == CivicKey::Flr && !followed_by_way;
    }
    if word.has_digit() {
        // `Front 5` is nothing, `Key 5` a dock: a number is enough for those that need one.
        return designator.identifier == Identifier::Required || !followed_by_way;
    }
    // `Front St`, `Tower Hill`, `Space Center`: letters identify only where they are too short to
    // be a name, and never before a suffix.
    let short =
        word.is_letter() || (is_common(designator) && (is_initials(word) || is_hyphened(word)));
    short
        && designator.identifier == Identifier::Required
        && !followed_by_way
        && index > range.start
        || (word.is_letter() && is_common(designator) && !followed_by_way)
}

/// Two capitals that are neither a direction nor a suffix: `Ste LL`.
fn is_initials(word: &Word<'_>) -> bool {
    word.text.len() == 2
        && word.text.bytes().all(|b| b.is_ascii_uppercase())
        && Directional::find(&word.key).is_none()
        && StreetSuffix::find(&word.key).is_none()
}

/// `C-D`: single letters with dashes.
fn is_hyphened(word: &Word<'_>) -> bool {
    word.key.contains('-') && word.key.split('-').all(|part| part.len() == 1)
}

/// The designators that hardly ever begin a street's name.
fn is_common(designator: &Designator) -> bool {
    matches!(
        designator.abbreviation,
        "APT" | "BLDG" | "RM" | "STE" | "UNIT"
    )
}

/// Whether a designator that needs no identifier is one here: behind a suffix or a comma, and
/// followed by nothing that it would belong to.
fn stands_alone(draft: &Draft<'_, '_>, index: usize, range: &Range<usize>) -> bool {
    if index == range.start {
        return false;
    }
    let before = index - 1;
    let behind = !draft.joined(index)
        || !draft.is_free(before)
        || is_way(draft.key(before))
        || draft.words()[before].ordinal().is_some()
        || (Directional::find(draft.key(before)).is_some() && before > range.start);
    let after = index + 1;
    let parted = after >= range.end || !draft.joined(after) || !draft.is_free(after);
    let announces = Designator::find(draft.key(after)).is_some();
    let only_a_word = Designator::find(draft.key(index)).is_some_and(is_common);
    behind && (parted || announces || only_a_word)
}

/// `Apt12`, `Suite550`, `WS181`: a designator and its number in one word.
fn glued(draft: &mut Draft<'_, '_>, index: usize) -> Option<usize> {
    let word = &draft.words()[index];
    let split = word.key.find(|c: char| !c.is_ascii_alphabetic())?;
    let (name, number) = word.key.split_at(split);
    let number = number.trim_start_matches('-');
    if name.len() < 2 || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let designator = Designator::find(name)?;
    if matches!(designator.abbreviation, "KEY" | "#") {
        return None;
    }
    let value = if matches!(designator.key, CivicKey::Flr | CivicKey::Room) {
        number.to_owned()
    } else {
        word.text.to_owned()
    };
    draft.take(designator.key, index..index + 1, value);
    Some(1)
}

/// A unit keeps its designator, because an apartment is looked for elsewhere than a suite. A floor
/// and a room are known by their element.
fn value(draft: &Draft<'_, '_>, designator: &Designator, index: usize, id: Range<usize>) -> String {
    let text = draft.text(id.clone());
    if designator.key == CivicKey::Flr {
        draft.words()[id.start]
            .ordinal()
            .map_or(text, |number| number.to_string())
    } else if designator.key == CivicKey::Room || designator.abbreviation == "#" {
        text
    } else {
        format!("{} {text}", draft.words()[index].text)
    }
}

/// Whether a street's suffix stands at `index`, and no saint's city: `9th Floor St John's`.
fn way_at(draft: &Draft<'_, '_>, index: usize) -> bool {
    let saint = draft.key(index) == "st" && is_saint(draft.key(index + 1));
    is_way(draft.key(index)) && !saint
}

fn is_highway(key: &str) -> bool {
    StreetSuffix::find(key).is_some_and(|s| matches!(s.abbreviation, "Hwy" | "Rte")) || key == "rt"
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first
            .to_uppercase()
            .chain(chars.flat_map(char::to_lowercase))
            .collect()
    })
}
