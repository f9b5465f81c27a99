use location::{CivicKey, Country};
use proptest::{prelude::*, sample::select};

use super::{address, check, rows};

/// Every post town with the first of its areas.
fn town() -> impl Strategy<Value = (&'static str, &'static str)> {
    let towns: Vec<(&str, &str)> = rows(include_str!("../../data/gb_post_towns.tsv"))
        .into_iter()
        .map(|row| {
            (
                row[1],
                row[2]
                    .split(',')
                    .next()
                    .expect("split gives one part at least"),
            )
        })
        .collect();
    select(towns)
}

fn street() -> impl Strategy<Value = String> {
    let names = select(vec![
        "High",
        "Station",
        "St Johns",
        "Kings",
        "Elm Tree",
        "Victoria",
        "Upper Mill",
        "London",
    ]);
    let types = select(vec![
        "Street", "Road", "Lane", "Avenue", "Close", "Drive", "Crescent", "Terrace", "Mews", "Way",
    ]);
    prop_oneof![
        4 => (names, types).prop_map(|(name, kind)| format!("{name} {kind}")),
        1 => select(vec!["Broadway", "Deansgate", "The Green", "The Avenue", "Park Road North"])
            .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn british_addresses_read_back(
        number in select(vec![("1", ""), ("27", "A"), ("10-14", ""), ("305", "")]),
        street in street(),
        unit in select(vec!["", "Flat 4", "Apartment 12B", "Unit 3", "Flat 2/1", "2F1", "Basement Flat"]),
        floor in select(vec!["", "2", "11", "Ground", "Basement"]),
        building in select(vec!["", "Burlington House", "Merchants Court", "The Old Mill"]),
        village in select(vec!["", "Little Snoring", "Upper Slaughter", "Ashford Hill"]),
        name in select(vec!["", "Example Limited", "Mrs A Whitcombe"]),
        (town, area) in town(),
        sector in 1_u8..=9,
    ) {
        let code = format!("{area}1 {sector}AA");
        let written = address(Country::Gb, &[
            (CivicKey::Nam, name),
            (CivicKey::Unit, unit),
            (CivicKey::Flr, floor),
            (CivicKey::Bld, building),
            (CivicKey::Hno, number.0),
            (CivicKey::Hns, number.1),
            (CivicKey::Rd, &street),
            (CivicKey::A4, village),
            (CivicKey::A3, town),
            (CivicKey::Pc, &code),
        ]);
        prop_assert_eq!(check(Country::Gb, &written), Ok(()));
    }
}
