//! Amazon Connect's `CivicAddress`: Publication 28 abbreviations, the limits of the current page
//! ("Format a physical address for E911"), keys in the order of RFC 5139, JSON encoded once.

mod loc;

use super::{Cut, Rendering};
use crate::{
    CivicAddress, CivicKey, Country,
    dispatchable::postal_code,
    pub28::{Directional, StreetSuffix, province, state},
};

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
    draft.finish()
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
    draft.finish()
}

fn limit(key: CivicKey) -> Option<usize> {
    LIMITS
        .iter()
        .find(|(limited, _)| *limited == key)
        .map(|(_, limit)| *limit)
}

/// A rendering in the making.
struct Draft {
    fields: CivicAddress,
    cut: Vec<Cut>,
}

impl Draft {
    fn put(&mut self, key: CivicKey, value: &str) {
        // Values come from an address, or are parts of such values, so each can be an element.
        let _ = self.fields.set(key, value);
    }

    fn report(&mut self, field: CivicKey, from: &str, to: &str, why: &str) {
        self.cut.push(Cut {
            field,
            from: from.to_owned(),
            to: to.to_owned(),
            why: why.to_owned(),
        });
    }

    /// Puts a value, at a word's end where it is too long, and reports what that took.
    fn put_clipped(&mut self, key: CivicKey, value: &str, limit: usize) {
        let clipped = clip(value, limit);
        if clipped != value {
            let why = format!("There is room for {limit} characters.");
            self.report(key, value, &clipped, &why);
        }
        self.put(key, &clipped);
    }

    fn leave_out(&mut self, key: CivicKey, value: &str, why: &str) {
        self.report(key, value, "", why);
    }

    fn finish(self) -> Rendering {
        let text = serde_json::to_string(&self.fields)
            .expect("a map of texts by unit variants is always JSON");
        Rendering {
            fields: self.fields,
            text,
            cut: self.cut,
        }
    }
}

fn twelve(address: &CivicAddress) -> Draft {
    let mut draft = Draft {
        fields: CivicAddress::new(),
        cut: Vec::new(),
    };
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
    region(address, known, &mut draft);
    if let Some(city) = address.get(CivicKey::A3) {
        draft.put_clipped(CivicKey::A3, city, 32);
    }
    let spare = number(address, &mut draft);
    street(address, &mut draft);
    loc::fold(address, &spare, &mut draft);
    if let Some(name) = address.get(CivicKey::Nam) {
        draft.put_clipped(CivicKey::Nam, name, 32);
    }
    code(address, known, &mut draft);
    draft
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
                limit(*key).unwrap_or_default()
            ),
        );
    }
    spare
}

/// `PRD`, `RD`, `STS`, `POD`. What cannot be abbreviated into its own key stays in the street's
/// name, where it is written in any case.
fn street(address: &CivicAddress, draft: &mut Draft) {
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
        Some(suffix) if suffix.chars().count() <= 5 => draft.put(CivicKey::Sts, suffix),
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
        draft.put_clipped(CivicKey::Rd, &name, 40);
    }
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

fn direction(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase().replace('.', "");
    Directional::find(&word).map(Directional::abbreviation)
}

fn abbreviated(suffix: &str) -> &str {
    let word = suffix.to_lowercase().replace('.', "");
    StreetSuffix::find(&word).map_or(suffix, |found| found.abbreviation)
}

/// The longest beginning that ends with a word and fits; a single word that does not fit is cut.
fn clip(value: &str, limit: usize) -> String {
    if value.chars().count() <= limit {
        return value.to_owned();
    }
    let end = value
        .char_indices()
        .nth(limit)
        .map_or(value.len(), |(index, _)| index);
    let beginning = &value[..end];
    let whole_word = value[end..].starts_with(' ');
    let kept = match beginning.rsplit_once(' ') {
        Some((words, _)) if !whole_word => words,
        Some(_) | None => beginning,
    };
    kept.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
