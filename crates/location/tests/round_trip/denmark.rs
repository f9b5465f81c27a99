use location::{CivicKey, Country};
use proptest::{prelude::*, sample::select};

use super::{address, check, rows};

/// Every postal code with its city.
fn city() -> impl Strategy<Value = (&'static str, &'static str)> {
    let cities: Vec<(&str, &str)> = rows(include_str!("../../data/dk_postal_codes.tsv"))
        .into_iter()
        .map(|row| (row[0], row[1]))
        .collect();
    select(cities)
}

proptest! {
    #[test]
    fn danish_addresses_read_back(
        street in select(vec![
            "Vestergade", "Gammel Kongevej", "H.C. Andersens Boulevard", "10. Februar Vej",
            "Ved Stranden", "Nyhavn", "Sankt Knuds Vej", "Aaboulevarden", "Øster Allé",
        ]),
        number in 1_u16..999,
        suffix in select(vec!["", "A", "F"]),
        floor in select(vec!["", "1", "12", "st", "kld", "stuen"]),
        door in select(vec!["", "th", "tv", "mf", "4", "112"]),
        village in select(vec!["", "Ballum", "Vester Åby"]),
        name in select(vec!["", "Mette Lund", "Example ApS"]),
        (code, city) in city(),
    ) {
        let number = number.to_string();
        let written = address(Country::Dk, &[
            (CivicKey::Nam, name),
            (CivicKey::Rd, street),
            (CivicKey::Hno, &number),
            (CivicKey::Hns, suffix),
            (CivicKey::Flr, floor),
            (CivicKey::Unit, door),
            (CivicKey::A4, village),
            (CivicKey::A3, city),
            (CivicKey::Pc, code),
        ]);
        prop_assert_eq!(check(Country::Dk, &written), Ok(()));
    }
}
