use std::collections::BTreeMap;

use api::report::{CoverageReport, CoverageRow};
use jiff::Timestamp;
use location::{
    CivicAddress, Floor, PlaceClass, Seat, SeatId, Site, SiteId, Status,
    freshness::{DeclaredPlace, Sighting, Standing, Validity, serve},
};

use crate::{
    record::Kind,
    store::{KnownAt, SaidAt},
};

/// Who was covered at a moment.
#[must_use]
pub fn coverage(known: Vec<KnownAt>, validity: &Validity, at: Timestamp) -> CoverageReport {
    let rows: Vec<CoverageRow> = known
        .into_iter()
        .map(|known| row(known, validity, at))
        .collect();
    let all = [
        Status::Confirmed,
        Status::Declined,
        Status::Stale,
        Status::Unknown,
    ];
    let mut counts = BTreeMap::from(all.map(|status| (status, 0)));
    for row in &rows {
        *counts.entry(row.status).or_default() += 1;
    }
    CoverageReport { at, counts, rows }
}

fn row(known: KnownAt, validity: &Validity, at: Timestamp) -> CoverageRow {
    let said = known.said.as_ref();
    let place = said.and_then(place);
    let standing = match (said.map(|said| (said.kind, said.at)), &place) {
        (Some((Kind::Confirmed, at)), Some(place)) => Standing::Declared {
            place: place.clone(),
            at,
        },
        (Some((Kind::ShiftEnded, at)), Some(place)) => Standing::Ended {
            place: place.clone(),
            at,
        },
        (Some((Kind::Declined, at)), _) => Standing::Declined { at },
        _ => Standing::Never,
    };
    let default_site = known.default_site.clone().map(site);
    let serving = serve(
        &standing,
        &Sighting::Nothing,
        default_site.as_ref(),
        validity,
        at,
    );
    let seat = said.and_then(|said| said.seat.clone());
    let served = serving.class.is_some();
    CoverageRow {
        username: known.username,
        team: known.team,
        status: serving.status,
        rule: serving.rule,
        class: said.and_then(|said| said.class),
        site: if served {
            seat.as_ref().map(|(_, site)| site.to_string())
        } else {
            known.default_site.map(|site| site.to_string())
        },
        seat: seat.map(|(seat, _)| seat.to_string()),
        verdict: said.filter(|_| served).map(|said| said.verdict),
        checked_by: said
            .filter(|_| served)
            .and_then(|said| said.checked_by.clone()),
        since: said.map(|said| said.at),
        until: serving.until,
        received_at: said.map(|said| said.received_at),
        version: said.map_or(0, |said| said.version),
    }
}

/// The place they had named, without its address: what is served by age does not depend on it.
fn place(said: &SaidAt) -> Option<DeclaredPlace> {
    match (said.class?, &said.seat) {
        (PlaceClass::Seat, Some((seat, at))) => Some(DeclaredPlace::Seat {
            seat: on_seat(seat.clone(), at.clone()),
            site: site(at.clone()),
        }),
        (class, _) => Some(DeclaredPlace::Address {
            class,
            civic_address: CivicAddress::new(),
        }),
    }
}

fn site(id: SiteId) -> Site {
    Site {
        id,
        name: String::new(),
        civic_address: CivicAddress::new(),
    }
}

fn on_seat(id: SeatId, site: SiteId) -> Seat {
    Seat {
        id,
        site,
        floor: Floor(String::new()),
        room: None,
        label: String::new(),
        position: None,
    }
}
