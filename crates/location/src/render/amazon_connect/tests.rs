use proptest::prelude::*;

use super::*;

fn address(fields: &str) -> CivicAddress {
    serde_json::from_str(fields).unwrap()
}

/// `field: from -> to` for each cut.
fn cuts(rendering: &Rendering) -> Vec<String> {
    rendering
        .cut
        .iter()
        .map(|cut| format!("{}: {} -> {}", cut.field, cut.from, cut.to))
        .collect()
}

const SEAT: &str = r#"{"country":"US","A1":"WA","A2":"King","A3":"Seattle","RD":"7th",
    "STS":"Avenue","HNO":"2121","FLR":"5","PC":"98121-1234","SEAT":"WS 181"}"#;

#[test]
fn a_seat_keeps_its_own_keys_and_is_folded_into_loc() {
    let rendering = amazon_connect(&address(SEAT));
    assert_eq!(
        rendering.text,
        r#"{"country":"US","A1":"WA","A2":"King","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","LOC":"FL5 WS181","FLR":"5","PC":"98121","SEAT":"WS 181"}"#
    );
    assert_eq!(cuts(&rendering), ["PC: 98121-1234 -> 98121"]);
    assert_eq!(
        rendering.screen(),
        "2121 7th Ave\nSeattle WA 98121\nFL5 WS181"
    );
}

#[test]
fn the_narrow_profile_has_no_other_key_and_says_what_it_left_out() {
    let rendering = amazon_connect_12(&address(SEAT));
    assert_eq!(
        rendering.text,
        r#"{"country":"US","A1":"WA","A3":"Seattle","RD":"7th","STS":"Ave","HNO":"2121","LOC":"FL5 WS181","PC":"98121"}"#
    );
    assert_eq!(
        cuts(&rendering),
        ["PC: 98121-1234 -> 98121", "A2: King -> "]
    );
}

