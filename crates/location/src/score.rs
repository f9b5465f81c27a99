//! How a reading is compared with a labelled one, to measure [`interpret`](crate::interpret()).
//!
//! Both sides are brought into one form first, so that neither case nor punctuation nor an
//! abbreviation decides: `Street`, `St.` and `ST` are equal, `Apt 3A` equals `#3A`, and a house
//! number's suffix may stand in either element. County, neighbourhood, landmark and country are not
//! compared.

use std::collections::BTreeSet;

use crate::{
    CivicAddress, CivicKey, Country,
    pub28::{Directional, StreetSuffix, province, state},
};

/// What of a reading is right.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Score {
    /// Number, street as a whole, unit with floor and room, city, state and postal code are equal.
    pub joined: bool,
    /// And within the street directions, name and suffix each.
    pub split: bool,
}

/// Compares a reading with what the label says. `split` tells whether the label divides the street
/// by American rules; otherwise its words are compared in any order.
///
/// # Example: an abbreviation makes no difference
/// ```
/// use location::{CivicAddress, CivicKey, Country, score::score};
///
/// let label = CivicAddress::new().with(CivicKey::Sts, "Street")?;
/// let read = CivicAddress::new().with(CivicKey::Sts, "ST.")?;
/// assert!(score(&label, &read, Country::Us, true).split);
/// # Ok::<(), location::CivicValueError>(())
/// ```
#[must_use]
pub fn score(label: &CivicAddress, read: &CivicAddress, country: Country, split: bool) -> Score {
    let split = split && matches!(country, Country::Ca | Country::Us);
    let whole = |address: &CivicAddress| {
        let value = |key| address.get(key).unwrap_or_default();
        [
            number(address),
            street(address, country, split),
            inside(address),
            base(value(CivicKey::A3)),
            match country {
                Country::Ca | Country::Us => region(value(CivicKey::A1), country),
                Country::Dk | Country::Gb | Country::Pr => String::new(),
            },
            postal_code(value(CivicKey::Pc)),
        ]
    };
    let parts = |address: &CivicAddress| {
        let value = |key| base(address.get(key).unwrap_or_default());
        let names = [CivicKey::Prm, CivicKey::Rd, CivicKey::Pom].map(value);
        [
            direction(&value(CivicKey::Prd)),
            names.join(" ").trim().to_owned(),
            suffix(&value(CivicKey::Sts)),
            direction(&value(CivicKey::Pod)),
        ]
    };
    let joined = whole(label) == whole(read);
    Score {
        joined,
        split: joined && (!split || parts(label) == parts(read)),
    }
}

/// Lower case, without the punctuation that says nothing, single-spaced.
fn base(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '½' => plain.push_str("1/2"),
            '⁄' => plain.push('/'),
            '–' | '—' => plain.push('-'),
            '.' | '\'' | '’' | '"' => {}
            ',' | '#' | ';' | ':' | '(' | ')' => plain.push(' '),
            _ => plain.extend(c.to_lowercase()),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").trim_matches([' ', '-']).to_owned()
}

fn number(address: &CivicAddress) -> String {
    let part = |key| base(address.get(key).unwrap_or_default());
    format!("{}{}", part(CivicKey::Hno), part(CivicKey::Hns)).replace([' ', '-'], "")
}

fn direction(word: &str) -> String {
    let word = word.replace(' ', "");
    Directional::find(&word).map_or(word, |found| found.abbreviation().to_lowercase())
}

fn suffix(word: &str) -> String {
    StreetSuffix::find(word).map_or_else(
        || word.to_owned(),
        |found| found.abbreviation.to_lowercase(),
    )
}

fn region(name: &str, country: Country) -> String {
    let name = base(name);
    let letters = if country == Country::Ca {
        province(&name)
    } else {
        state(&name)
    };
    letters.map_or_else(|| name.replace(' ', ""), str::to_lowercase)
}

fn postal_code(code: &str) -> String {
    let code = base(code).replace([' ', '-'], "");
    code.strip_prefix("dk").unwrap_or(&code).to_owned()
}

fn street(address: &CivicAddress, country: Country, split: bool) -> String {
    const PARTS: [CivicKey; 6] = [
        CivicKey::Prd,
        CivicKey::Prm,
        CivicKey::Rd,
        CivicKey::Sts,
        CivicKey::Pod,
        CivicKey::Pom,
    ];
    let parts = PARTS.map(|key| base(address.get(key).unwrap_or_default()));
    let mut words: Vec<String> = parts
        .iter()
        .flat_map(|part| part.split(' '))
        .filter(|word| !word.is_empty())
        .map(|word| street_word(word, country))
        .collect();
    if !split {
        words.sort_unstable();
    }
    words.join(" ")
}

