//! What the tables say about the city of one line.

use super::Draft;
use crate::{
    CivicAddress, CivicKey,
    gazetteer::{self, Name, NameWords},
    interpret::line::Word,
};

/// More words than the name of any city has.
const NAME_LIMIT: usize = 6;

/// A place with more ZIP codes than this is known without its state.
const LARGE: u16 = 15;

/// How well a name is known as a city, weakest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::interpret) enum Known {
    /// No such place, or none in the state that is written.
    Nowhere,
    /// A place somewhere; no state is written.
    Somewhere,
    /// A large city; no state is written.
    Large,
    /// A place in the state that is written.
    InState,
    /// A city of the ZIP code that is written.
    ByZip,
}

/// What the right end of a line says of the city before it.
#[derive(Debug)]
pub(in crate::interpret) struct Evidence {
    /// The state or province that is written or follows from the postal code.
    pub(in crate::interpret) region: Option<String>,
    /// The cities of the postal code.
    pub(in crate::interpret) cities: Vec<Name>,
    /// How well a name is known as a city in this region.
    pub(in crate::interpret) known: fn(Name, Option<&str>) -> Known,
}

impl Evidence {
    /// What the ZIP code and the state of an American line say.
    pub(in crate::interpret) fn american(draft: &Draft<'_, '_>) -> Self {
        let zip = draft.value(CivicKey::Pc).and_then(known_zip);
        let state = draft
            .value(CivicKey::A1)
            .or_else(|| zip.map(|zip| zip.state));
        Self {
            region: state.map(str::to_owned),
            cities: zip.map_or_else(Vec::new, |zip| zip.cities().map(Name::of).collect()),
            known: american_place,
        }
    }

    /// How well these words are known as a city.
    pub(in crate::interpret) fn city(&self, words: &[&Word<'_>]) -> Known {
        if words.is_empty() || words.len() > NAME_LIMIT {
            return Known::Nowhere;
        }
        let mut name = NameWords::default();
        for word in words {
            name.push(&word.key);
        }
        let name = name.name();
        if self.cities.contains(&name) {
            return Known::ByZip;
        }
        (self.known)(name, self.region.as_deref())
    }
}

fn american_place(name: Name, state: Option<&str>) -> Known {
    let Some(place) = gazetteer::us_place(name) else {
        return Known::Nowhere;
    };
    match state {
        Some(state) if place.is_in(state) => Known::InState,
        Some(_) => Known::Nowhere,
        None if place.codes > LARGE => Known::Large,
        None => Known::Somewhere,
    }
}

/// A ZIP code's row; a code that lost its leading zero is known too.
pub(super) fn known_zip(code: &str) -> Option<gazetteer::Zip> {
    let five = code.split('-').next().unwrap_or_default();
    match five.len() {
        4 => gazetteer::zip(&format!("0{five}")),
        _ => gazetteer::zip(five),
    }
}

/// Fills the county in, and says where the tables disagree with what is written. They lack a place
/// or have it wrong about once in twenty times, so nothing is refused.
pub(in crate::interpret) fn compare(fields: &mut CivicAddress) -> Vec<String> {
    let mut notes = Vec::new();
    let city = fields.get(CivicKey::A3).map(Name::of);
    let Some(zip) = fields.get(CivicKey::Pc).and_then(gazetteer::zip) else {
        let state = fields.get(CivicKey::A1).unwrap_or_default();
        let elsewhere = city
            .and_then(gazetteer::us_place)
            .is_some_and(|place| !place.is_in(state));
        if elsewhere && !state.is_empty() {
            notes.push("No place of this name is known in this state. Check both.".to_owned());
        }
        return notes;
    };
    let same_state = fields.get(CivicKey::A1).is_none_or(|a1| a1 == zip.state);
    if !same_state {
        notes.push(format!(
            "This ZIP code is known in {}, not in this state. Check both.",
            zip.state
        ));
        return notes;
    }
    if let Some(city) = city
        && !zip.serves(city)
    {
        notes.push(format!(
            "This ZIP code is known for {}. Check the city and the ZIP code.",
            zip.city
        ));
        // One of the two is wrong: the county would be a guess.
        return notes;
    }
    let county = zip.county();
    // What is filled in is never too long and holds no control character.
    if fields.get(CivicKey::A2).is_none()
        && !county.is_empty()
        && fields.set(CivicKey::A2, &county).is_ok()
    {
        notes.push("The county was filled in from the ZIP code.".to_owned());
    }
    notes
}
