use api::place::{AddressClass, Place};
use jiff::{SignedDuration, Timestamp};
use location::{
    CivicAddress, PlaceClass,
    freshness::{DeclaredPlace, Sighting, Standing, Validity, serve},
};

use super::address;
use crate::store::SavedPlace;

/// A saved address as its agent sees it.
#[must_use]
pub fn place(saved: &SavedPlace) -> Place {
    Place {
        id: saved.id.to_string(),
        label: saved.label.clone(),
        class: address_class(saved.class),
        lines: address::lines(Some(&saved.civic_address)),
        civic_address: saved.civic_address.clone(),
        verdict: saved.verdict,
        confirmed_at: saved.confirmed_at,
    }
}

/// The class of an address on the wire.
#[must_use]
pub fn address_class(class: PlaceClass) -> AddressClass {
    match class {
        PlaceClass::Home => AddressClass::Home,
        PlaceClass::Other | PlaceClass::Seat => AddressClass::Other,
    }
}

/// The class of an address here.
#[must_use]
pub fn place_class(class: AddressClass) -> PlaceClass {
    match class {
        AddressClass::Home => PlaceClass::Home,
        AddressClass::Other => PlaceClass::Other,
    }
}

/// What people call a place: what is written on the seat, `Home`, or `Other address`.
pub(super) fn label_of(place: &DeclaredPlace) -> String {
    match place {
        DeclaredPlace::Seat { seat, .. } => seat.label.clone(),
        DeclaredPlace::Address { .. } => match place.class() {
            PlaceClass::Home => "Home".to_owned(),
            PlaceClass::Other | PlaceClass::Seat => "Other address".to_owned(),
        },
    }
}

/// The address of a place as it is served when it was said just now.
pub(super) fn whole_address(place: &DeclaredPlace) -> CivicAddress {
    let said = Timestamp::UNIX_EPOCH;
    let hour = SignedDuration::from_hours(1);
    let standing = Standing::Declared {
        place: place.clone(),
        at: said,
    };
    let fresh = Validity {
        seat: hour,
        home: hour,
        other: hour,
    };
    serve(&standing, &Sighting::Nothing, None, &fresh, said)
        .civic_address
        .unwrap_or_default()
}
