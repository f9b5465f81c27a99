use location::{Floor, Seat};

use super::{
    Parsed,
    table::{Column, Row, optional, read, required},
};

const COLUMNS: &[Column] = &[
    required("seat_id"),
    required("site_id"),
    required("floor"),
    optional("room"),
    required("label"),
    optional("x"),
    optional("y"),
];

/// Reads seats.
#[must_use]
pub fn seats(bytes: &[u8]) -> Parsed<Seat> {
    let key = |seat: &Seat| ("seat_id", seat.id.to_string());
    read(bytes, COLUMNS, key, |row| {
        let id = row.needed("seat_id");
        let site = row.needed("site_id");
        let floor = row.needed_text("floor");
        let room = row.short_text("room");
        let label = row.needed_text("label");
        let position = position(row);
        Some(Seat {
            id: id?,
            site: site?,
            floor: Floor(floor),
            room: (!room.is_empty()).then_some(room),
            label,
            position,
        })
    })
}

fn position(row: &mut Row<'_>) -> Option<(f64, f64)> {
    match (row.text("x").is_empty(), row.text("y").is_empty()) {
        (true, true) => None,
        (true, false) => {
            row.refuse("x", "it is empty, but y is not; give both or neither");
            None
        }
        (false, true) => {
            row.refuse("y", "it is empty, but x is not; give both or neither");
            None
        }
        (false, false) => {
            let (x, y) = (share(row, "x"), share(row, "y"));
            Some((x?, y?))
        }
    }
}

fn share(row: &mut Row<'_>, column: &'static str) -> Option<f64> {
    let share = row.text(column).parse().ok();
    let share = share.filter(|share: &f64| (0.0..=1.0).contains(share));
    if share.is_none() {
        row.refuse(
            column,
            "a position on the plan is a number from 0 to 1, such as 0.25",
        );
    }
    share
}
