use std::collections::BTreeSet;

use crate::{
    CivicAddress, CivicKey,
    pub28::{Directional, StreetSuffix},
};

impl CivicAddress {
    /// Whether both are in the same building, whatever door within it: the same number, street and
    /// postal code, or the same community where one of them has no postal code. Spelling does not
    /// matter: `Avenue` is `Ave`, and the first five digits of a ZIP are enough.
    ///
    /// An address without a number or a street is in no building.
    #[must_use]
    pub fn is_in_building_of(&self, other: &Self) -> bool {
        let (Some(here), Some(there)) = (door(self), door(other)) else {
            return false;
        };
        let country = |address: &Self| word(address, CivicKey::Country);
        here == there && country(self) == country(other) && same_area(self, other)
    }
}

/// The number, and the words of the street.
fn door(address: &CivicAddress) -> Option<(String, BTreeSet<String>)> {
    let number = word(address, CivicKey::Hno) + &word(address, CivicKey::Hns);
    let street: BTreeSet<String> = [
        CivicKey::Prm,
        CivicKey::Prd,
        CivicKey::Rd,
        CivicKey::Sts,
        CivicKey::Pod,
        CivicKey::Pom,
    ]
    .into_iter()
    .filter_map(|key| address.get(key))
    .flat_map(str::split_whitespace)
    .map(abbreviated)
    .collect();
    (!number.is_empty() && !street.is_empty()).then_some((number, street))
}

fn abbreviated(word: &str) -> String {
    let word = word.trim_matches('.').to_lowercase();
    if let Some(direction) = Directional::find(&word) {
        return direction.abbreviation().to_lowercase();
    }
    match StreetSuffix::find(&word) {
        Some(suffix) => suffix.abbreviation.to_lowercase(),
        None => word,
    }
}

fn same_area(one: &CivicAddress, other: &CivicAddress) -> bool {
    let codes = (postal_code(one), postal_code(other));
    if codes.0.is_empty() || codes.1.is_empty() {
        word(one, CivicKey::A3) == word(other, CivicKey::A3)
    } else {
        codes.0 == codes.1
    }
}

/// Without what says more than the delivery area: the four digits after a ZIP.
fn postal_code(address: &CivicAddress) -> String {
    let code = word(address, CivicKey::Pc);
    let area = code.split('-').next().unwrap_or_default();
    area.chars().filter(|c| !c.is_whitespace()).collect()
}

fn word(address: &CivicAddress, key: CivicKey) -> String {
    address.get(key).unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(json: &str) -> CivicAddress {
        serde_json::from_str(json).unwrap()
    }

    const SITE: &str = r#"{"country":"US","A1":"WA","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","PC":"98121"}"#;

    #[test]
    fn a_door_is_in_its_building_however_it_is_spelled() {
        let site = address(SITE);
        for door in [
            SITE,
            r#"{"country":"US","A3":"SEATTLE","RD":"7TH","STS":"Avenue","HNO":"2121","PC":"98121-1234","UNIT":"Apt 4"}"#,
            r#"{"country":"US","A3":"Seattle","RD":"7th Ave","HNO":"2121","FLR":"5"}"#,
        ] {
            assert!(address(door).is_in_building_of(&site), "{door}");
        }
    }

    #[test]
    fn a_neighbour_is_not() {
        let site = address(SITE);
        for other in [
            r#"{"country":"US","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2123","PC":"98121"}"#,
            r#"{"country":"US","A3":"Seattle","PRD":"N","RD":"7th","STS":"Ave","HNO":"2121","PC":"98121"}"#,
            r#"{"country":"US","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","PC":"98122"}"#,
            r#"{"country":"US","A3":"Tacoma","RD":"7th","STS":"Ave","HNO":"2121"}"#,
            r#"{"country":"US","A3":"Seattle","PC":"98121"}"#,
            "{}",
        ] {
            assert!(!address(other).is_in_building_of(&site), "{other}");
        }
        assert!(!CivicAddress::new().is_in_building_of(&CivicAddress::new()));
    }
}
