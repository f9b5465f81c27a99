//! Denmark, as the address register writes it: street and number, floor and door, supplementary
//! town, postal code and city.

use super::{Sheet, joined};
use crate::CivicKey;

pub(super) fn write(sheet: &mut Sheet<'_>) {
    for key in [CivicKey::Nam, CivicKey::Lmk, CivicKey::Loc, CivicKey::Bld] {
        let value = sheet.take(key);
        sheet.line(value);
    }
    let street = sheet.street();
    let number = sheet.number();
    let floor = floor(sheet.take(CivicKey::Flr));
    let door = door(sheet.take(CivicKey::Unit));
    let room = match sheet.take(CivicKey::Room) {
        "" => String::new(),
        room => format!("værelse {room}"),
    };
    let seat = sheet.take(CivicKey::Seat);
    let inside = joined(&[&joined(&[&floor, &door], " "), &room, seat], ", ");
    let street = joined(&[&street, &number], " ");
    sheet.line(&joined(&[&street, &inside], ", "));
    for key in [CivicKey::A6, CivicKey::A5, CivicKey::A4] {
        let value = sheet.take(key);
        sheet.line(value);
    }
    let town = sheet.row(&[CivicKey::Pc, CivicKey::A3]);
    sheet.line(&town);
}

/// `2.`, `st.`, `kld.`.
fn floor(level: &str) -> String {
    let short = level.bytes().all(|b| b.is_ascii_digit()) || level.len() <= 3;
    if short && !level.is_empty() {
        format!("{level}.")
    } else {
        level.to_owned()
    }
}

/// `th`, `dør 4`.
fn door(door: &str) -> String {
    match door {
        "" | "mf" | "th" | "tv" => door.to_owned(),
        _ => format!("dør {door}"),
    }
}
