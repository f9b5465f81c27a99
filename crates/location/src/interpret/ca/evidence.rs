//! What the tables say about the city of a Canadian line.

use super::super::{
    draft::Draft,
    us::{Evidence, Known},
};
use crate::{
    CivicAddress, CivicKey,
    gazetteer::{self, Name},
    pub28::province,
};

/// What the province and the postal code say.
pub(super) fn of(draft: &Draft<'_, '_>) -> Evidence {
    let by_code = || {
        let code = draft.value(CivicKey::Pc)?;
        match gazetteer::province_of(code) {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    };
    Evidence {
        region: draft
            .value(CivicKey::A1)
            .map(str::to_owned)
            .or_else(by_code),
        cities: Vec::new(),
        known,
    }
}

fn known(name: Name, region: Option<&str>) -> Known {
    let places = gazetteer::ca_place(name);
    match region {
        _ if places.is_empty() => Known::Nowhere,
        Some(region) if places.iter().any(|place| place.province == region) => Known::InState,
        Some(_) => Known::Nowhere,
        None => Known::Large,
    }
}

/// Says where postal code, city and province disagree. Nothing is refused because of it.
pub(super) fn compare(fields: &mut CivicAddress) -> Vec<String> {
    let Some(region) = fields
        .get(CivicKey::A1)
        .and_then(|a1| province(&a1.to_lowercase()))
    else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    let by_code = gazetteer::province_of(fields.get(CivicKey::Pc).unwrap_or_default());
    if !by_code.is_empty() && !by_code.contains(&region) {
        notes.push(format!(
            "This postal code is in {}, not in this province. Check both.",
            by_code.join(" or ")
        ));
    }
    let places = fields
        .get(CivicKey::A3)
        .map_or(&[][..], |city| gazetteer::ca_place(Name::of(city)));
    if !places.is_empty() && places.iter().all(|place| place.province != region) {
        notes.push("No place of this name is known in this province. Check both.".to_owned());
    }
    notes
}
