//! Danish postal codes and their cities.

use std::{collections::HashSet, sync::LazyLock};

/// `code <tab> city`, in order. Source: docs/DATA.md.
const CODES: &str = include_str!("../../data/dk_postal_codes.tsv");

/// The city of a postal code, as the post writes it. The codes below 2000 are single streets and
/// large receivers of the inner city, so they are answered by range.
pub(crate) fn city(code: &str) -> Option<&'static str> {
    let number: u16 = code.parse().ok().filter(|_| code.len() == 4)?;
    match number {
        1000..=1499 => Some("København K"),
        1500..=1799 => Some("København V"),
        1800..=1999 => Some("Frederiksberg C"),
        _ => CODES
            .lines()
            .find_map(|line| line.strip_prefix(code)?.strip_prefix('\t')),
    }
}

/// Whether some postal code has this city. `name` is folded, as [`fold`] does it.
pub(crate) fn is_city(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        CODES
            .lines()
            .filter_map(|line| line.split('\t').nth(1))
            .chain(INNER)
            .map(fold)
            .collect()
    });
    NAMES.contains(name)
}

/// Cities that people write without the letters of their district.
#[rustfmt::skip]
const INNER: [&str; 14] = [
    "Aalborg", "Aarhus", "Copenhagen", "Frederiksberg C", "Kbh", "Kbh K", "Kbh V", "København",
    "København K", "København V", "Nykøbing", "Odense", "Randers", "Vejle Ø",
];

/// Lower case, with one spelling for letters that are written in two ways: `å` and `aa`, `æ` and
/// `ae`, `ø` and `oe`.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'å' => folded.push_str("aa"),
            'æ' | 'ä' => folded.push_str("ae"),
            'ø' | 'ö' => folded.push('o'),
            other => folded.push(other),
        }
    }
    folded.replace("oe", "o")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_cities() {
        for (code, expected) in [
            ("8000", Some("Aarhus C")),
            ("1620", Some("København V")),
            ("9990", Some("Skagen")),
            ("2001", None),
            ("810", None),
            ("01620", None),
        ] {
            assert_eq!(city(code), expected, "{code}");
        }
    }

    #[test]
    fn every_spelling_is_one_city() {
        for name in [
            "Århus C",
            "aarhus c",
            "KØBENHAVN Ø",
            "Koebenhavn Oe",
            "Nørresundby",
            "Tårs",
        ] {
            assert!(is_city(&fold(name)), "{name}");
        }
        assert!(!is_city("vestergade"));
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(CODES.lines().map(|line| &line[..4]).is_sorted());
        assert!(CODES.lines().count() > 580);
    }
}
