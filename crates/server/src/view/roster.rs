use api::roster::{RosterRow, RosterStatus};
use jiff::Timestamp;
use location::{PlaceClass, SeatId, Status, freshness::DeclaredPlace};

use crate::{
    config::Policy,
    store::{self, KnownAgent, LocationSnapshot},
};

/// A row of the roster, with what other rows need to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What supervisors see.
    pub shown: RosterRow,
    /// The seat the agent is fresh on, to find who else is.
    pub seat: Option<SeatId>,
}

/// One agent as supervisors see them. Whether the seat is shared, the caller says afterwards.
#[must_use]
pub fn row(
    row: &store::RosterRow,
    site_name: impl Fn(&location::SiteId) -> Option<String>,
    online: bool,
    emergency: bool,
    policy: &Policy,
    now: Timestamp,
) -> Row {
    let known = KnownAgent {
        agent: row.agent.clone(),
        standing: row.standing.clone(),
        seat_site: None,
        default_site: None,
    };
    let snapshot = LocationSnapshot::of(&known, &policy.validity(), now);
    let seat = match row.standing.last_place.as_ref().map(|last| &last.place) {
        Some(DeclaredPlace::Seat { seat, .. }) if snapshot.class == Some(PlaceClass::Seat) => {
            Some(seat)
        }
        Some(DeclaredPlace::Address { .. } | DeclaredPlace::Seat { .. }) | None => None,
    };
    Row {
        seat: seat
            .filter(|_| snapshot.status == Status::Confirmed)
            .map(|seat| seat.id.clone()),
        shown: RosterRow {
            username: row.agent.username.to_string(),
            display_name: row.agent.display_name.clone(),
            team: row.agent.team.clone(),
            status: match snapshot.status {
                Status::Confirmed => RosterStatus::Confirmed,
                Status::Declined | Status::Stale | Status::Unknown if !online => {
                    RosterStatus::Offline
                }
                Status::Declined => RosterStatus::Declined,
                Status::Stale => RosterStatus::Stale,
                Status::Unknown => RosterStatus::Unknown,
            },
            verdict: snapshot.verdict,
            site: snapshot.site.as_ref().and_then(site_name),
            seat: seat.map(|seat| seat.label.clone()),
            class: snapshot.class,
            since: snapshot.since,
            until: snapshot.until,
            online,
            emergency,
            presence: None,
            conflict: false,
        },
    }
}
