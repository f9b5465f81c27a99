use crate::{
    EmergencyNumber,
    addr_spec::AddrSpec,
    national_numbers::{CALLING_CODES, EMERGENCY_NUMBERS, OTHER_SHORT_NUMBERS},
};

/// A dial string with at least this many digits is an ordinary number, unless it is an emergency
/// number said more than once or written with its country's calling code.
const ORDINARY_DIGITS: usize = 7;

/// What an agent dialled, as the platform passed it on.
///
/// Platforms write it as digits (`911`, `+1911`, `9911`), as a URI (`sip:911@host;user=phone`,
/// `tel:911;phone-context=+1`) or as a service (`urn:service:sos.fire`, RFC 5031), with or
/// without spaces and dashes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Dialled;

/// What a dial string means.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Recognised {
    /// Somebody needs help, or may.
    Emergency {
        /// The emergency number as it is known, such as `911`; for a service or for a string in
        /// doubt, what was dialled, without controls and cut to 32 characters.
        number: String,
        /// Whether it only reads the location back.
        test: bool,
        /// The service that was asked for, such as `urn:service:sos.fire`. A number asks for
        /// `urn:service:sos`.
        urn: String,
        /// Which number it is; absent for a service or for a string in doubt.
        known: Option<EmergencyNumber>,
    },
    /// Clearly an ordinary number.
    Ordinary,
}

impl Dialled {
    /// Says whether a dial string is an emergency call.
    ///
    /// Only what is clearly an ordinary number is [`Recognised::Ordinary`]: a whole telephone
    /// number, an extension with no emergency number in it, a known short number such as `411`,
    /// or a service that is not `sos`. An empty string, a name, anything in doubt is an emergency.
    #[must_use]
    pub fn recognise(text: &str) -> Recognised {
        let party = AddrSpec::read(text);
        if let Some(urn) = party.service() {
            return service(&urn);
        }
        let digits = dialled_digits(&party.user.to_lowercase());
        match emergency_number(&digits) {
            Some(number) => Recognised::Emergency {
                number: number.digits.to_owned(),
                test: number.test,
                urn: "urn:service:sos".to_owned(),
                known: Some(number),
            },
            None if clearly_ordinary(&digits) => Recognised::Ordinary,
            None => Recognised::Emergency {
                number: printable(text),
                test: false,
                urn: "urn:service:sos".to_owned(),
                known: None,
            },
        }
    }
}

/// A service URN: `urn:service:sos.fire`, `urn:service:test.sos` (RFC 6881), `urn:nena:service:sos`.
fn service(urn: &str) -> Recognised {
    let urn: String = urn
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || ":.-_".contains(*c))
        .take(64)
        .collect();
    let labels: Vec<&str> = urn
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .split('.')
        .collect();
    let service = urn.contains(":service:");
    if service && !labels.contains(&"sos") && labels.iter().any(|label| !label.is_empty()) {
        return Recognised::Ordinary;
    }
    let test = labels.first() == Some(&"test");
    Recognised::Emergency {
        number: urn.chars().take(32).collect(),
        test,
        urn: if service {
            urn
        } else {
            "urn:service:sos".to_owned()
        },
        known: None,
    }
}

/// The digits of the number itself: without post-dialled digits and feature codes such as `*67`.
fn dialled_digits(user: &str) -> String {
    let number = user
        .split([';', ',', ':', '?', 'w', 'p', 'x'])
        .find(|part| part.contains(|c: char| c.is_ascii_digit()))
        .unwrap_or_default();
    let number = match number.trim_start().strip_prefix('*') {
        Some(feature) if feature.len() > 2 && feature.is_char_boundary(2) => {
            let (code, rest) = feature.split_at(2);
            // `*67 911` hides the caller's number; `*911` is just 911.
            if code.bytes().all(|b| b.is_ascii_digit())
                && rest.bytes().filter(u8::is_ascii_digit).count() >= 3
            {
                rest
            } else {
                feature
            }
        }
        _ => number,
    };
    number.chars().filter(char::is_ascii_digit).collect()
}

/// The emergency number in a string of digits.
fn emergency_number(digits: &str) -> Option<EmergencyNumber> {
    let find = |test: fn(&str, &str) -> bool| {
        EMERGENCY_NUMBERS
            .into_iter()
            .find(|number| test(digits, number.digits))
    };
    find(|dialled, number| dialled == number)
        .or_else(|| find(repeats))
        .or_else(|| find(after_calling_code))
        .or_else(|| find(behind_trunk_digits).filter(|number| !number.test))
        .or_else(|| find(with_a_digit_too_many))
        .or_else(|| find(in_haste).filter(|number| !number.test))
        .or_else(|| find(behind_trunk_digits))
}

