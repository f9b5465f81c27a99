use crate::E164;

/// Area codes of Canada, geographic and not (Canadian Numbering Administrator).
const CANADIAN: &[u16] = &[
    204, 226, 236, 249, 250, 257, 263, 289, 306, 343, 354, 365, 367, 368, 382, 387, 403, 416, 418,
    428, 431, 437, 438, 450, 460, 468, 474, 506, 514, 519, 537, 548, 568, 579, 581, 584, 587, 600,
    604, 613, 622, 633, 639, 644, 647, 655, 672, 677, 683, 688, 705, 709, 742, 753, 778, 780, 782,
    807, 819, 825, 867, 873, 879, 902, 905, 942,
];

/// Area codes of the Caribbean nations and Bermuda (NANPA). Puerto Rico (787, 939) and the United
/// States Virgin Islands (340) are not here: their numbers are American numbers.
const CARIBBEAN: &[u16] = &[
    242, 246, 264, 268, 284, 345, 441, 473, 649, 658, 664, 721, 758, 767, 784, 809, 829, 849, 868,
    869, 876,
];

/// A number that a carrier in the United States accepts as the caller's.
///
/// `+1`, then an area code and an exchange of `[2-9]\d\d`, neither of them N11, and not an area
/// code of Canada or the Caribbean. The fictional numbers 555-0100 to 555-0199 are valid only for
/// the sample organisation. `Debug` is redacted as that of [`E164`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct UsNumber(E164);

impl UsNumber {
    /// Takes a number that is valid; `sample` says whether the organisation is the sample one.
    ///
    /// # Errors
    /// Says which rule the number breaks.
    pub fn valid(number: &E164, sample: bool) -> Result<Self, NotUsNumber> {
        let national = number
            .digits()
            .strip_prefix('1')
            .filter(|national| national.len() == 10)
            .ok_or(NotUsNumber::NotNorthAmerican)?;
        let area = three_digits(&national[..3]).ok_or(NotUsNumber::AreaCode)?;
        let exchange = three_digits(&national[3..6]).ok_or(NotUsNumber::Exchange)?;
        if CANADIAN.contains(&area) {
            return Err(NotUsNumber::Canadian);
        }
        if CARIBBEAN.contains(&area) {
            return Err(NotUsNumber::Caribbean);
        }
        if !sample && exchange == 555 && national[6..].starts_with("01") {
            return Err(NotUsNumber::Fictional);
        }
        Ok(Self(number.clone()))
    }

    /// The number.
    #[must_use]
    pub const fn as_e164(&self) -> &E164 {
        &self.0
    }
}

/// `[2-9]\d\d`, but not N11.
fn three_digits(digits: &str) -> Option<u16> {
    let number: u16 = digits.parse().ok()?;
    (number >= 200 && number % 100 != 11).then_some(number)
}

/// Which rule a number breaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NotUsNumber {
    /// The area code begins with 0 or 1, or is N11.
    #[error("the area code is none that is in use in North America")]
    AreaCode,
    /// A Canadian area code.
    #[error("the area code is Canadian")]
    Canadian,
    /// The area code of a Caribbean nation or Bermuda.
    #[error("the area code is of a Caribbean nation")]
    Caribbean,
    /// The exchange begins with 0 or 1, or is N11.
    #[error("the three digits after the area code begin no subscriber's number")]
    Exchange,
    /// 555-0100 to 555-0199.
    #[error(
        "the numbers 555-0100 to 555-0199 are fictional and reach nobody; write the real number, or \
         leave the column empty"
    )]
    Fictional,
    /// Not `+1` and ten digits.
    #[error("a number in the United States is +1 and ten digits")]
    NotNorthAmerican,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(number: &str, sample: bool) -> Result<String, NotUsNumber> {
        UsNumber::valid(&number.parse().unwrap(), sample).map(|n| n.as_e164().to_string())
    }

    #[test]
    fn the_rule_of_a_valid_number() {
        #[rustfmt::skip]
        let table = [
            ("+12065551234", Ok(())), ("+12064410123", Ok(())), ("+18005551212", Ok(())),
            ("+17875551234", Ok(())), ("+13405551234", Ok(())), ("+16715551234", Ok(())),
            ("+12065550099", Ok(())), ("+12065550200", Ok(())),
            ("+12065550100", Err(NotUsNumber::Fictional)),
            ("+12065550199", Err(NotUsNumber::Fictional)),
            ("+11065551234", Err(NotUsNumber::AreaCode)),
            ("+10065551234", Err(NotUsNumber::AreaCode)),
            ("+19115551234", Err(NotUsNumber::AreaCode)),
            ("+14115551234", Err(NotUsNumber::AreaCode)),
            ("+12061551234", Err(NotUsNumber::Exchange)),
            ("+12060551234", Err(NotUsNumber::Exchange)),
            ("+12069111234", Err(NotUsNumber::Exchange)),
            ("+14165551234", Err(NotUsNumber::Canadian)),
            ("+16045551234", Err(NotUsNumber::Canadian)),
            ("+19025551234", Err(NotUsNumber::Canadian)),
            ("+18765551234", Err(NotUsNumber::Caribbean)),
            ("+12425551234", Err(NotUsNumber::Caribbean)),
            ("+18095551234", Err(NotUsNumber::Caribbean)),
            ("+442079460123", Err(NotUsNumber::NotNorthAmerican)),
            ("+1206555123", Err(NotUsNumber::NotNorthAmerican)),
            ("+120655512345", Err(NotUsNumber::NotNorthAmerican)),
        ];
        for (number, expected) in table {
            assert_eq!(outcome(number, false).map(drop), expected, "{number}");
        }
    }

    #[test]
    fn the_sample_organisation_may_use_fictional_numbers() {
        assert_eq!(outcome("+12065550123", true).unwrap(), "+12065550123");
    }

    #[test]
    fn no_area_code_stands_in_two_tables_or_out_of_order() {
        assert!(CANADIAN.is_sorted() && CARIBBEAN.is_sorted());
        assert!(CANADIAN.iter().all(|code| !CARIBBEAN.contains(code)));
        assert!(
            CANADIAN
                .iter()
                .chain(CARIBBEAN)
                .all(|code| (200..1000).contains(code))
        );
    }
}
