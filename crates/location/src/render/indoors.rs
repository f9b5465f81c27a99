//! The way from the street door to the person: building, floor, room, unit, seat.

use crate::{CivicAddress, CivicKey, pub28::Designator};

/// One step of that way.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Step {
    pub(super) key: CivicKey,
    /// What kind of place it is; absent for a building with a name of its own.
    designator: Option<&'static Designator>,
    /// Which one; empty for a place that needs no number, such as a lobby.
    identifier: String,
    /// As written.
    pub(super) written: String,
}

impl Step {
    /// As few characters as can still be read: `FL5`, `WS181`, `APT4B`, `FL MEZZANINE`.
    pub(super) fn compact(&self) -> String {
        let Some(designator) = self.designator else {
            return self.identifier.clone();
        };
        let word = match designator.abbreviation {
            "#" => "UNIT",
            other => other,
        };
        let identifier = &self.identifier;
        if identifier.is_empty() {
            return word.to_owned();
        }
        let glued: String = identifier.chars().filter(|c| !c.is_whitespace()).collect();
        if glued.starts_with(|c: char| c.is_ascii_digit()) {
            format!("{word}{glued}")
        } else {
            format!("{word} {identifier}")
        }
    }

    /// As on a letter: `FL 5`, `STE 100`. A building or a seat stays as it is written.
    pub(super) fn designated(&self) -> String {
        match self.designator {
            Some(designator) if !matches!(self.key, CivicKey::Bld | CivicKey::Seat) => {
                let word = match designator.abbreviation {
                    "#" => "UNIT",
                    other => other,
                };
                format!("{word} {}", self.identifier).trim_end().to_owned()
            }
            Some(_) | None => self.written.clone(),
        }
    }

    /// To be read aloud: `floor 5`, `apartment 4B`. A seat stays as it is written on it.
    pub(super) fn spoken(&self) -> String {
        let Some(designator) = self.designator else {
            return self.identifier.clone();
        };
        if self.key == CivicKey::Seat && self.written != self.identifier {
            return self.written.clone();
        }
        let word = match designator.abbreviation {
            "#" => "unit",
            _ => designator.spoken,
        };
        if self.identifier.is_empty() {
            word.to_owned()
        } else {
            format!("{word} {}", self.identifier)
        }
    }
}

/// The steps from the outside in. Only elements that are present give one.
pub(super) fn way_in(address: &CivicAddress) -> Vec<Step> {
    [
        (CivicKey::Bld, "bldg"),
        (CivicKey::Flr, "fl"),
        (CivicKey::Room, "rm"),
        (CivicKey::Unit, "unit"),
        (CivicKey::Seat, "seat"),
    ]
    .into_iter()
    .filter_map(|(key, word)| address.get(key).map(|value| step(key, word, value)))
    .collect()
}

/// What a location text says beyond the way in that was folded into it before.
pub(super) fn beyond<'a>(loc: &'a str, folded: &str) -> &'a str {
    match loc.strip_prefix(folded) {
        Some(rest) if !folded.is_empty() && (rest.is_empty() || rest.starts_with(' ')) => {
            rest.trim_start()
        }
        Some(_) | None => loc,
    }
}

fn step(key: CivicKey, default: &str, value: &str) -> Step {
    let (designator, identifier) = split(key, value);
    let named = key == CivicKey::Bld && !looks_like_identifier(&identifier);
    Step {
        key,
        designator: designator.or(if named {
            None
        } else {
            Designator::find(default)
        }),
        identifier,
        written: value.to_owned(),
    }
}

/// Splits `Floor 9`, `9th floor`, `WS 181` or `Apt. 4` into the kind of place and which one.
fn split(key: CivicKey, value: &str) -> (Option<&'static Designator>, String) {
    let known = |word: &str| {
        let word = word.trim_end_matches(['.', ':']).to_lowercase();
        Designator::find(&word).filter(|found| found.key == key)
    };
    if let Some(rest) = value.strip_prefix('#') {
        return (known("#"), rest.trim().to_owned());
    }
    let whole = |text: &str| ordinal(key, text);
    match value.split_once(' ') {
        Some((first, rest)) => {
            if let Some(designator) = known(first) {
                return (Some(designator), whole(rest.trim_start_matches(['#', ' '])));
            }
            if let Some((before, last)) = value.rsplit_once(' ')
                && let Some(designator) = known(last)
            {
                return (Some(designator), whole(before));
            }
            (None, whole(value))
        }
        None => match known(value) {
            Some(designator) => (Some(designator), String::new()),
            None => glued(key, value).unwrap_or_else(|| (None, whole(value))),
        },
    }
}