/// `911911`: dialled again.
fn repeats(dialled: &str, number: &str) -> bool {
    let mut rest = dialled;
    while let Some(next) = rest.strip_prefix(number) {
        rest = next;
    }
    rest.is_empty() && !dialled.is_empty()
}

/// `+1911`, `+1 911 911`, `0044999`, `011 45 112`.
fn after_calling_code(dialled: &str, number: &str) -> bool {
    // No number of North America begins with 1.
    if dialled
        .strip_prefix('1')
        .is_some_and(|rest| repeats(rest, number))
    {
        return true;
    }
    let Some(before) = dialled.strip_suffix(number) else {
        return false;
    };
    let code = before
        .strip_prefix("011")
        .or_else(|| before.strip_prefix("00"))
        .unwrap_or(before);
    CALLING_CODES.contains(&code)
}

/// `9911`, `0112`, `81911`: behind the digits that get an outside line.
fn behind_trunk_digits(dialled: &str, number: &str) -> bool {
    dialled.len() < ORDINARY_DIGITS && dialled.ends_with(number)
}

/// `9110`: a finger too fast.
fn with_a_digit_too_many(dialled: &str, number: &str) -> bool {
    dialled.len() == number.len() + 1 && dialled.starts_with(number)
}

/// `91191`, `911111`: the same keys again.
fn in_haste(dialled: &str, number: &str) -> bool {
    dialled.len() < ORDINARY_DIGITS
        && dialled
            .strip_prefix(number)
            .is_some_and(|rest| rest.chars().all(|key| number.contains(key)))
}

fn clearly_ordinary(digits: &str) -> bool {
    digits.len() > 3 || OTHER_SHORT_NUMBERS.contains(&digits)
}

fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(32).collect()
}

