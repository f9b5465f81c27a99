use std::collections::HashMap;

use api::site::{FloorDetail, SeatSummary, SiteDetail, SiteSummary};
use location::{Seat, SeatId};

use super::address;
use crate::store::{FloorSeats, SiteFloors, SiteRow};

/// A building to choose.
#[must_use]
pub fn site_summary(SiteFloors { row, floors }: &SiteFloors) -> SiteSummary {
    SiteSummary {
        site_id: row.site.id.to_string(),
        name: row.site.name.clone(),
        lines: address::lines(Some(&row.site.civic_address)),
        floors: floors.iter().map(|floor| floor.0.clone()).collect(),
    }
}

/// A building with its floors; `taken` says who else sits where.
#[must_use]
pub fn site_detail(
    row: &SiteRow,
    floors: Vec<FloorSeats>,
    taken: &HashMap<SeatId, String>,
) -> SiteDetail {
    SiteDetail {
        site_id: row.site.id.to_string(),
        name: row.site.name.clone(),
        lines: address::lines(Some(&row.site.civic_address)),
        floors: floors
            .into_iter()
            .map(|floor| FloorDetail {
                floor: floor.floor.0,
                plan_svg: floor.plan_svg,
                seats: floor
                    .seats
                    .iter()
                    .map(|seat| seat_summary(seat, &row.site.name, taken))
                    .collect(),
            })
            .collect(),
    }
}

/// A desk to choose.
#[must_use]
pub fn seat_summary(seat: &Seat, site_name: &str, taken: &HashMap<SeatId, String>) -> SeatSummary {
    SeatSummary {
        seat_id: seat.id.to_string(),
        label: seat.label.clone(),
        site_id: seat.site.to_string(),
        site_name: site_name.to_owned(),
        floor: seat.floor.0.clone(),
        room: seat.room.clone(),
        x: seat.position.map(|(x, _)| x),
        y: seat.position.map(|(_, y)| y),
        taken_by: taken.get(&seat.id).cloned(),
    }
}