/// `Suite550`, as people write it in haste.
fn glued(key: CivicKey, value: &str) -> Option<(Option<&'static Designator>, String)> {
    let at = value.find(|c: char| c.is_ascii_digit())?;
    let word = value[..at].trim_end_matches(['.', '-', '#']).to_lowercase();
    let designator = Designator::find(&word).filter(|d| d.key == key && word.len() > 1)?;
    Some((Some(designator), value[at..].to_owned()))
}

/// A floor's number without `st`, `nd`, `rd`, `th`.
fn ordinal(key: CivicKey, text: &str) -> String {
    if key == CivicKey::Flr {
        let lower = text.to_ascii_lowercase();
        for ending in ["st", "nd", "rd", "th"] {
            if let Some(number) = lower.strip_suffix(ending)
                && !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_digit())
            {
                return number.to_owned();
            }
        }
    }
    text.to_owned()
}

/// `2`, `C-4`, `B`: not the name of a building.
fn looks_like_identifier(text: &str) -> bool {
    !text.contains(' ')
        && (text.chars().count() <= 2 || text.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_and_spoken_forms() {
        #[rustfmt::skip]
        let table = [
            (CivicKey::Flr, "5", "FL5", "floor 5"),
            (CivicKey::Flr, "Floor 9", "FL9", "floor 9"),
            (CivicKey::Flr, "3rd Floor", "FL3", "floor 3"),
            (CivicKey::Flr, "Mezzanine", "MEZZ", "mezzanine"),
            (CivicKey::Flr, "Ground", "FL Ground", "floor Ground"),
            (CivicKey::Flr, "B1", "FL B1", "floor B1"),
            (CivicKey::Room, "450F", "RM450F", "room 450F"),
            (CivicKey::Room, "Rm. 27B", "RM27B", "room 27B"),
            (CivicKey::Room, "Everest", "RM Everest", "room Everest"),
            (CivicKey::Unit, "Apt 4", "APT4", "apartment 4"),
            (CivicKey::Unit, "# 303", "UNIT303", "unit 303"),
            (CivicKey::Unit, "303", "UNIT303", "unit 303"),
            (CivicKey::Unit, "Ste. C-4", "STE C-4", "suite C-4"),
            (CivicKey::Unit, "Suite550", "STE550", "suite 550"),
            (CivicKey::Unit, "Penthouse", "PH", "penthouse"),
            (CivicKey::Bld, "2", "BLDG2", "building 2"),
            (CivicKey::Bld, "Building C", "BLDG C", "building C"),
            (CivicKey::Bld, "Tower 5", "TOWER5", "tower 5"),
            (CivicKey::Bld, "Example Theater", "Example Theater", "Example Theater"),
            (CivicKey::Seat, "WS 181", "WS181", "WS 181"),
            (CivicKey::Seat, "181", "SEAT181", "seat 181"),
            (CivicKey::Seat, "Desk 12", "DESK12", "Desk 12"),
            (CivicKey::Seat, "Window left", "SEAT Window left", "seat Window left"),
        ];
        for (key, value, compact, spoken) in table {
            let address = CivicAddress::new().with(key, value).unwrap();
            let steps = way_in(&address);
            assert_eq!(steps[0].compact(), compact, "{value}");
            assert_eq!(steps[0].spoken(), spoken, "{value}");
        }
    }

    #[test]
    fn the_way_goes_from_the_outside_in() {
        let address: CivicAddress =
            serde_json::from_str(r#"{"SEAT":"WS 181","FLR":"5","BLD":"2","UNIT":"4","ROOM":"9"}"#)
                .unwrap();
        let keys: Vec<CivicKey> = way_in(&address).iter().map(|step| step.key).collect();
        assert_eq!(
            keys,
            [
                CivicKey::Bld,
                CivicKey::Flr,
                CivicKey::Room,
                CivicKey::Unit,
                CivicKey::Seat
            ]
        );
    }
}
