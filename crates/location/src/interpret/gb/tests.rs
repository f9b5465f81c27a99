use crate::{Country, TypedAddress, interpret};

/// Fields in the order of RFC 5139, or the codes of what keeps the text from being an address.
fn read(text: &str) -> String {
    let read = interpret(&TypedAddress::from(text), Some(Country::Gb));
    if read.fields.is_empty() {
        return read
            .problems
            .iter()
            .map(|problem| format!("{:?}", problem.code))
            .collect();
    }
    read.fields
        .iter()
        .skip(1)
        .map(|(key, value)| format!("{key}={value}"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn text_without_a_door_is_refused_by_name() {
    for (text, expected) in [
        ("PO Box 12, London SW1A 1AA", "PoBox"),
        ("BFPO 61", "PoBox"),
        ("High Street and Church Lane, Leeds", "Intersection"),
        ("please send someone to my house", "NotAnAddress"),
        ("🚒🚒", "NotAnAddress"),
        ("the blue one", "NotAnAddress"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_box_beside_a_street_is_left_out() {
    assert_eq!(
        read("PO Box 12, 10 High Street, Leeds LS1 4AP"),
        "A3=Leeds RD=High Street HNO=10 PC=LS1 4AP"
    );
}

#[test]
fn the_postcode_says_which_of_two_towns_is_the_post_town() {
    assert_eq!(
        read("10 High Street, Croydon, London CR0 1YA"),
        "A2=London A3=Croydon RD=High Street HNO=10 PC=CR0 1YA"
    );
    assert_eq!(
        read("10 High Street Old Windsor SL4 2AA"),
        "A3=Old Windsor RD=High Street HNO=10 PC=SL4 2AA"
    );
}

#[test]
fn a_numbered_building_is_read_both_ways() {
    let typed = TypedAddress::from("3 Burlington Court, Park Road, Leeds LS7 1AB");
    let read = interpret(&typed, Some(Country::Gb));
    assert_eq!(read.fields.get(crate::CivicKey::Unit), Some("3"));
    assert_eq!(read.candidates.len(), 1);
    let other = &read.candidates[0].fields;
    assert_eq!(other.get(crate::CivicKey::Hno), Some("3"));
}

#[test]
fn the_islands_are_read_and_not_sent() {
    let typed = TypedAddress::from("10 High Street, St Helier, Jersey JE2 3AB");
    let read = interpret(&typed, Some(Country::Gb));
    assert_eq!(read.fields.get(crate::CivicKey::Hno), Some("10"));
    assert_eq!(
        read.problems.last().map(|problem| problem.code),
        Some(crate::ProblemCode::UnsupportedCountry)
    );
}
