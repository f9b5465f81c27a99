use std::fmt;

/// A house number as it is compared: runs of digits and letters, and the marks between them.
///
/// `2121`, `102B`, `123 1/2`, `92-10` and `N6W23001` are all house numbers. Leading zeros say
/// nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct HouseNumber {
    parts: Vec<Part>,
}

/// Ordered within a kind; two kinds are never compared.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Part {
    Digits(u32),
    Letters(String),
    Mark(char),
}

impl HouseNumber {
    /// Reads a number. `None`: it holds no digit, something that no number has, or more than nine
    /// digits in a row.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim().replace('½', " 1/2");
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while let Some(first) = rest.chars().next() {
            let length = |is: fn(&char) -> bool| -> usize {
                rest.chars().take_while(is).map(char::len_utf8).sum()
            };
            let taken = if first.is_ascii_digit() {
                let taken = length(char::is_ascii_digit);
                let digits = rest[..taken].trim_start_matches('0');
                if digits.len() > 9 {
                    return None;
                }
                parts.push(Part::Digits(if digits.is_empty() {
                    0
                } else {
                    digits.parse().ok()?
                }));
                taken
            } else if first.is_alphabetic() {
                let taken = length(|c| c.is_alphabetic());
                parts.push(Part::Letters(rest[..taken].to_uppercase()));
                taken
            } else if first.is_whitespace() {
                first.len_utf8()
            } else if matches!(first, '-' | '/' | '.') {
                parts.push(Part::Mark(first));
                1
            } else {
                return None;
            };
            rest = &rest[taken..];
        }
        let digits = parts.iter().any(|part| matches!(part, Part::Digits(_)));
        digits.then_some(Self { parts })
    }

    /// A number without anything around it.
    #[cfg(test)]
    pub(super) fn plain(number: u32) -> Self {
        Self {
            parts: vec![Part::Digits(number)],
        }
    }

    /// The integer it begins with, and whether a letter or a fraction follows. `None`: it is of
    /// another kind, such as `92-10` or `N6W23001`.
    pub(super) fn integer(&self) -> Option<(u32, bool)> {
        match self.parts.as_slice() {
            [Part::Digits(number)] => Some((*number, false)),
            [Part::Digits(number), Part::Letters(_)]
            | [Part::Digits(number), Part::Mark(_), Part::Letters(_)] => Some((*number, true)),
            [
                Part::Digits(number),
                between @ ..,
                Part::Digits(_),
                Part::Mark('/'),
                Part::Digits(_),
            ] if between.len() <= 1 && !matches!(between, [Part::Letters(_)]) => {
                Some((*number, true))
            }
            _ => None,
        }
    }

    /// Whether it counts as even: by its last digits, or the integer before a letter or a fraction.
    pub(super) fn is_even(&self) -> bool {
        let last = || {
            self.parts.iter().rev().find_map(|part| match part {
                Part::Digits(digits) => Some(*digits),
                Part::Letters(_) | Part::Mark(_) => None,
            })
        };
        let number = self.integer().map(|(number, _)| number).or_else(last);
        number.unwrap_or_default().is_multiple_of(2)
    }

    /// Whether digits, letters and marks stand in the same places.
    pub(super) fn is_shaped_like(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len()
            && self
                .parts
                .iter()
                .zip(&other.parts)
                .all(|parts| match parts {
                    (Part::Digits(_), Part::Digits(_)) | (Part::Letters(_), Part::Letters(_)) => {
                        true
                    }
                    (Part::Mark(one), Part::Mark(other)) => one == other,
                    _ => false,
                })
    }

    /// Whether it stands between two numbers of its own shape, those included.
    pub(super) fn is_between(&self, low: &Self, high: &Self) -> bool {
        self.is_shaped_like(low) && (&low.parts..=&high.parts).contains(&&self.parts)
    }
}

/// As a guide writes it, without needless zeros.
impl fmt::Display for HouseNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut after_digits = false;
        for part in &self.parts {
            match part {
                Part::Digits(digits) if after_digits => write!(formatter, " {digits}")?,
                Part::Digits(digits) => write!(formatter, "{digits}")?,
                Part::Letters(letters) => formatter.write_str(letters)?,
                Part::Mark(mark) => write!(formatter, "{mark}")?,
            }
            after_digits = matches!(part, Part::Digits(_));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> HouseNumber {
        HouseNumber::read(text).unwrap()
    }

    #[test]
    fn a_letter_or_a_fraction_follows_an_integer_and_a_second_number_does_not() {
        assert_eq!(read("0102").integer(), Some((102, false)));
        assert_eq!(read("102b").integer(), Some((102, true)));
        assert_eq!(read("102-B").integer(), Some((102, true)));
        assert_eq!(read("123 1/2").integer(), Some((123, true)));
        assert_eq!(read("123-1/2").integer(), Some((123, true)));
        assert_eq!(read("123½").integer(), Some((123, true)));
        assert_eq!(read("92-10").integer(), None);
        assert_eq!(read("N6W23001").integer(), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "N/A", "12#4", "1234567890", "🏢 5", "12\u{0}"] {
            assert_eq!(HouseNumber::read(text), None, "{text:?}");
        }
        assert!(HouseNumber::read(&"7".repeat(1_000_000)).is_none());
    }

    #[test]
    fn numbers_of_one_shape_are_compared_run_by_run() {
        let (low, high) = (read("92-02"), read("92-98"));
        assert!(read("92-10").is_between(&low, &high));
        assert!(!read("92-99").is_between(&low, &high));
        assert!(!read("9210").is_between(&low, &high));
        let (low, high) = (read("N6W23001"), read("N6W23099"));
        assert!(read("n6w23045").is_between(&low, &high));
        assert!(!read("N7W23045").is_between(&low, &high));
        assert!(read("1C").is_between(&read("1A"), &read("1H")));
    }

    #[test]
    fn parity_is_that_of_the_last_digits_but_never_of_a_fraction() {
        assert!(read("92-10").is_even());
        assert!(!read("N6W23001").is_even());
        assert!(!read("123 1/2").is_even());
        assert!(read("102B").is_even());
    }

    #[test]
    fn a_number_is_written_as_it_was_read() {
        for text in ["2121", "102B", "123 1/2", "92-10", "N6W23001"] {
            assert_eq!(read(text).to_string(), text);
        }
    }
}
