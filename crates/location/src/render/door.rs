//! Number, street and state for systems with short columns: abbreviated by Publication 28, and cut
//! where that is not enough.

use super::{draft::Draft, loc};
use crate::{
    CivicAddress, CivicKey, Country,
    pub28::{Directional, StreetSuffix, province, state},
};

/// How many characters a street may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct StreetLimits {
    /// Of its name.
    pub(super) name: usize,
    /// Of its suffix; a longer one goes to the name.
    pub(super) suffix: usize,
}

/// What a 911 centre's columns say of an address, without its codes: state, city, number, street,
/// the way in, name.
pub(super) fn columns(
    address: &CivicAddress,
    country: Option<Country>,
    limits: StreetLimits,
    draft: &mut Draft,
) {
    region(address, country, draft);
    if let Some(city) = address.get(CivicKey::A3) {
        draft.put_clipped(CivicKey::A3, city, 32);
    }
    let spare = number(address, draft);
    street(address, limits, draft);
    loc::fold(address, &spare, draft);
    if let Some(name) = address.get(CivicKey::Nam) {
        draft.put_clipped(CivicKey::Nam, name, 32);
    }
}

/// `A1`, two letters. A wrong state is worse than none, so what is no state is left out.
fn region(address: &CivicAddress, country: Option<Country>, draft: &mut Draft) {
    let Some(written) = address.get(CivicKey::A1) else {
        return;
    };
    let lower = written.to_lowercase().replace('.', "");
    let letters = match country {
        Some(Country::Ca) => province(&lower),
        Some(Country::Dk | Country::Gb) => None,
        Some(Country::Pr | Country::Us) | None => state(&lower),
    };
    match letters {
        Some(letters) => draft.put(CivicKey::A1, letters),
        None if written.chars().count() <= 2 => draft.put(CivicKey::A1, written),
        None => draft.leave_out(
            CivicKey::A1,
            written,
            "A state is two letters here, and this is no state that is known.",
        ),
    }
}

/// `HNO` and `HNS`. A house number cut short is another house: a range keeps its first number, and
/// whatever else is too long goes to `LOC` instead.
fn number(address: &CivicAddress, draft: &mut Draft) -> Vec<(CivicKey, String)> {
    let mut spare = Vec::new();
    if let Some(number) = address.get(CivicKey::Hno) {
        if number.chars().count() <= 10 {
            draft.put(CivicKey::Hno, number);
        } else {
            let first = number.split('-').next().unwrap_or_default().trim();
            if number.contains('-') && !first.is_empty() && first.chars().count() <= 10 {
                draft.put(CivicKey::Hno, first);
                draft.report(
                    CivicKey::Hno,
                    number,
                    first,
                    "There is room for 10 characters; the first number of the range is kept.",
                );
            } else {
                spare.push((CivicKey::Hno, format!("NO {number}")));
            }
        }
    }
    if let Some(suffix) = address.get(CivicKey::Hns) {
        if suffix.chars().count() <= 4 {
            draft.put(CivicKey::Hns, suffix);
        } else {
            spare.push((CivicKey::Hns, suffix.to_owned()));
        }
    }
    for (key, _) in &spare {
        draft.report(
            *key,
            address.get(*key).unwrap_or_default(),
            "",
            &format!(
                "There is room for {} characters; it goes to the location text instead.",
                if *key == CivicKey::Hno { 10 } else { 4 }
            ),
        );
    }
    spare
}

/// `PRD`, `RD`, `STS`, `POD`. What cannot be abbreviated into its own key stays in the street's
/// name, where it is written in any case.
fn street(address: &CivicAddress, limits: StreetLimits, draft: &mut Draft) {
    let value = |key| address.get(key).unwrap_or_default();
    let mut name: Vec<&str> = Vec::new();
    if let Some(before) = address.get(CivicKey::Prd) {
        match direction(before) {
            Some(letters) => draft.put(CivicKey::Prd, letters),
            None if before.chars().count() <= 2 => draft.put(CivicKey::Prd, before),
            None => name.push(before),
        }
    }
    name.push(value(CivicKey::Prm));
    name.push(value(CivicKey::Rd));
    let suffix = address.get(CivicKey::Sts).map(abbreviated);
    let modified = address.get(CivicKey::Pom);
    match suffix {
        // `C Ave Ext`: the modifier follows the suffix, so both belong to the name.
        Some(suffix) if modified.is_some() => name.push(suffix),
        Some(suffix) if suffix.chars().count() <= limits.suffix => draft.put(CivicKey::Sts, suffix),
        Some(suffix) => name.push(suffix),
        None => {}
    }
    name.extend(modified);
    if let Some(after) = address.get(CivicKey::Pod) {
        match direction(after) {
            Some(letters) => draft.put(CivicKey::Pod, letters),
            None if after.chars().count() <= 2 => draft.put(CivicKey::Pod, after),
            None => name.push(after),
        }
    }
    name.retain(|word| !word.is_empty());
    let name = name.join(" ");
    if !name.is_empty() {
        draft.put_clipped(CivicKey::Rd, &name, limits.name);
    }
}

/// The letters of a direction.
fn direction(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase().replace('.', "");
    Directional::find(&word).map(Directional::abbreviation)
}

/// The standard abbreviation of a street suffix; other words unchanged.
fn abbreviated(suffix: &str) -> &str {
    let word = suffix.to_lowercase().replace('.', "");
    StreetSuffix::find(&word).map_or(suffix, |found| found.abbreviation)
}
