use std::{collections::HashMap, sync::LazyLock};

use super::slip::is_slip;
use crate::CivicKey;

/// A word that says what kind of place inside a building follows or came before: Publication 28,
/// appendix C2, and the words for floors, buildings and desks that it leaves out.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Designator {
    /// The abbreviation, in capitals, such as `APT`.
    pub(crate) abbreviation: &'static str,
    /// How it is read aloud, such as `apartment`.
    pub(crate) spoken: &'static str,
    /// The element it belongs to.
    pub(crate) key: CivicKey,
    /// Whether something that identifies the place goes with it.
    pub(crate) identifier: Identifier,
    /// The ways it is written, in lower case, the abbreviation not among them.
    words: &'static [&'static str],
}

/// Whether a designator needs an identifier.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Identifier {
    /// It may stand alone (`Penthouse`, `Penthouse 2`).
    Optional,
    /// It says nothing alone (`Apt 4`).
    Required,
}

impl Designator {
    /// Finds a designator by its abbreviation or another way it is written. `word` is in lower
    /// case and without dots; `#` counts as a word.
    pub(crate) fn find(word: &str) -> Option<&'static Self> {
        static BY_WORD: LazyLock<HashMap<String, &'static Designator>> = LazyLock::new(|| {
            let mut words = HashMap::with_capacity(DESIGNATORS.len() * 3);
            for designator in DESIGNATORS {
                words.insert(designator.abbreviation.to_ascii_lowercase(), designator);
                for word in designator.words {
                    words.insert((*word).to_owned(), designator);
                }
            }
            words
        });
        BY_WORD.get(word).copied()
    }

    /// The designator that a long word is with one slip in it: `Sutie`, `Apartmnt`. Only with a number
    /// behind it is it one.
    pub(crate) fn misspelled(word: &str) -> Option<&'static Self> {
        const OFTEN: [&str; 3] = ["apartment", "building", "suite"];
        let likely = word.is_ascii() && (5..=10).contains(&word.len());
        let meant = OFTEN.into_iter().find(|right| {
            likely && right.as_bytes()[0] == word.as_bytes()[0] && is_slip(word, right)
        })?;
        Self::find(meant)
    }
}

const fn with(
    abbreviation: &'static str,
    spoken: &'static str,
    key: CivicKey,
    words: &'static [&'static str],
) -> Designator {
    Designator {
        abbreviation,
        spoken,
        key,
        identifier: Identifier::Required,
        words,
    }
}

const fn alone(
    abbreviation: &'static str,
    spoken: &'static str,
    key: CivicKey,
    words: &'static [&'static str],
) -> Designator {
    Designator {
        abbreviation,
        spoken,
        key,
        identifier: Identifier::Optional,
        words,
    }
}

#[rustfmt::skip]
const DESIGNATORS: &[Designator] = &[
    with("#", "number", CivicKey::Unit, &["no", "num", "number"]),
    with("APT", "apartment", CivicKey::Unit, &["apartment", "apt#", "appt", "aptmt"]),
    with("BLDG", "building", CivicKey::Bld, &["building", "bld", "bldng", "blg", "buildg"]),
    alone("BSMT", "basement", CivicKey::Flr, &["basement", "bsmnt", "bmt"]),
    with("CUBE", "cubicle", CivicKey::Seat, &["cubicle", "cub"]),
    with("DEPT", "department", CivicKey::Unit, &["department"]),
    with("DESK", "desk", CivicKey::Seat, &[]),
    with("FLAT", "flat", CivicKey::Unit, &[]),
    with("FL", "floor", CivicKey::Flr, &["floor", "flr", "flor"]),
    alone("FRNT", "front", CivicKey::Unit, &["front"]),
    with("HNGR", "hangar", CivicKey::Unit, &["hangar", "hanger"]),
    with("KEY", "key", CivicKey::Unit, &[]),
    alone("LBBY", "lobby", CivicKey::Flr, &["lobby"]),
    with("LOT", "lot", CivicKey::Unit, &["lt"]),
    with("LVL", "level", CivicKey::Flr, &["level"]),
    alone("LOWR", "lower", CivicKey::Unit, &["lower"]),
    with("MC", "mail code", CivicKey::Unit, &["m/c", "m/s", "mailcode", "msc", "mailstop"]),
    alone("MEZZ", "mezzanine", CivicKey::Flr, &["mezzanine"]),
    alone("OFC", "office", CivicKey::Unit, &["office"]),
    alone("PH", "penthouse", CivicKey::Unit, &["penthouse"]),
    with("PMB", "private mailbox", CivicKey::Unit, &[]),
    with("PIER", "pier", CivicKey::Unit, &[]),
    alone("REAR", "rear", CivicKey::Unit, &[]),
    with("RM", "room", CivicKey::Room, &["room"]),
    with("SEAT", "seat", CivicKey::Seat, &[]),
    alone("SIDE", "side", CivicKey::Unit, &[]),
    with("SLIP", "slip", CivicKey::Unit, &[]),
    with("SPC", "space", CivicKey::Unit, &["space", "sp"]),
    with("STE", "suite", CivicKey::Unit, &["suite", "suites", "suit", "sute", "ste#"]),
    with("STOP", "stop", CivicKey::Unit, &[]),
    with("STUDIO", "studio", CivicKey::Unit, &[]),
    with("TOWER", "tower", CivicKey::Bld, &["twr"]),
    with("TRLR", "trailer", CivicKey::Unit, &["trailer"]),
    with("UNIT", "unit", CivicKey::Unit, &["units"]),
    alone("UPPR", "upper", CivicKey::Unit, &["upper"]),
    with("WING", "wing", CivicKey::Bld, &[]),
    with("WS", "workstation", CivicKey::Seat, &["workstation", "wkstn"]),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_word_stands_for_two_designators() {
        let mut seen = HashSet::new();
        for designator in DESIGNATORS {
            let abbreviation = designator.abbreviation.to_ascii_lowercase();
            for word in designator.words.iter().copied().chain([&*abbreviation]) {
                assert!(seen.insert(word.to_owned()), "{word} stands twice");
            }
        }
    }

    #[test]
    fn each_of_publication_28s_designators_is_known() {
        for word in [
            "apt", "bsmt", "bldg", "dept", "fl", "frnt", "hngr", "key", "lbby", "lot", "lowr",
            "ofc", "ph", "pier", "rear", "rm", "side", "slip", "spc", "stop", "ste", "trlr",
            "unit", "uppr",
        ] {
            assert!(Designator::find(word).is_some(), "{word}");
        }
        assert_eq!(Designator::find("suite").unwrap().abbreviation, "STE");
        assert!(Designator::find("3").is_none());
    }
}
