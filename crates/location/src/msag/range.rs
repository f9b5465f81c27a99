use super::{
    number::HouseNumber,
    words::{WordId, Words},
};

/// The house numbers of one row, and what it says of them.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Range {
    /// The first number; a word when they are written.
    pub(super) low: u32,
    /// The last number; a word when they are written.
    pub(super) high: u32,
    /// The emergency service number, as it is written.
    pub(super) esn: WordId,
    pub(super) numbering: Numbering,
    pub(super) parity: Parity,
}

/// What `low` and `high` of a range are.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Numbering {
    /// Nothing: the row is about the whole street.
    Unnumbered,
    /// Integers.
    Integers,
    /// Words, for numbers such as `92-10` and `N6W23001`.
    Written,
}

/// Which numbers of a range exist.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Parity {
    #[default]
    Both,
    Even,
    Odd,
}

impl Parity {
    pub(super) fn allows(self, even: bool) -> bool {
        match self {
            Self::Both => true,
            Self::Even => even,
            Self::Odd => !even,
        }
    }
}

impl Range {
    /// Whether it holds a number: between the ends, those included, and of the right parity. A
    /// letter or a fraction after the integer comes after it (Publication 28, appendix E): 102B is
    /// in 100-198, and 198A is not.
    pub(super) fn holds(&self, number: &HouseNumber, words: &Words) -> bool {
        match self.numbering {
            Numbering::Unnumbered => true,
            Numbering::Integers => number.integer().is_some_and(|(integer, more)| {
                (self.low..=self.high).contains(&integer)
                    && !(more && integer == self.high)
                    && self.parity.allows(integer.is_multiple_of(2))
            }),
            Numbering::Written => {
                self.written_ends(words)
                    .is_some_and(|(low, high)| number.is_between(&low, &high))
                    && self.parity.allows(number.is_even())
            }
        }
    }

    fn written_ends(&self, words: &Words) -> Option<(HouseNumber, HouseNumber)> {
        let read = |id| HouseNumber::read(words.word(id));
        Some((read(self.low)?, read(self.high)?))
    }

    /// The integer of this range that is nearest to a number, by its parity.
    pub(super) fn nearest(&self, integer: u32) -> Option<u32> {
        if self.numbering != Numbering::Integers {
            return None;
        }
        let right = |number: &u32| {
            (self.low..=self.high).contains(number) && self.parity.allows(number.is_multiple_of(2))
        };
        let near = integer.clamp(self.low, self.high);
        [near.checked_sub(1), Some(near), near.checked_add(1)]
            .into_iter()
            .flatten()
            .filter(right)
            .min_by_key(|number| number.abs_diff(integer))
    }

    /// The ends as they are written, such as `200-298`.
    pub(super) fn ends(&self, words: &Words) -> String {
        match self.numbering {
            Numbering::Unnumbered => String::new(),
            Numbering::Integers => format!("{}-{}", self.low, self.high),
            Numbering::Written => {
                format!("{} to {}", words.word(self.low), words.word(self.high))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integers(low: u32, high: u32, parity: Parity) -> Range {
        Range {
            low,
            high,
            esn: 0,
            numbering: Numbering::Integers,
            parity,
        }
    }

    #[test]
    fn the_ends_are_in_and_what_follows_the_last_one_is_out() {
        let words = Words::default();
        let range = integers(100, 198, Parity::Even);
        let holds = |text: &str| range.holds(&HouseNumber::read(text).unwrap(), &words);
        assert!(holds("100") && holds("198") && holds("102B") && holds("100 1/2"));
        assert!(!holds("198A") && !holds("198 1/2") && !holds("101") && !holds("98"));
        assert!(!holds("1-50") && !holds("W150"));
    }

    #[test]
    fn the_nearest_number_has_the_right_parity() {
        let even = integers(200, 298, Parity::Even);
        assert_eq!(even.nearest(305), Some(298));
        assert_eq!(even.nearest(3), Some(200));
        assert_eq!(even.nearest(251), Some(250));
        let odd = integers(200, 298, Parity::Odd);
        assert_eq!(odd.nearest(400), Some(297), "the row's own ends are wrong");
        assert_eq!(integers(4, 4, Parity::Odd).nearest(4), None);
        assert!(!even.holds(&HouseNumber::plain(251), &Words::default()));
    }
}
