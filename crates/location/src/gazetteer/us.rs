use std::{collections::HashMap, sync::LazyLock};

use super::{Centroid, Name};
use crate::pub28::state_bit;

/// `zip, city, state, county, latitude, longitude, other names`, in the order of the ZIP codes.
const ZIPS: &str = include_str!("../../data/us_zips.tsv");

/// `place, states`: places that no ZIP code is named for.
const PLACES: &str = include_str!("../../data/us_places.tsv");

/// What is known of a ZIP code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Zip {
    /// The city that the post office prefers.
    pub(crate) city: &'static str,
    /// The two letters of the state.
    pub(crate) state: &'static str,
    county: &'static str,
    centroid: Centroid,
    others: &'static str,
}

impl Zip {
    /// Whether mail for this code may bear this city.
    pub(crate) fn serves(&self, city: Name) -> bool {
        self.cities().any(|name| Name::of(name) == city)
    }

    /// Every city that mail for this code may bear, the preferred one first.
    pub(crate) fn cities(&self) -> impl Iterator<Item = &'static str> {
        let others = self.others.split('|').filter(|name| !name.is_empty());
        std::iter::once(self.city).chain(others)
    }

    /// The county, parish or municipality, as it is called; empty for the armed forces.
    pub(crate) fn county(&self) -> String {
        self.county.replace('~', " County")
    }

    /// Where it lies.
    pub(crate) const fn centroid(&self) -> Centroid {
        self.centroid
    }

    fn of(row: &'static str) -> Option<Self> {
        let mut cells = row.split('\t').skip(1);
        let mut next = || cells.next();
        let (city, state, county) = (next()?, next()?, next()?);
        let (latitude, longitude) = (next()?.parse().ok()?, next()?.parse().ok()?);
        Some(Self {
            city,
            state,
            county,
            centroid: Centroid {
                latitude,
                longitude,
            },
            others: next().unwrap_or_default(),
        })
    }
}

/// Looks a ZIP code up by its first five digits.
pub(crate) fn zip(code: &str) -> Option<Zip> {
    let code = code.get(..5)?;
    let mut rows = ZIPS;
    // By halves, in the text itself: nothing has to be loaded.
    while !rows.is_empty() {
        let middle = rows.len() / 2;
        let start = rows.as_bytes()[..middle]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |end| end + 1);
        let end = rows.as_bytes()[start..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(rows.len(), |length| start + length);
        let row = &rows[start..end];
        match row.get(..5)?.cmp(code) {
            std::cmp::Ordering::Equal => return Zip::of(row),
            std::cmp::Ordering::Less => rows = rows.get(end + 1..).unwrap_or_default(),
            std::cmp::Ordering::Greater => rows = &rows[..start],
        }
    }
    None
}

/// What is known of a name that places bear.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// One bit for each state that has such a place.
    states: u64,
    /// How many ZIP codes go by the name: how large the places are, roughly.
    pub(crate) codes: u16,
}

impl Place {
    /// Whether the state has a place of this name.
    pub(crate) const fn is_in(self, state: &str) -> bool {
        self.states & state_bit(state) != 0
    }
}

/// Looks the name of a place up.
pub(crate) fn place(name: Name) -> Option<Place> {
    static BY_NAME: LazyLock<HashMap<Name, Place>> = LazyLock::new(index);
    BY_NAME.get(&name).copied()
}

fn index() -> HashMap<Name, Place> {
    let mut places: HashMap<Name, Place> = HashMap::with_capacity(50_000);
    let mut last = ("", Name::of(""));
    for row in ZIPS.lines() {
        let mut cells = row.split('\t').skip(1);
        let (Some(city), Some(state)) = (cells.next(), cells.next()) else {
            continue;
        };
        let others = cells.nth(3).unwrap_or_default().split('|');
        for (count, name) in std::iter::once(city).chain(others).enumerate() {
            if name.is_empty() {
                continue;
            }
            // Neighbouring codes mostly have the same city.
            if name != last.0 {
                last = (name, Name::of(name));
            }
            let place = places.entry(last.1).or_default();
            place.states |= state_bit(state);
            place.codes = place.codes.saturating_add(u16::from(count == 0));
        }
    }
    for row in PLACES.lines() {
        let Some((name, states)) = row.split_once('\t') else {
            continue;
        };
        let place = places.entry(Name::of(name)).or_default();
        for state in states.split(' ') {
            place.states |= state_bit(state);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_code_has_its_city_county_and_place() {
        let found = zip("98121-1234").unwrap();
        assert_eq!((found.city, found.state), ("Seattle", "WA"));
        assert_eq!(found.county(), "King County");
        assert!((found.centroid().latitude - 47.6).abs() < 0.1);
        assert!(found.serves(Name::of("SEATTLE")));
        assert!(!found.serves(Name::of("Tacoma")));
        assert!(zip("11101").unwrap().serves(Name::of("long is city")));
        assert_eq!(zip("00926").unwrap().county(), "San Juan Municipio");
        for absent in ["", "9812", "00000", "99999", "é1234"] {
            assert!(zip(absent).is_none(), "{absent}");
        }
    }

    #[test]
    fn every_row_reads_and_stands_in_its_place() {
        let codes: Vec<&str> = ZIPS.lines().map(|row| &row[..5]).collect();
        assert!(codes.is_sorted());
        for (code, row) in codes.iter().zip(ZIPS.lines()) {
            assert!(Zip::of(row).is_some(), "{row}");
            assert_ne!(state_bit(Zip::of(row).unwrap().state), 0, "{row}");
            assert!(zip(code).is_some(), "{code}");
        }
    }

    #[test]
    fn places_are_known_by_state() {
        let place = |name| place(Name::of(name));
        assert!(place("Seattle").unwrap().is_in("WA"));
        assert!(!place("Seattle").unwrap().is_in("OR"));
        assert!(place("N. Palm Beach").unwrap().is_in("FL"));
        assert!(place("Chicago").unwrap().codes > 50);
        assert!(place("Qwertyville").is_none());
    }
}
