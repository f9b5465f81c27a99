use location::{CivicKey, Country};
use proptest::{prelude::*, sample::select};

use super::{address, check};

proptest! {
    #[test]
    fn american_addresses_read_back(
        number in 1_u32..99_999,
        before in select(vec!["", "N", "SW"]),
        name in select(vec!["Main", "7th", "Martin Luther King", "Oak Hill"]),
        suffix in select(vec!["St", "Ave", "Blvd", "Ln", "Pkwy"]),
        after in select(vec!["", "NE", "S"]),
        floor in select(vec!["", "5", "12"]),
        (city, state, code) in select(vec![
            ("Seattle", "WA", "98121"), ("Ada", "OK", "74820"), ("St Louis", "MO", "63103"),
            ("New York", "NY", "10001"), ("Salt Lake City", "UT", "84101-1234"),
        ]),
    ) {
        let number = number.to_string();
        let written = address(Country::Us, &[
            (CivicKey::Hno, &number),
            (CivicKey::Prd, before),
            (CivicKey::Rd, name),
            (CivicKey::Sts, suffix),
            (CivicKey::Pod, after),
            (CivicKey::Flr, floor),
            (CivicKey::A3, city),
            (CivicKey::A1, state),
            (CivicKey::Pc, code),
        ]);
        prop_assert_eq!(check(Country::Us, &written), Ok(()));
    }

    #[test]
    fn canadian_addresses_read_back(
        number in 1_u32..9_999,
        name in select(vec!["Wellington", "King", "Queen Mary", "Lakeshore"]),
        suffix in select(vec!["St", "Ave", "Rd", "Blvd"]),
        after in select(vec!["", "W", "E"]),
        (city, province, code) in select(vec![
            ("Ottawa", "ON", "K1A 0A9"), ("Toronto", "ON", "M5V 2T6"),
            ("Vancouver", "BC", "V6B 1A1"), ("Halifax", "NS", "B3J 1S9"),
        ]),
    ) {
        let number = number.to_string();
        let written = address(Country::Ca, &[
            (CivicKey::Hno, &number),
            (CivicKey::Rd, name),
            (CivicKey::Sts, suffix),
            (CivicKey::Pod, after),
            (CivicKey::A3, city),
            (CivicKey::A1, province),
            (CivicKey::Pc, code),
        ]);
        prop_assert_eq!(check(Country::Ca, &written), Ok(()));
    }

    #[test]
    fn puerto_rican_addresses_read_back(
        number in 1_u32..999,
        name in select(vec!["Calle Amapola", "Calle 4", "Ave Ashford"]),
        urbanization in select(vec!["", "Urb Las Gladiolas"]),
        (city, code) in select(vec![("San Juan", "00926"), ("Ponce", "00716"), ("Caguas", "00725")]),
    ) {
        let number = number.to_string();
        let written = address(Country::Pr, &[
            (CivicKey::A5, urbanization),
            (CivicKey::Hno, &number),
            (CivicKey::Rd, name),
            (CivicKey::A3, city),
            (CivicKey::A1, "PR"),
            (CivicKey::Pc, code),
        ]);
        prop_assert_eq!(check(Country::Pr, &written), Ok(()));
    }
}
