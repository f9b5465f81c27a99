//! How words are brought into the one form in which they are compared.

use crate::pub28::{self, Directional, StreetSuffix};

/// A name as it is compared: upper case, single-spaced, without the punctuation that Publication 28
/// leaves out. Hyphens and slashes stay.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = plain.len();
        if before > 0 {
            plain.push(' ');
        }
        let start = plain.len();
        let kept = word.chars().filter(|c| !is_punctuation(*c));
        plain.extend(kept.flat_map(char::to_uppercase));
        if plain.len() == start {
            plain.truncate(before);
        }
    }
    plain
}

const fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | '#' | ';' | ':' | '\'' | '’' | '"' | '(' | ')'
    )
}

/// A direction by its letters; anything else as it is.
pub(super) fn direction(text: &str) -> String {
    let plain = plain(text);
    let lower = plain.to_lowercase();
    let found = Directional::find(&lower).or_else(|| {
        let (first, second) = lower.split_once(' ')?;
        Directional::joined(Directional::find(first)?, Directional::find(second)?)
    });
    found.map_or(plain, |found| found.abbreviation().to_owned())
}

/// A suffix by Publication 28's abbreviation, word by word; anything else as it is.
pub(super) fn suffix(text: &str) -> String {
    let plain = plain(text);
    let words = plain.split(' ').map(|word| {
        StreetSuffix::find(&word.to_lowercase()).map_or_else(
            || word.to_owned(),
            |found| found.abbreviation.to_uppercase(),
        )
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A state or province by its letters; anything else as it is.
pub(super) fn state(text: &str) -> String {
    let plain = plain(text);
    let lower = plain.to_lowercase();
    let letters = pub28::state(&lower).or_else(|| pub28::province(&lower));
    letters.map_or(plain, str::to_uppercase)
}

/// What is left of a name when everything is gone that people write in more ways than one. Two names
/// with one key are taken for the same by whoever asks "did you mean".
pub(super) fn loose(text: &str) -> String {
    let plain = plain(text);
    let words = plain.split([' ', '-', '/']).map(|word| match word {
        "SAINT" => "ST",
        "SAINTE" => "STE",
        "MOUNT" => "MT",
        "FORT" => "FT",
        "NORTH" => "N",
        "SOUTH" => "S",
        "EAST" => "E",
        "WEST" => "W",
        "HEIGHTS" => "HTS",
        "TOWNSHIP" => "TWP",
        "NUMBER" | "NO" => "",
        _ => ordinal(word).unwrap_or_else(|| {
            // `find` takes lower case; the common word is short.
            StreetSuffix::find(&word.to_lowercase()).map_or(word, |found| found.abbreviation)
        }),
    });
    words.collect::<String>().to_uppercase()
}

/// A name in capitals as people write it.
pub(super) fn title(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let mut chars = word.chars();
        match chars.next() {
            Some(first) => first.to_string() + &chars.as_str().to_lowercase(),
            None => String::new(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn ordinal(word: &str) -> Option<&'static str> {
    Some(match word {
        "FIRST" => "1ST",
        "SECOND" => "2ND",
        "THIRD" => "3RD",
        "FOURTH" => "4TH",
        "FIFTH" => "5TH",
        "SIXTH" => "6TH",
        "SEVENTH" => "7TH",
        "EIGHTH" => "8TH",
        "NINTH" => "9TH",
        "TENTH" => "10TH",
        "ELEVENTH" => "11TH",
        "TWELFTH" => "12TH",
        _ => return None,
    })
}

/// Whether two names in plain form may be one name with a slip in it: the same letters but for one
/// (two, in long names) inserted, left out, replaced or swapped. Names with digits are different
/// streets when their digits differ.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    // Cheap, and enough for nearly all: a change touches two letters of the alphabet.
    if (letters(one) ^ letters(other)).count_ones() > 4 || one.len().abs_diff(other.len()) > 4 {
        return false;
    }
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let (one_letters, other_letters): (Vec<char>, Vec<char>) =
        (one.chars().collect(), other.chars().collect());
    let shorter = one_letters.len().min(other_letters.len());
    let allowed = match shorter {
        0..=3 => return false,
        4..=7 => 1,
        _ => 2,
    };
    one_letters.len().abs_diff(other_letters.len()) <= allowed
        && shorter <= 64
        && digits(one) == digits(other)
        && distance(&one_letters, &other_letters) <= allowed
}

/// Which bytes occur, thirty-two kinds of them.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |seen, byte| seen | 1 << (byte % 32))
}

/// The optimal string alignment distance.
fn distance(one: &[char], other: &[char]) -> usize {
    let width = other.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (row, a) in one.iter().enumerate() {
        let mut next = vec![row + 1; width];
        for (column, b) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(a != b);
            let mut best = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *a == other[column - 1] && one[row - 1] == *b {
                best = best.min(before[column - 1] + 1);
            }
            next[column + 1] = best;
        }
        before = std::mem::replace(&mut last, next);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_differently_becomes_one_form() {
        assert_eq!(plain("  St.  Mary's (old) ; "), "ST MARYS OLD");
        assert_eq!(plain("N6W-23 ø"), "N6W-23 Ø");
        assert_eq!(direction("north west"), "NW");
        assert_eq!(direction("Flint"), "FLINT");
        assert_eq!(suffix("Avenue"), "AVE");
        assert_eq!(suffix("AL Highway"), "AL HWY");
        assert_eq!(suffix(""), "");
        assert_eq!(state("Washington"), "WA");
    }

    #[test]
    fn names_that_are_read_alike_have_one_loose_key() {
        for (one, other) in [
            ("Saint Petersburg", "ST PETERSBURG"),
            ("Van Buren", "VANBUREN"),
            ("First", "1st"),
            ("Highway 31", "HWY 31"),
            ("US Highway No 202", "US HWY 202"),
        ] {
            assert_eq!(loose(one), loose(other));
        }
    }

    #[test]
    fn a_name_in_capitals_is_written_as_people_do() {
        assert_eq!(title("7TH"), "7th");
        assert_eq!(title("VAN BUREN"), "Van Buren");
        assert_eq!(title(""), "");
    }

    #[test]
    fn a_slip_is_forgiven_and_another_number_is_another_street() {
        assert!(is_slip("NROTH", "NORTH"));
        assert!(is_slip("CHCIAGO", "CHICAGO"));
        assert!(!is_slip("14TH", "15TH"));
        assert!(!is_slip("OAK", "ELM"));
        assert!(!is_slip("PINE", "PIKESTEAD"));
    }
}
