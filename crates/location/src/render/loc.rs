//! `LOC`: for systems that have one text for where inside the building.

use super::{
    draft::{Draft, clip},
    indoors::{beyond, way_in},
};
use crate::{CivicAddress, CivicKey};

/// The most characters `LOC` may have.
const LIMIT: usize = 60;

/// What two parts that must both be there may have each.
const HALF: usize = 28;

/// The worth from which a part is never left out.
const VITAL: u8 = 5;

/// One part of the text.
struct Part {
    key: CivicKey,
    written: String,
    text: String,
}

impl Part {
    /// What is kept longest when not everything fits: the seat and the floor before all else.
    fn worth(&self) -> u8 {
        WORTH
            .iter()
            .find(|(key, _)| *key == self.key)
            .map_or(0, |(_, worth)| *worth)
    }
}

const WORTH: [(CivicKey, u8); 8] = [
    (CivicKey::Seat, 6),
    (CivicKey::Flr, VITAL),
    (CivicKey::Room, 4),
    (CivicKey::Unit, 4),
    (CivicKey::Hno, 3),
    (CivicKey::Hns, 3),
    (CivicKey::Loc, 2),
    (CivicKey::Bld, 1),
];

/// Folds the way inside into `LOC`: `FL5 WS181`. The parts are as short as they can be, so that
/// they fit the recommended 20 characters where that is possible; nothing is left out for that.
/// Only past 60 characters parts are left out, the least helpful first, each of them reported.
pub(super) fn fold(address: &CivicAddress, spare: &[(CivicKey, String)], draft: &mut Draft) {
    let mut parts: Vec<Part> = way_in(address)
        .iter()
        .map(|step| Part {
            key: step.key,
            written: step.written.clone(),
            text: step.compact(),
        })
        .collect();
    parts.extend(spare.iter().map(|(key, text)| Part {
        key: *key,
        written: address.get(*key).unwrap_or_default().to_owned(),
        text: text.clone(),
    }));
    if let Some(written) = address.get(CivicKey::Loc) {
        let more = beyond(written, &text(&parts));
        if !more.is_empty() {
            parts.push(Part {
                key: CivicKey::Loc,
                written: written.to_owned(),
                text: more.to_owned(),
            });
        }
    }
    while text(&parts).chars().count() > LIMIT {
        shorten(&mut parts, draft);
    }
    draft.put(CivicKey::Loc, &text(&parts));
}

/// Leaves out the part worth least, or shortens it to what still helps. Floor and seat are not left
/// out: the longer of them is shortened.
fn shorten(parts: &mut Vec<Part>, draft: &mut Draft) {
    let length = |part: &Part| part.text.chars().count();
    let least = parts
        .iter()
        .enumerate()
        .min_by_key(|(_, part)| {
            let vital = part.worth() >= VITAL;
            (
                part.worth().min(VITAL),
                if vital { usize::MAX - length(part) } else { 0 },
            )
        })
        .map_or(0, |(index, _)| index);
    let others: usize = parts
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != least)
        .map(|(_, part)| length(part) + 1)
        .sum();
    let mut room = LIMIT.saturating_sub(others);
    if parts[least].worth() >= VITAL {
        room = room.max(HALF);
    }
    let part = &mut parts[least];
    let kept = if room >= 8 {
        clip(&part.text, room)
    } else {
        String::new()
    };
    let why = if kept.is_empty() {
        format!("The location text has room for {LIMIT} characters and the rest helps more.")
    } else {
        format!("The location text has room for {LIMIT} characters.")
    };
    draft.report(part.key, &part.written, &kept, &why);
    if kept.is_empty() {
        parts.remove(least);
    } else {
        part.text = kept;
    }
}

fn text(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| part.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
