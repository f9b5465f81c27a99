//! The United Kingdom, in the order of the Postcode Address File: sub-building, building, number
//! and thoroughfare, locality, post town, postcode. The county is left out.

use super::{Sheet, joined};
use crate::CivicKey;

pub(super) fn write(sheet: &mut Sheet<'_>) {
    for key in [CivicKey::Nam, CivicKey::Lmk, CivicKey::Loc] {
        let value = sheet.take(key);
        sheet.line(value);
    }
    let seat = sheet.take(CivicKey::Seat);
    let room = designated("Room", sheet.take(CivicKey::Room));
    let unit = sheet.take(CivicKey::Unit);
    let floor = floor(sheet.take(CivicKey::Flr));
    let building = sheet.take(CivicKey::Bld);
    // `3 Burlington Court` is flat 3 of it.
    let digits = unit.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let bare = unit.len() <= digits.len() + 1
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit());
    let (unit, building) = if bare && !building.is_empty() {
        (String::new(), format!("{unit} {building}"))
    } else if bare {
        (format!("Flat {unit}"), building.to_owned())
    } else {
        (unit.to_owned(), building.to_owned())
    };
    sheet.line(&joined(&[seat, &room, &unit, &floor], ", "));
    sheet.line(&building);
    let number = sheet.number();
    let street = sheet.street();
    sheet.line(&joined(&[&number, &street], " "));
    for key in [
        CivicKey::A6,
        CivicKey::A5,
        CivicKey::A4,
        CivicKey::A3,
        CivicKey::Pc,
    ] {
        let value = sheet.take(key);
        sheet.line(value);
    }
}

/// `2nd Floor`, `Ground Floor`, `Floor B1`.
fn floor(level: &str) -> String {
    let number: Option<u32> = level.parse().ok();
    match (number, level) {
        (_, "") => String::new(),
        (Some(number), _) => {
            let ending = match (number % 10, number % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{number}{ending} Floor")
        }
        (None, "Basement" | "Mezzanine") => level.to_owned(),
        (None, _) if level.contains(|c: char| c.is_ascii_digit()) => designated("Floor", level),
        (None, _) => format!("{level} Floor"),
    }
}

/// A value behind the word for what it is, unless it has one.
fn designated(word: &str, value: &str) -> String {
    if value.is_empty() || value.contains(' ') {
        value.to_owned()
    } else {
        format!("{word} {value}")
    }
}
