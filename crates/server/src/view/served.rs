use api::{
    location::{Checked, LastKnown, ServedLocation},
    place::{AddressReference, PlaceReference, SavedReference, SeatReference},
};
use jiff::Timestamp;
use location::{
    Site, Status, Verdict,
    freshness::{DeclaredPlace, Sighting, serve},
};

use super::{address, place};
use crate::{
    config::Policy,
    store::{AgentStanding, LastPlace},
};

/// What an emergency call would be given now. `None` when the agent never said anything and no
/// default site stands in.
#[must_use]
pub fn served(
    standing: &AgentStanding,
    checked: Option<&Checked>,
    default_site: Option<&Site>,
    policy: &Policy,
    now: Timestamp,
) -> Option<ServedLocation> {
    let serving = serve(
        &standing.standing,
        &Sighting::Nothing,
        default_site,
        &policy.validity(),
        now,
    );
    if serving.status == Status::Unknown && serving.civic_address.is_none() {
        return None;
    }
    let civic_address = serving.civic_address.unwrap_or_default();
    Some(ServedLocation {
        version: standing.version,
        status: serving.status,
        verdict: if serving.class.is_some() {
            standing.verdict
        } else {
            Verdict::Unchecked
        },
        checked: serving.class.and(checked.cloned()),
        class: serving.class,
        lines: address::lines(Some(&civic_address)),
        responder_view: address::responder_view(&civic_address, policy),
        civic_address,
        rule: serving.rule,
        since: serving.since,
        until: serving.until,
        last_known: standing.last_place.as_ref().map(last_known),
    })
}

fn last_known(last: &LastPlace) -> LastKnown {
    let whole = super::place::whole_address(&last.place);
    LastKnown {
        place: reference(last),
        label: place::label_of(&last.place),
        class: last.place.class(),
        lines: address::lines(Some(&whole)),
        declared_at: last.declared_at,
    }
}

/// How to say the same again.
pub(super) fn reference(last: &LastPlace) -> PlaceReference {
    match (&last.place, &last.saved) {
        (DeclaredPlace::Seat { seat, .. }, _) => PlaceReference::Seat(SeatReference {
            seat: seat.id.to_string(),
        }),
        (DeclaredPlace::Address { .. }, Some(saved)) => PlaceReference::Saved(SavedReference {
            saved: saved.to_string(),
        }),
        (
            DeclaredPlace::Address {
                class,
                civic_address,
            },
            None,
        ) => PlaceReference::Address(AddressReference {
            address: civic_address.clone(),
            class: place::address_class(*class),
        }),
    }
}
