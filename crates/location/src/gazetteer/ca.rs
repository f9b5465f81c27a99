use std::{collections::HashMap, sync::LazyLock};

use super::{Centroid, Name};

/// `name, province, latitude, longitude`.
const PLACES: &str = include_str!("../../data/ca_places.tsv");

/// A Canadian city, town or village.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The two letters of the province.
    pub(crate) province: &'static str,
    /// Where it lies.
    pub(crate) centroid: Centroid,
}

/// The places that bear a name, in the order of the provinces' letters.
pub(crate) fn place(name: Name) -> &'static [Place] {
    static BY_NAME: LazyLock<HashMap<Name, Vec<Place>>> = LazyLock::new(|| {
        let mut places: HashMap<Name, Vec<Place>> = HashMap::with_capacity(3_000);
        for (name, place) in PLACES.lines().filter_map(read) {
            places.entry(Name::of(name)).or_default().push(place);
        }
        places
    });
    BY_NAME.get(&name).map_or(&[], Vec::as_slice)
}

fn read(row: &'static str) -> Option<(&'static str, Place)> {
    let mut cells = row.split('\t');
    let mut next = || cells.next();
    let (name, province) = (next()?, next()?);
    let centroid = Centroid {
        latitude: next()?.parse().ok()?,
        longitude: next()?.parse().ok()?,
    };
    Some((name, Place { province, centroid }))
}

/// The provinces that a postal code's first letter stands for: `X` stands for two.
pub(crate) fn province_of(code: &str) -> &'static [&'static str] {
    match code.bytes().next().map(|b| b.to_ascii_uppercase()) {
        Some(b'A') => &["NL"],
        Some(b'B') => &["NS"],
        Some(b'C') => &["PE"],
        Some(b'E') => &["NB"],
        Some(b'G' | b'H' | b'J') => &["QC"],
        Some(b'K'..=b'N' | b'P') => &["ON"],
        Some(b'R') => &["MB"],
        Some(b'S') => &["SK"],
        Some(b'T') => &["AB"],
        Some(b'V') => &["BC"],
        Some(b'X') => &["NT", "NU"],
        Some(b'Y') => &["YT"],
        Some(_) | None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_however_they_are_spelled() {
        let provinces = |name| -> Vec<&str> {
            place(Name::of(name))
                .iter()
                .map(|place| place.province)
                .collect()
        };
        assert_eq!(provinces("Montreal"), ["QC"]);
        assert_eq!(provinces("TROIS RIVIERES"), ["QC"]);
        assert!(provinces("Windsor").contains(&"ON"));
        assert!(provinces("Qwertyville").is_empty());
        assert_eq!(
            PLACES.lines().filter_map(read).count(),
            PLACES.lines().count()
        );
    }

    #[test]
    fn the_first_letter_of_a_code_is_the_province() {
        assert_eq!(province_of("k1a 0b1"), ["ON"]);
        assert_eq!(province_of("X0A"), ["NT", "NU"]);
        assert!(province_of("").is_empty() && province_of("D").is_empty());
    }
}