#[test]
fn values_as_their_keys_want_them() {
    #[rustfmt::skip]
    let table = [
        // Names become letters, and unknown ones are left out rather than guessed.
        (r#"{"country":"USA","A1":"washington"}"#, r#"{"country":"US","A1":"WA"}"#, ""),
        (r#"{"country":"PR","A1":"PR"}"#, r#"{"country":"US","A1":"PR"}"#, ""),
        (r#"{"country":"US","A1":"Cascadia"}"#, r#"{"country":"US"}"#, "A1: Cascadia -> "),
        (r#"{"country":"CA","A1":"Ontario","PC":"K1A 0B1"}"#, r#"{"country":"CA","A1":"ON"}"#, "PC: K1A 0B1 -> "),
        // Directions and suffixes are abbreviated; what has no abbreviation stays in the name.
        (r#"{"PRD":"South West","RD":"Main","STS":"BOULEVARD","POD":"n."}"#, r#"{"RD":"South West Main","STS":"Blvd","POD":"N"}"#, ""),
        (r#"{"PRD":"Southwest","RD":"Main","STS":"str."}"#, r#"{"PRD":"SW","RD":"Main","STS":"St"}"#, ""),
        (r#"{"RD":"Kane","STS":"Concourse"}"#, r#"{"RD":"Kane Concourse"}"#, ""),
        (r#"{"PRM":"Old","RD":"C","STS":"Avenue","POM":"Ext"}"#, r#"{"RD":"Old C Ave Ext"}"#, ""),
        // A house number cut short would be another house.
        (r#"{"HNO":"12345-12399"}"#, r#"{"HNO":"12345"}"#, "HNO: 12345-12399 -> 12345"),
        (r#"{"HNO":"123456789012"}"#, r#"{"LOC":"NO 123456789012"}"#, "HNO: 123456789012 -> "),
        (r#"{"HNO":"12","HNS":"1/2"}"#, r#"{"HNO":"12","HNS":"1/2"}"#, ""),
        (r#"{"HNO":"12","HNS":"rear left"}"#, r#"{"HNO":"12","HNS_":""}"#, "HNS: rear left -> "),
        // Names are cut at a word's end.
        (r#"{"RD":"Reverend Doctor Martin Luther King Junior Memorial"}"#, r#"{"RD":"Reverend Doctor Martin Luther King"}"#,
         "RD: Reverend Doctor Martin Luther King Junior Memorial -> Reverend Doctor Martin Luther King"),
        // Nothing is invented.
        ("{}", "{}", ""),
    ];
    for (fields, expected, cut) in table {
        let rendering = amazon_connect_12(&address(fields));
        if expected.contains("HNS_") {
            assert_eq!(rendering.text, r#"{"HNO":"12","LOC":"rear left"}"#);
        } else {
            assert_eq!(rendering.text, expected, "{fields}");
        }
        assert_eq!(cuts(&rendering).join("; "), cut, "{fields}");
    }
}

#[test]
fn the_location_text_is_as_short_as_it_can_be() {
    #[rustfmt::skip]
    let table = [
        (r#"{"FLR":"5","ROOM":"543","SEAT":"WS 181"}"#, "FL5 RM543 WS181", ""),
        (r#"{"BLD":"2","FLR":"5","ROOM":"543","SEAT":"181"}"#, "BLDG2 FL5 RM543 SEAT181", ""),
        (r#"{"UNIT":"Apartment 4B"}"#, "APT4B", ""),
        (r#"{"LOC":"SEAT UNCONFIRMED"}"#, "SEAT UNCONFIRMED", ""),
        (r#"{"FLR":"3","LOC":"by the loading dock"}"#, "FL3 by the loading dock", ""),
        // Past 60 characters the building and the free text go first, seat and floor last.
        (r#"{"BLD":"The Old Example Theater and Opera House","FLR":"5","UNIT":"Ste 12","SEAT":"WS 181","LOC":"enter by the loading dock on 8th Avenue"}"#,
         "FL5 STE12 WS181 enter by the loading dock on 8th Avenue",
         "BLD: The Old Example Theater and Opera House -> "),
        (r#"{"FLR":"5","SEAT":"the third desk on the left behind the big green plant by the window"}"#,
         "FL5 SEAT the third desk on the left behind the big green",
         "SEAT: the third desk on the left behind the big green plant by the window -> SEAT the third desk on the left behind the big green"),
    ];
    for (fields, expected, cut) in table {
        let rendering = amazon_connect(&address(fields));
        assert_eq!(
            rendering.fields.get(CivicKey::Loc),
            Some(expected),
            "{fields}"
        );
        assert_eq!(cuts(&rendering).join("; "), cut, "{fields}");
    }
}

#[test]
fn json_is_encoded_once() {
    let rendering = amazon_connect(&address(r#"{"RD":"O'Brien \"Old\" \\ Road"}"#));
    let read: serde_json::Value = serde_json::from_str(&rendering.text).unwrap();
    assert_eq!(read["RD"], "O'Brien \"Old\" \\ Road");
}

fn any_address() -> impl Strategy<Value = CivicAddress> {
    let value = prop_oneof![
        "[A-Za-z0-9 .#-]{0,80}",
        "\\PC{0,60}",
        Just("US".to_owned()),
        Just("Washington".to_owned()),
        Just("98121-1234".to_owned()),
        Just("Avenue".to_owned()),
    ];
    prop::collection::btree_map(prop::sample::select(CivicKey::ALL.to_vec()), value, 0..12)
        .prop_map(|values| {
            let mut address = CivicAddress::new();
            for (key, value) in values {
                let _ = address.set(key, &value);
            }
            address
        })
}

proptest! {
    #[test]
    fn limits_always_hold_and_nothing_is_invented(address in any_address()) {
        for rendering in [amazon_connect(&address), amazon_connect_12(&address)] {
            for (key, limit) in LIMITS {
                if let Some(value) = rendering.fields.get(key) {
                    prop_assert!(!value.is_empty());
                    prop_assert!(value.chars().count() <= limit, "{} is over its limit", key);
                    // Apart from the text that is composed, no key appears that was not given.
                    let composed = matches!(key, CivicKey::Loc | CivicKey::Rd);
                    prop_assert!(composed || address.get(key).is_some(), "{} is invented", key);
                }
            }
        }
    }

    #[test]
    fn the_narrow_profile_has_only_its_twelve(address in any_address()) {
        let rendering = amazon_connect_12(&address);
        prop_assert!(rendering.fields.iter().all(|(key, _)| limit(key).is_some()));
    }

    /// The floor and the seat either arrive, or it is said that they do not.
    #[test]
    fn floor_and_seat_are_never_lost_silently(address in any_address()) {
        let rendering = amazon_connect_12(&address);
        let loc = rendering.fields.get(CivicKey::Loc).unwrap_or_default();
        for key in [CivicKey::Flr, CivicKey::Seat] {
            if let Some(step) = super::super::indoors::way_in(&address).iter().find(|s| s.key == key) {
                let arrives = step.compact().split_whitespace().all(|word| loc.contains(word));
                let reported = rendering.cut.iter().any(|cut| cut.field == key);
                prop_assert!(arrives || reported, "{} is lost", key);
            }
        }
    }

    /// Every key that is given arrives in full, is abbreviated by the book, is folded, or is
    /// reported.
    #[test]
    fn a_value_that_was_shortened_is_reported(address in any_address()) {
        let rendering = amazon_connect_12(&address);
        for key in [CivicKey::A3, CivicKey::Nam, CivicKey::Hno, CivicKey::Hns] {
            let same = rendering.fields.get(key) == address.get(key);
            let reported = rendering.cut.iter().any(|cut| cut.field == key);
            prop_assert_eq!(same, !reported);
        }
    }

    #[test]
    fn rendering_twice_changes_nothing(address in any_address()) {
        let once = amazon_connect(&address);
        let twice = amazon_connect(&once.fields);
        if once.cut.is_empty() {
            prop_assert_eq!(&twice.fields, &once.fields);
        }
    }
}
