use crate::{CivicKey, Country, Interpretation, ProblemCode, TypedAddress, interpret};

fn read(text: &str) -> Interpretation {
    interpret(&TypedAddress::from(text), Some(Country::Dk))
}

#[test]
fn text_without_a_door_is_refused_by_name() {
    for (text, expected) in [
        ("Postboks 123, 8000 Aarhus C", ProblemCode::PoBox),
        ("Hjørnet af Vestergade og Nygade", ProblemCode::Intersection),
        ("please help, I am here", ProblemCode::NotAnAddress),
        ("🚒", ProblemCode::NotAnAddress),
        ("den blå dør", ProblemCode::NotAnAddress),
    ] {
        let read = read(text);
        assert_eq!(read.problems[0].code, expected, "{text}");
        assert!(read.fields.is_empty(), "{text}");
    }
}

#[test]
fn a_code_without_its_city_is_a_candidate_and_never_a_field() {
    let read = read("Vestergade 12, 8000");
    assert_eq!(read.fields.get(CivicKey::A3), None);
    assert_eq!(
        read.candidates[0].fields.get(CivicKey::A3),
        Some("Aarhus C")
    );
    assert_eq!(read.candidates[0].differs, [CivicKey::A3]);
}

#[test]
fn a_code_of_another_city_is_noted() {
    let notes = |text| read(text).notes.join(" ");
    assert!(notes("Vestergade 12, 2. th, 8000 Odense C").contains("another city"));
    for right in [
        "Vestergade 12, 2. th, 8000 Århus",
        "Nyhavn 17, st., 1051 Kbh K",
        "Rantzausgade 5, 1., 2200 København",
    ] {
        assert!(!notes(right).contains("another city"), "{right}");
    }
}

#[test]
fn in_whose_care_is_kept_as_further_location() {
    let read = read("c/o Jensen\nGammel Kongevej 10, 4. tv.\n1610 København V");
    assert_eq!(read.fields.get(CivicKey::Loc), Some("c/o Jensen"));
    assert_eq!(read.fields.get(CivicKey::Rd), Some("Gammel Kongevej"));
}

#[test]
fn greenland_is_read_and_not_sent() {
    let read = read("Aqqusinersuaq 5, 3900 Nuuk");
    assert_eq!(read.fields.get(CivicKey::A3), Some("Nuuk"));
    assert_eq!(read.problems[0].code, ProblemCode::UnsupportedCountry);
}
