use api::place::{Place, PlaceReference, Proposal, ProposalReason, SavedReference};
use jiff::{SignedDuration, Timestamp};
use location::freshness::DeclaredPlace;

use super::{address, place, served};
use crate::{
    config::Policy,
    store::{LastPlace, SavedPlace},
};

/// Where the agent may be without any evidence: where they were last, then the addresses they
/// saved, the last used first.
pub(super) fn proposals(
    last: Option<&LastPlace>,
    saved: &[SavedPlace],
    policy: &Policy,
    now: Timestamp,
) -> Vec<Proposal> {
    let again = last.and_then(|last| last.saved.as_ref());
    let others = saved.iter().filter(|place| Some(&place.id) != again);
    last.map(|last| last_place(last, saved, policy, now))
        .into_iter()
        .chain(others.map(|place| saved_place(place, policy)))
        .collect()
}

fn last_place(last: &LastPlace, saved: &[SavedPlace], policy: &Policy, now: Timestamp) -> Proposal {
    let whole = place::whole_address(&last.place);
    let name = last
        .saved
        .as_ref()
        .and_then(|id| saved.iter().find(|place| place.id == *id))
        .map(|place| place.label.clone());
    Proposal {
        place: served::reference(last),
        label: name.unwrap_or_else(|| place::label_of(&last.place)),
        detail: match &last.place {
            DeclaredPlace::Seat { site, seat } => format!("Floor {}, {}", seat.floor.0, site.name),
            DeclaredPlace::Address { .. } => address::one_line(&whole),
        },
        class: last.place.class(),
        lines: address::lines(Some(&whole)),
        responder_view: address::responder_view(&whole, policy),
        confidence: last_place_confidence(now.duration_since(last.declared_at)),
        reason: ProposalReason::LastPlace,
        because: "This is where you were last.".to_owned(),
        last_declared_at: Some(last.declared_at),
    }
}

fn saved_place(saved: &SavedPlace, policy: &Policy) -> Proposal {
    let Place {
        id, label, lines, ..
    } = place::place(saved);
    Proposal {
        place: PlaceReference::Saved(SavedReference { saved: id }),
        label,
        detail: address::one_line(&saved.civic_address),
        class: saved.class,
        lines,
        responder_view: address::responder_view(&saved.civic_address, policy),
        confidence: 0.2,
        reason: ProposalReason::SavedPlace,
        because: "You saved this address.".to_owned(),
        last_declared_at: saved.confirmed_at,
    }
}

/// People mostly return to where they were the working day before, less surely after a weekend,
/// and after a holiday it is a guess. Only the order matters as long as there is no evidence.
fn last_place_confidence(age: SignedDuration) -> f64 {
    match age.as_hours() {
        ..36 => 0.8,
        36..96 => 0.7,
        96..240 => 0.5,
        _ => 0.3,
    }
}
