//! What must not change by accident: the document, the untagged place forms, unknown codes.

use api::{
    error::ErrorCode,
    location::ConfirmLocation,
    place::{AddressClass, PlaceReference},
};

#[test]
fn a_place_is_exactly_one_of_three_forms() {
    let read = |text: &str| serde_json::from_str::<PlaceReference>(text);
    assert!(matches!(
        read(r#"{"seat":"SEA-5-181"}"#).unwrap(),
        PlaceReference::Seat(_)
    ));
    assert!(matches!(
        read(r#"{"saved":"p1"}"#).unwrap(),
        PlaceReference::Saved(_)
    ));
    let PlaceReference::Address(address) = read(r#"{"address":{"HNO":"12"}}"#).unwrap() else {
        panic!("an address form must read as an address");
    };
    assert_eq!(address.class, AddressClass::Other);
    assert!(read(r#"{"seat":"SEA-5-181","saved":"p1"}"#).is_err());
    assert!(read("{}").is_err());
}

#[test]
fn agent_requests_refuse_unknown_fields() {
    let text = r#"{"place":{"seat":"S"},"declared_age_seconds":0,"confirmed":true}"#;
    assert!(serde_json::from_str::<ConfirmLocation>(text).is_err());
}

#[test]
fn an_error_code_from_a_newer_server_survives() {
    let code: ErrorCode = serde_json::from_str(r#""invented_next_year""#).unwrap();
    assert_eq!(code, ErrorCode::Other);
}

#[test]
fn every_reference_in_the_document_resolves() {
    let document = serde_json::to_string_pretty(&api::openapi::components()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&document).unwrap();
    let schemas = value["components"]["schemas"].as_object().unwrap();
    for reference in document.split("\"$ref\": \"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(
            schemas.contains_key(name),
            "{name} is referred to but not described"
        );
    }
    assert!(schemas.len() > 40, "the document lost its schemas");
}
