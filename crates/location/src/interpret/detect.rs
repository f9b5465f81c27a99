//! Which country's address a text is, where nobody says.
//!
//! The marks are tried from the surest to the weakest: a country that is named, a postal code that
//! only one country has, a state or province, a ZIP code, and words that only one language uses
//! for streets.

use super::line::{Gap, Line, Word};
use crate::{
    Country,
    gazetteer::dk,
    pub28::{province, state},
};

/// The country that a text names or bears the marks of. None when nothing tells.
pub(super) fn country(line: &Line<'_>) -> Option<Country> {
    let words = &line.words;
    named(words)
        .or_else(|| by_code(words))
        .or_else(|| by_region(words))
        .or_else(|| by_zip(words))
        .or_else(|| by_danish_city(words))
        .or_else(|| by_street(words))
}

/// Whether an American line is from Puerto Rico, by its ZIP code or its state.
pub(super) fn is_puerto_rican(line: &Line<'_>) -> bool {
    let words = &line.words;
    has_puerto_rican_zip(words)
        || by_region(words) == Some(Country::Pr)
        || named(words) == Some(Country::Pr)
}

/// `..., Canada`: a country's name at the end.
fn named(words: &[Word<'_>]) -> Option<Country> {
    #[rustfmt::skip]
    const NAMES: [(&str, Country); 16] = [
        ("canada", Country::Ca), ("danmark", Country::Dk), ("denmark", Country::Dk),
        ("england", Country::Gb), ("great britain", Country::Gb),
        ("northern ireland", Country::Gb), ("puerto rico", Country::Pr),
        ("scotland", Country::Gb), ("u k", Country::Gb), ("uk", Country::Gb),
        ("united kingdom", Country::Gb), ("united states", Country::Us),
        ("united states of america", Country::Us), ("usa", Country::Us), ("us", Country::Us),
        ("wales", Country::Gb),
    ];
    NAMES.into_iter().find_map(|(name, country)| {
        let start = words.len().checked_sub(name.split(' ').count())?;
        let before = words.get(start.checked_sub(1)?)?;
        // `La Canada` is a town in California.
        let named = start >= 2
            && joined(&words[start..]) == name
            && !(name == "canada" && before.key == "la");
        named.then(|| {
            if country == Country::Us && has_puerto_rican_zip(words) {
                Country::Pr
            } else {
                country
            }
        })
    })
}

/// `K1A 0B1`, `SW1A 1AA`, `DK-2100`: codes that no other country has.
fn by_code(words: &[Word<'_>]) -> Option<Country> {
    words.iter().enumerate().rev().find_map(|(index, word)| {
        let next = words.get(index + 1).filter(|next| next.gap == Gap::Space);
        let pair = |first: fn(&str) -> bool, second: fn(&str) -> bool| {
            next.is_some_and(|next| first(&word.key) && second(&next.key))
        };
        if pair(is_fsa, is_ldu) || halves(&word.key, 3, is_fsa, is_ldu) {
            Some(Country::Ca)
        } else if pair(is_outcode, is_incode)
            || (index > 0
                && halves(
                    &word.key,
                    word.key.len().saturating_sub(3),
                    is_outcode,
                    is_incode,
                ))
        {
            Some(Country::Gb)
        } else if is_marked_danish(word, next) {
            Some(Country::Dk)
        } else {
            None
        }
    })
}

/// A Canadian province or an American state at the end, before a code or without one.
fn by_region(words: &[Word<'_>]) -> Option<Country> {
    let end = words
        .iter()
        .rposition(|word| !word.has_digit())
        .map_or(0, |last| last + 1);
    (1..=4_usize).rev().find_map(|count| {
        let start = end.checked_sub(count).filter(|start| *start > 0)?;
        let name = joined(&words[start..end]);
        let capitals = words[start]
            .text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b == b'.');
        // `on` and `me` are words; a region in letters is written in capitals or behind a comma.
        let sure = name.len() > 3 || capitals || words[start].gap > Gap::Space;
        if sure && province(&name).is_some() {
            return Some(Country::Ca);
        }
        // `Main St NE` ends with a direction more often than with Nebraska.
        let code = words.get(end).is_some_and(|word| is_zip(word.text));
        let region = state(&name).filter(|_| sure && (code || name != "ne"))?;
        Some(if region == "PR" || (code && has_puerto_rican_zip(words)) {
            Country::Pr
        } else {
            Country::Us
        })
    })
}

fn by_zip(words: &[Word<'_>]) -> Option<Country> {
    let zip = words.iter().skip(1).rev().find(|word| is_zip(word.text))?;
    Some(if is_puerto_rican_zip(zip.text) {
        Country::Pr
    } else {
        Country::Us
    })
}

/// `8680 Ry`: a Danish postal code with its city behind it.
fn by_danish_city(words: &[Word<'_>]) -> Option<Country> {
    words
        .iter()
        .zip(words.iter().skip(1))
        .filter(|(_, next)| next.gap == Gap::Space)
        .filter_map(|(code, next)| Some((dk::city(code.text)?, next)))
        .any(|(city, next)| {
            let first = city.split(' ').next().unwrap_or_default();
            dk::fold(first) == dk::fold(next.text)
        })
        .then_some(Country::Dk)
}

/// Words for streets that only one country uses.
fn by_street(words: &[Word<'_>]) -> Option<Country> {
    if words.iter().any(|word| is_danish_street(&word.key)) {
        return Some(Country::Dk);
    }
    let french = words.iter().take(4).any(|word| {
        matches!(
            &*word.key,
            "rue" | "boul" | "chemin" | "montée" | "rang" | "côte"
        )
    });
    if french {
        return Some(Country::Ca);
    }
    let urbanization = words.iter().any(|word| {
        matches!(
            &*word.key,
            "urb" | "urbanizacion" | "urbanización" | "carretera"
        )
    });
    urbanization.then_some(Country::Pr)
}

/// `Vesterbrogade`, `Strandvejen`, `Ny Allé`.
fn is_danish_street(key: &str) -> bool {
    const ENDINGS: [&str; 9] = [
        "gade", "gaden", "stræde", "torv", "torvet", "vej", "vejen", "vænge", "vænget",
    ];
    ENDINGS
        .iter()
        .any(|ending| key.len() > ending.len() && key.ends_with(ending))
        && !matches!(key, "brigade" | "renegade")
}

/// `DK-2100`, `DK 2100`.
fn is_marked_danish(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let four = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    match word.key.strip_prefix("dk") {
        Some("") => next.is_some_and(|next| four(next.text)),
        Some(rest) => four(rest.trim_start_matches('-')),
        None => false,
    }
}

fn halves(key: &str, at: usize, first: fn(&str) -> bool, second: fn(&str) -> bool) -> bool {
    key.is_ascii()
        && at <= key.len()
        && first(key[..at].trim_end_matches('-'))
        && second(key[at..].trim_start_matches('-'))
}

/// The first half of a Canadian postal code, in lower case: `k1a`.
pub(super) fn is_fsa(key: &str) -> bool {
    match key.as_bytes() {
        [area, zone, unit] => {
            b"abceghjklmnprstvxy".contains(area) && zone.is_ascii_digit() && is_code_letter(*unit)
        }
        _ => false,
    }
}

/// The second half of a Canadian postal code: `0b1`.
pub(super) fn is_ldu(key: &str) -> bool {
    match key.as_bytes() {
        [first, letter, last] => {
            first.is_ascii_digit() && is_code_letter(*letter) && last.is_ascii_digit()
        }
        _ => false,
    }
}

/// The letters that Canada Post uses; the others look too much like these or like digits.
fn is_code_letter(letter: u8) -> bool {
    letter.is_ascii_lowercase() && !b"dfioqu".contains(&letter)
}

/// The first half of a British postcode, in lower case: `sw1a`.
fn is_outcode(key: &str) -> bool {
    let letters = key.bytes().take_while(u8::is_ascii_lowercase).count();
    let rest = key.as_bytes().get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && match rest {
            [digit] => digit.is_ascii_digit(),
            [digit, last] => digit.is_ascii_digit() && last.is_ascii_alphanumeric(),
            _ => false,
        }
}

/// The second half of a British postcode: `1aa`.
fn is_incode(key: &str) -> bool {
    match key.as_bytes() {
        [digit, letters @ ..] => {
            digit.is_ascii_digit()
                && letters.len() == 2
                && letters
                    .iter()
                    .all(|b| b.is_ascii_lowercase() && !b"cikmov".contains(b))
        }
        [] => false,
    }
}

fn is_zip(text: &str) -> bool {
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let (five, four) = text.split_once('-').unwrap_or((text, "0000"));
    digits(five, 5) && digits(four, 4)
}

fn is_puerto_rican_zip(zip: &str) -> bool {
    ["006", "007", "009"]
        .iter()
        .any(|area| zip.starts_with(area))
}

fn has_puerto_rican_zip(words: &[Word<'_>]) -> bool {
    words
        .iter()
        .skip(1)
        .any(|word| is_zip(word.text) && is_puerto_rican_zip(word.text))
}

fn joined(words: &[Word<'_>]) -> String {
    let keys: Vec<&str> = words.iter().map(|word| &*word.key).collect();
    keys.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_countries() {
        #[rustfmt::skip]
        let table = [
            ("123 Main St, Toronto, ON M5V 2T6", Some(Country::Ca)),
            ("123 Main St Toronto m5v2t6", Some(Country::Ca)),
            ("123 Main St, Halifax, Nova Scotia", Some(Country::Ca)),
            ("4-155 King St W, Oshawa, Canada", Some(Country::Ca)),
            ("1000, rue Sherbrooke Ouest, Montréal", Some(Country::Ca)),
            ("10 Downing Street, London SW1A 2AA", Some(Country::Gb)),
            ("10 Downing Street, London, UK", Some(Country::Gb)),
            ("1 Princes Street Edinburgh EH22EQ", Some(Country::Gb)),
            ("Vesterbrogade 12, 2. th, 1620 København V", Some(Country::Dk)),
            ("Borgergade 1, DK-1300 K", Some(Country::Dk)),
            ("Egevænget 3, 4300 Holbaek", Some(Country::Dk)),
            ("12 Elm Ct, Ada, OK 74820", Some(Country::Us)),
            ("12 Elm Ct, Ada, OK", Some(Country::Us)),
            ("12 Elm Ct 74820", Some(Country::Us)),
            ("1000 Ontario Ave, Ontario, CA 91761", Some(Country::Us)),
            ("B40 Calle 1, Urb Las Lomas, San Juan 00921", Some(Country::Pr)),
            ("B40 Calle 1, San Juan, PR 00921", Some(Country::Pr)),
            ("B40 Calle 1, San Juan, Puerto Rico", Some(Country::Pr)),
            ("12 Elm Ct, La Canada", None),
            ("2121 7th Ave", None),
            ("12345 Main St", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(country(&Line::new(text)), expected, "{text}");
        }
    }
}
