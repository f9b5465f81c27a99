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

/// What people dial for help elsewhere, where one number reaches police, fire and ambulance from
/// any phone: the single European number (Directive (EU) 2018/1972, article 109, and those who
/// follow it), and what the national regulators name. A country with a number for each service, or
/// in doubt, is not here: a wrong number is worse than none.
const ELSEWHERE: [(&str, &[&str]); 5] = [
    ("000", &["AU", "CC", "CX"]),
    ("111", &["NZ"]),
    (
        "112",
        &[
            "AT", "AX", "BE", "BG", "CH", "CY", "CZ", "DE", "EE", "ES", "FI", "FO", "FR", "GF",
            "GL", "GP", "GR", "HR", "HU", "IE", "IN", "IS", "IT", "LI", "LT", "LU", "LV", "MQ",
            "MT", "NL", "NO", "PL", "PT", "RE", "RO", "SE", "SI", "SK", "TR", "YT",
        ],
    ),
    (
        "911",
        &[
            "AS", "BM", "CR", "DO", "EC", "GU", "KY", "MP", "MX", "PH", "PY", "UY", "VI",
        ],
    ),
    ("999", &["GG", "HK", "IM", "JE"]),
];

/// The number that people of a country dial for help, by the two letters of ISO 3166: the first of
/// the supported ones (999 in the United Kingdom, where 112 works too), or what is known of others.
#[must_use]
pub fn local_number(country: &str) -> Option<&'static str> {
    if let Ok(country) = country.parse::<Country>() {
        return match country {
            Country::Gb => Some("999"),
            Country::Ca | Country::Dk | Country::Pr | Country::Us => EMERGENCY_NUMBERS
                .iter()
                .find(|number| !number.test && number.countries.contains(&country))
                .map(|number| number.digits),
        };
    }
    ELSEWHERE
        .iter()
        .find(|(_, countries)| countries.contains(&country))
        .map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_supported_country_has_a_number_that_is_recognised_there() {
        for country in Country::ALL {
            let digits = local_number(country.as_str()).unwrap();
            let mut known = EMERGENCY_NUMBERS.iter();
            assert!(
                known.any(|number| number.digits == digits
                    && !number.test
                    && number.countries.contains(&country)),
                "{country}"
            );
        }
        assert_eq!(local_number("GB"), Some("999"));
        assert_eq!(local_number("DK"), Some("112"));
    }

    #[test]
    fn elsewhere_one_number_is_known_or_none() {
        assert_eq!(local_number("ES"), Some("112"));
        assert_eq!(local_number("MX"), Some("911"));
        for several_or_unknown in ["JP", "CN", "BR", "XX", "", "Spain"] {
            assert_eq!(
                local_number(several_or_unknown),
                None,
                "{several_or_unknown}"
            );
        }
        let mut all: Vec<&str> = ELSEWHERE
            .iter()
            .flat_map(|(_, countries)| *countries)
            .copied()
            .collect();
        assert!(ELSEWHERE.iter().all(|(_, countries)| countries.is_sorted()));
        assert!(
            all.iter()
                .all(|country| country.parse::<Country>().is_err())
        );
        all.sort_unstable();
        let many = all.len();
        all.dedup();
        assert_eq!(all.len(), many, "a country with two numbers");
    }
}
