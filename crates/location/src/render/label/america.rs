//! The United States, Puerto Rico and Canada: what is inside the building ends the street's line.

use super::{
    super::indoors::{Step, way_in},
    Sheet, joined,
};
use crate::{CivicKey, Country, render::lines::country};

pub(super) fn write(sheet: &mut Sheet<'_>) {
    for key in [CivicKey::Nam, CivicKey::Lmk, CivicKey::A5] {
        let value = sheet.take(key);
        sheet.line(value);
    }
    let number = sheet.number();
    let street = sheet.street();
    let inside: Vec<String> = way_in(sheet.address).iter().map(Step::designated).collect();
    sheet.used.extend([
        CivicKey::Bld,
        CivicKey::Flr,
        CivicKey::Room,
        CivicKey::Seat,
        CivicKey::Unit,
    ]);
    let inside = inside.join(" ");
    sheet.line(&joined(&[&number, &street, &inside], " "));
    let more = sheet.row(&[CivicKey::Loc]);
    sheet.line(&more);
    let village = sheet.row(&[CivicKey::A4]);
    sheet.line(&village);
    let city = sheet.take(CivicKey::A3);
    let region = sheet.row(&[CivicKey::A1, CivicKey::Pc]);
    // The Canadian post writes no comma.
    let between = if country(sheet.address) == Some(Country::Ca) {
        " "
    } else {
        ", "
    };
    sheet.line(&joined(&[city, &region], between));
}