#[cfg(test)]
mod tests {
    use location::Country;
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str) -> String {
        match Dialled::recognise(text) {
            Recognised::Emergency {
                number, test: true, ..
            } => format!("test {number}"),
            Recognised::Emergency { number, .. } => number,
            Recognised::Ordinary => "ordinary".to_owned(),
        }
    }

    #[test]
    fn every_form_of_an_emergency_number() {
        #[rustfmt::skip]
        let table = [
            ("911", "911"), ("+911", "911"), ("1911", "911"), ("+1911", "911"), ("+1 911", "911"),
            ("9911", "911"), ("9-911", "911"), ("9 911", "911"), ("8911", "911"), ("91911", "911"),
            (" 9 1 1 ", "911"), ("9.1.1", "911"), ("(911)", "911"), ("911#", "911"),
            ("*911", "911"), ("*67911", "911"), ("*82 911", "911"), ("*67 9911", "911"),
            ("911911", "911"), ("911 911 911", "911"), ("9110", "911"), ("911,,1234", "911"),
            ("911w1234", "911"), ("911x5", "911"), ("９１１", "911"), ("٩١١", "911"),
            ("933", "test 933"), ("+1933", "test 933"), ("+933", "test 933"), ("9933", "test 933"),
            ("112", "112"), ("+112", "112"), ("0112", "112"), ("9112", "112"), ("+45112", "112"),
            ("+44 112", "112"), ("999", "999"), ("9999", "999"), ("+44999", "999"),
            ("0044999", "999"), ("011 45 112", "112"), ("0111911", "911"),
            ("sip:911@example.com", "911"), ("sips:911@example.com", "911"),
            ("SIP:911@EXAMPLE.COM;user=phone", "911"), ("sip:+1911@10.0.0.1:5060", "911"),
            ("sip:911;phone-context=+1@example.com;user=phone", "911"),
            ("sip:911:secret@example.com", "911"), ("sip:%39%31%31@example.com", "911"),
            ("sip:933@example.com", "test 933"), ("sip:112@[2001:db8::9]", "112"),
            ("tel:911", "911"), ("tel:911;phone-context=+1", "911"), ("tel:+1-911", "911"),
            ("\"Agent 4501\" <sip:911@pbx>", "911"), ("\"4501\" <sip:+1911@pbx>;tag=a", "911"),
            ("sip:911@example.com;cause=urn:service:counseling", "911"),
            ("tel:911;x=urn:service:counseling", "911"), ("91191", "911"), ("911111", "911"),
            ("91111", "911"), ("+1 911 911", "911"), ("11212", "112"),
            ("sip:933@h;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp\"", "test 933"),
            ("sip:urn%3Aservice%3Asos.fire@h", "urn:service:sos.fire"),
            ("tel:999", "999"), ("TEL:9-1-1", "911"), ("tel://911", "911"),
            ("urn:service:sos", "urn:service:sos"),
            ("URN:SERVICE:SOS.FIRE", "urn:service:sos.fire"),
            ("sip:urn:service:sos.police@example.com", "urn:service:sos.police"),
            ("urn:nena:service:sos", "urn:nena:service:sos"),
            ("urn:service:test.sos.fire", "test urn:service:test.sos.fire"),
        ];
        for (dialled, expected) in table {
            assert_eq!(word(dialled), expected, "{dialled:?}");
        }
    }

    #[test]
    fn only_what_is_clearly_ordinary_is_ordinary() {
        for dialled in [
            "2065550123",
            "12065550123",
            "+12065550123",
            "+1 (206) 555-0123",
            "912065550123",
            "555-0123",
            "+442079460123",
            "+45 91 12 34 56",
            "99912345",
            "91123456",
            "+911123456789",
            "5558911",
            "9112345678",
            "4501",
            "29004",
            "411",
            "611",
            "988",
            "sip:+12065550123@example.com;user=phone",
            "tel:+1-206-555-0911",
            "sip:4501@911.example.com",
            "tel:4501;ext=911",
            "urn:service:counseling",
            "sip:+12065550123@saturn:5060",
            "sip:+12065550123@h;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp\"",
            "\"911\" <sip:4501@pbx>",
        ] {
            assert_eq!(word(dialled), "ordinary", "{dialled:?}");
        }
    }

    #[test]
    fn in_doubt_it_is_an_emergency() {
        for dialled in [
            "",
            " ",
            "9",
            "91",
            "11",
            "000",
            "110",
            "help",
            "\0",
            "🚑",
            "sip:@",
            "sip:sos@a",
            "urn:",
            "urn:service:",
            "tel:",
            "%",
            "*",
            "anonymous",
        ] {
            assert_ne!(word(dialled), "ordinary", "{dialled:?}");
        }
    }

    #[test]
    fn a_number_knows_its_countries() {
        let countries = |text| match Dialled::recognise(text) {
            Recognised::Emergency {
                known: Some(number),
                ..
            } => number.countries.to_vec(),
            Recognised::Emergency { .. } | Recognised::Ordinary => Vec::new(),
        };
        assert!(countries("9911").contains(&Country::Us));
        assert!(countries("112").contains(&Country::Dk));
        assert_eq!(countries("999"), [Country::Gb]);
        for country in Country::ALL {
            assert!(
                EMERGENCY_NUMBERS
                    .iter()
                    .any(|number| !number.test && number.countries.contains(&country)),
                "{country} has an emergency number"
            );
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = Dialled::recognise(&text);
        }

        /// However a platform decorates it, an emergency number stays one.
        #[test]
        fn decoration_changes_nothing(
            number in prop::sample::select(vec!["911", "112", "999", "933"]),
            separator in prop::sample::select(vec!["", " ", "-", ".", "\u{a0}"]),
            prefix in prop::sample::select(vec!["", "+", "+1", "9", "sip:", "sip:+1", "tel:"]),
            suffix in prop::sample::select(vec!["", "#", "@h", ";user=phone", "@h;user=phone"]),
        ) {
            let digits: Vec<String> = number.chars().map(String::from).collect();
            let dialled = format!("{prefix}{}{suffix}", digits.join(separator));
            let Recognised::Emergency { number: found, test, .. } = Dialled::recognise(&dialled)
            else {
                return Err(TestCaseError::fail(dialled));
            };
            prop_assert_eq!(found, number);
            prop_assert_eq!(test, number == "933");
        }

        #[test]
        fn a_whole_american_number_is_ordinary(
            area in 201_u32..=989, exchange in 200_u32..=999, line in 0_u32..=9999,
        ) {
            prop_assume!(area % 100 != 11);
            let dialled = format!("+1{area}{exchange}{line:04}");
            prop_assert_eq!(Dialled::recognise(&dialled), Recognised::Ordinary);
        }
    }
}
