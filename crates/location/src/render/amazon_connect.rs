//! Amazon Connect's `CivicAddress`: Publication 28 abbreviations, the limits of the current page
//! ("Format a physical address for E911"), keys in the order of RFC 5139, JSON encoded once.

use super::{
    Rendering,
    door::{StreetLimits, columns},
    draft::Draft,
};
use crate::{CivicAddress, CivicKey, Country, dispatchable::postal_code};

/// The keys of the current page with the most characters each may have.
pub(super) const LIMITS: [(CivicKey, usize); 12] = [
    (CivicKey::Country, 2),
    (CivicKey::A1, 2),
    (CivicKey::A3, 32),
    (CivicKey::Prd, 2),
    (CivicKey::Rd, 40),
    (CivicKey::Sts, 5),
    (CivicKey::Pod, 2),
    (CivicKey::Hno, 10),
    (CivicKey::Hns, 4),
    (CivicKey::Loc, 60),
    (CivicKey::Nam, 32),
    (CivicKey::Pc, 5),
];

/// The keys whose content goes into another key, so that leaving them out loses nothing.
const FOLDED: [CivicKey; 7] = [
    CivicKey::Bld,
    CivicKey::Flr,
    CivicKey::Pom,
    CivicKey::Prm,
    CivicKey::Room,
    CivicKey::Seat,
    CivicKey::Unit,
];

/// Renders with every key that is known. The twelve of the current page keep to their limits and
/// carry everything by themselves: the way inside the building is folded into `LOC`, a road's
/// modifiers into `RD`. The indoor keys stand beside them as they were written.
#[must_use]
pub fn amazon_connect(address: &CivicAddress) -> Rendering {
    let mut draft = twelve(address);
    for (key, value) in address.iter() {
        let modifier = matches!(key, CivicKey::Prm | CivicKey::Pom);
        if !modifier && limit(key).is_none() {
            draft.put(key, value);
        }
    }
    draft.into_json()
}

/// Renders the twelve keys of the current page and no other. What has no place among them is left
/// out and reported.
#[must_use]
pub fn amazon_connect_12(address: &CivicAddress) -> Rendering {
    let mut draft = twelve(address);
    for (key, value) in address.iter() {
        if limit(key).is_none() && !FOLDED.contains(&key) {
            draft.report(key, value, "", "The format has no place for it.");
        }
    }
    draft.into_json()
}

fn limit(key: CivicKey) -> Option<usize> {
    LIMITS
        .iter()
        .find(|(limited, _)| *limited == key)
        .map(|(_, limit)| *limit)
}

fn twelve(address: &CivicAddress) -> Draft {
    let mut draft = Draft::default();
    let country = address.get(CivicKey::Country);
    let known = country.and_then(|written| written.parse::<Country>().ok());
    if let Some(written) = country {
        match known {
            Some(known) => draft.put(CivicKey::Country, known.civic()),
            None if written.chars().count() == 2 => draft.put(CivicKey::Country, written),
            None => draft.leave_out(
                CivicKey::Country,
                written,
                "A country is two letters here, and these are none.",
            ),
        }
    }
    let limits = StreetLimits {
        name: 40,
        suffix: 5,
    };
    columns(address, known, limits, &mut draft);
    code(address, known, &mut draft);
    draft
}

/// `PC`: five digits of a ZIP code.
fn code(address: &CivicAddress, country: Option<Country>, draft: &mut Draft) {
    let Some(written) = address.get(CivicKey::Pc) else {
        return;
    };
    if written.chars().count() <= 5 {
        draft.put(CivicKey::Pc, written);
    } else if country.is_none_or(|c| matches!(c, Country::Us | Country::Pr))
        && postal_code(written, Country::Us)
    {
        let five: String = written.chars().take(5).collect();
        draft.put(CivicKey::Pc, &five);
        draft.report(
            CivicKey::Pc,
            written,
            &five,
            "The five-digit ZIP code is what the 911 centre takes.",
        );
    } else {
        draft.leave_out(
            CivicKey::Pc,
            written,
            "There is room for 5 characters, and half a code would be another place.",
        );
    }
}

#[cfg(test)]
mod tests;
