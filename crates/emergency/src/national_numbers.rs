//! Which numbers mean help, as data per country.

use location::Country;

/// An emergency number, or the number to test one with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EmergencyNumber {
    /// The digits, such as `911`.
    pub digits: &'static str,
    /// The countries in which it is one.
    pub countries: &'static [Country],
    /// Whether it reads the location back instead of sending anybody.
    pub test: bool,
}

/// Every emergency number of the supported countries. A real one stands before a test one, and
/// is recognised first.
pub(crate) const EMERGENCY_NUMBERS: [EmergencyNumber; 4] = [
    EmergencyNumber {
        digits: "911",
        countries: &[Country::Us, Country::Ca, Country::Pr],
        test: false,
    },
    EmergencyNumber {
        digits: "112",
        countries: &[Country::Dk, Country::Gb],
        test: false,
    },
    EmergencyNumber {
        digits: "999",
        countries: &[Country::Gb],
        test: false,
    },
    EmergencyNumber {
        digits: "933",
        countries: &[Country::Us, Country::Pr],
        test: true,
    },
];

/// Short numbers that are certainly something else: the other N11 codes of North America and the
/// crisis line 988, and the non-emergency services of the United Kingdom and Denmark.
pub(crate) const OTHER_SHORT_NUMBERS: [&str; 15] = [
    "101", "105", "111", "114", "118", "119", "123", "211", "311", "411", "511", "611", "711",
    "811", "988",
];

/// The calling codes of the supported countries, which some platforms put before an emergency
/// number.
pub(crate) const CALLING_CODES: [&str; 3] = ["1", "44", "45"];