fn street_word(word: &str, country: Country) -> String {
    let french = match word {
        _ if country != Country::Ca => None,
        "boul" | "bd" => Some("blvd"),
        "chemin" => Some("ch"),
        "est" => Some("e"),
        "nord" => Some("n"),
        "o" | "ouest" => Some("w"),
        "sud" => Some("s"),
        _ => None,
    };
    if let Some(word) = french {
        return word.to_owned();
    }
    Directional::find(word)
        .map_or_else(|| suffix(word), |found| found.abbreviation().to_lowercase())
}

/// Unit, floor and room as a set, without the words that announce them.
fn inside(address: &CivicAddress) -> String {
    const KEYS: [CivicKey; 3] = [CivicKey::Unit, CivicKey::Flr, CivicKey::Room];
    let places: BTreeSet<String> = KEYS
        .iter()
        .filter_map(|key| address.get(*key))
        .map(identifier)
        .filter(|place| !place.is_empty())
        .collect();
    places.into_iter().collect::<Vec<_>>().join("|")
}

fn identifier(text: &str) -> String {
    #[rustfmt::skip]
    const ANNOUNCING: [&str; 58] = [
        "apartment", "apartement", "appartement", "apt", "app", "unit", "suite", "ste", "bureau",
        "room", "rm", "floor", "flr", "fl", "building", "bldg", "lot", "space", "spc", "trailer",
        "trlr", "slip", "pier", "dept", "department", "office", "ofc", "penthouse", "ph", "flat",
        "studio", "hangar", "hngr", "key", "basement", "bsmt", "lobby", "lbby", "upper", "uppr",
        "lower", "lowr", "front", "frnt", "rear", "side", "stop", "no", "number", "level", "sal",
        "etage", "piso", "niveau", "etg", "etage.", "local", "porte",
    ];
    const ORDINALS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let text = base(text);
    let words = text.split(' ').filter(|word| !ANNOUNCING.contains(word));
    words
        .map(|word| {
            if let Some(index) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
                return (index + 1).to_string();
            }
            let digits = ["st", "nd", "rd", "th"]
                .iter()
                .find_map(|ending| word.strip_suffix(ending))
                .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
            digits.unwrap_or(word).to_owned()
        })
        .collect::<String>()
        .replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(fields: &[(CivicKey, &str)]) -> CivicAddress {
        let mut address = CivicAddress::new();
        for (key, value) in fields {
            address.set(*key, value).unwrap();
        }
        address
    }

    #[test]
    fn what_makes_no_difference() {
        let label = [
            (CivicKey::Hno, "12"),
            (CivicKey::Hns, "A"),
            (CivicKey::Prd, "N."),
            (CivicKey::Rd, "3rd"),
            (CivicKey::Sts, "Street"),
            (CivicKey::Unit, "Apt 3-A"),
            (CivicKey::Flr, "Second Floor"),
            (CivicKey::A1, "Washington"),
            (CivicKey::Pc, "98121-1234"),
        ];
        let read = [
            (CivicKey::Hno, "12a"),
            (CivicKey::Prd, "North"),
            (CivicKey::Rd, "3RD"),
            (CivicKey::Sts, "ST"),
            (CivicKey::Unit, "#3A"),
            (CivicKey::Flr, "2"),
            (CivicKey::A1, "WA"),
            (CivicKey::A2, "King County"),
            (CivicKey::Pc, "981211234"),
        ];
        let found = score(&address(&label), &address(&read), Country::Us, true);
        assert!(found.joined && found.split);
    }

    #[test]
    fn what_makes_one() {
        let label = address(&[(CivicKey::Rd, "Park"), (CivicKey::Sts, "Ave")]);
        let whole = address(&[(CivicKey::Rd, "Park Ave")]);
        let found = score(&label, &whole, Country::Us, true);
        assert!(found.joined && !found.split);
        let other = address(&[(CivicKey::Rd, "Park"), (CivicKey::Sts, "St")]);
        assert!(!score(&label, &other, Country::Us, true).joined);
        let bag = address(&[(CivicKey::Rd, "Ave Park")]);
        assert!(score(&label, &bag, Country::Pr, true).split);
    }
}
