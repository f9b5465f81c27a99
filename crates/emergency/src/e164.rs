use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A telephone number as ITU-T E.164 writes it: `+`, then 7 to 15 digits, the first not 0.
///
/// The one door is [`FromStr`], which forgives spaces, dots, dashes and brackets between digits.
/// `Debug` shows its length only, so that a number cannot reach a log by accident; `Display` and
/// serialisation show it.
#[derive(Clone, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct E164(String);

impl E164 {
    /// The number with its `+`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits after the `+`.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// The number grouped as its country reads it aloud: `(206) 555-0123`, `+44 20 7946 0123`,
    /// `+45 12 34 56 78`. Other countries' numbers are grouped in threes behind the `+`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let digits = self.digits();
        if let Some(national) = digits.strip_prefix('1').filter(|n| n.len() == 10) {
            return format!(
                "({}) {}-{}",
                &national[..3],
                &national[3..6],
                &national[6..]
            );
        }
        if let Some(national) = digits.strip_prefix("44").filter(|n| n.len() >= 9) {
            return format!("+44 {}", in_groups(national, british_groups(national)));
        }
        if let Some(national) = digits.strip_prefix("45").filter(|n| n.len() == 8) {
            return format!("+45 {}", in_groups(national, &[2, 2, 2, 2]));
        }
        format!("+{}", in_groups(digits, &[3, 3, 3, 3, 3]))
    }
}

/// The grouping of a British national number without its 0, by its first digits (Ofcom's National
/// Telephone Numbering Plan).
fn british_groups(national: &str) -> &'static [usize] {
    match national.as_bytes() {
        [b'2', ..] => &[2, 4, 4],
        [b'1', b'1', ..] | [b'1', _, b'1', ..] | [b'3' | b'8' | b'9', ..] => &[3, 3, 4],
        _ => &[4, 6],
    }
}

/// Digits in groups of these sizes; what is left over joins the last group.
fn in_groups(digits: &str, sizes: &[usize]) -> String {
    let mut groups = Vec::with_capacity(sizes.len());
    let mut rest = digits;
    for (index, size) in sizes.iter().enumerate() {
        let last = index + 1 == sizes.len();
        let (group, next) = rest.split_at(if last {
            rest.len()
        } else {
            rest.len().min(*size)
        });
        if !group.is_empty() {
            groups.push(group);
        }
        rest = next;
    }
    groups.join(" ")
}

impl fmt::Display for E164 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "E164(+ and {} digits)", self.digits().len())
    }
}

impl FromStr for E164 {
    type Err = E164Error;

    fn from_str(text: &str) -> Result<Self, E164Error> {
        let rest = text.trim().strip_prefix('+').ok_or(E164Error::NoPlus)?;
        let mut digits = String::with_capacity(rest.len().min(16));
        for c in rest.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
            } else if !(c.is_whitespace() || "-.()/".contains(c)) {
                return Err(E164Error::Character);
            }
            if digits.len() > 15 {
                return Err(E164Error::Length);
            }
        }
        if digits.len() < 7 {
            return Err(E164Error::Length);
        }
        if digits.starts_with('0') {
            return Err(E164Error::CountryCode);
        }
        Ok(Self(format!("+{digits}")))
    }
}

impl TryFrom<String> for E164 {
    type Error = E164Error;

    fn try_from(text: String) -> Result<Self, E164Error> {
        text.parse()
    }
}

impl From<E164> for String {
    fn from(number: E164) -> Self {
        number.0
    }
}

/// Why a text is no telephone number. Never quotes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum E164Error {
    /// Something other than digits and separators.
    #[error("a telephone number has only digits after its '+'")]
    Character,
    /// No country code begins with 0.
    #[error("after the '+' comes the country code, and none begins with 0")]
    CountryCode,
    /// Fewer than 7 or more than 15 digits.
    #[error("a telephone number has 7 to 15 digits after its '+'")]
    Length,
    /// No `+`.
    #[error("write the telephone number with '+' and its country code, such as +12065550123")]
    NoPlus,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_people_paste() {
        for text in ["+12065550123", " +1 (206) 555-0123 ", "+1.206.555.0123"] {
            assert_eq!(text.parse::<E164>().unwrap().as_str(), "+12065550123");
        }
    }

    #[test]
    fn refuses_the_rest_by_name() {
        #[rustfmt::skip]
        let table = [
            ("2065550123", E164Error::NoPlus), ("", E164Error::NoPlus),
            ("+1206555012x", E164Error::Character), ("+1206+5550123", E164Error::Character),
            ("+123456", E164Error::Length), ("+1234567890123456", E164Error::Length),
            ("+02065550123", E164Error::CountryCode), ("+", E164Error::Length),
        ];
        for (text, error) in table {
            assert_eq!(text.parse::<E164>(), Err(error), "{text:?}");
        }
        assert!(serde_json::from_str::<E164>("\"911\"").is_err());
    }

    #[test]
    fn groups_as_the_country_reads_it() {
        #[rustfmt::skip]
        let table = [
            ("+12065550123", "(206) 555-0123"),
            ("+442079460123", "+44 20 7946 0123"),
            ("+441614960123", "+44 161 496 0123"),
            ("+441134960123", "+44 113 496 0123"),
            ("+441632960123", "+44 1632 960123"),
            ("+447700900123", "+44 7700 900123"),
            ("+443069990123", "+44 306 999 0123"),
            ("+4512345678", "+45 12 34 56 78"),
            ("+46701234567", "+467 012 345 67"),
            ("+451234567", "+451 234 567"),
        ];
        for (number, expected) in table {
            assert_eq!(number.parse::<E164>().unwrap().grouped(), expected);
        }
    }

    #[test]
    fn debug_never_shows_the_number() {
        let number: E164 = "+12065550123".parse().unwrap();
        assert_eq!(format!("{number:?}"), "E164(+ and 11 digits)");
    }

    proptest! {
        #[test]
        fn grouping_keeps_every_digit(digits in "[1-9][0-9]{6,14}") {
            let number: E164 = format!("+{digits}").parse().unwrap();
            let grouped: String = number.grouped().chars().filter(char::is_ascii_digit).collect();
            let with_code = format!("1{grouped}");
            prop_assert!(digits == grouped || digits == with_code);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = text.parse::<E164>();
        }
    }
}
