//! How agents are named by platforms and people.
//!
//! Every name of an agent is kept once, in one form, so that a look-up is one indexed read however
//! the platform writes it. Nothing is guessed: `sip:maria.chen@elsewhere.example` is not
//! `maria.chen`, unless it was imported as her alias.

use emergency::{AddrSpec, E164};
use unicode_normalization::UnicodeNormalization;

/// The longest name that is looked up, in characters. Longer ones are nobody's.
const LIMIT: usize = 256;

/// The one form under which a name is kept and compared.
///
/// Case does not matter, nor how accents are composed (Unicode NFC). SIP URIs lose their scheme,
/// display name, parameters and headers (RFC 3261 section 19.1.4 compares user parts by case; no
/// platform that is supported here relies on it); telephone numbers become `+` and digits;
/// anything else stays as it is, trimmed.
#[must_use]
pub fn stored_name(name: &str) -> String {
    let named = AddrSpec::read(name);
    match (&named.host, named.number()) {
        (Some(host), _) => folded(&format!("{}@{host}", named.user)),
        (None, Some(number)) => number.to_string(),
        (None, None) => folded(&named.user),
    }
}

/// The forms under which `said` may have been kept, the most certain first: what it says as a
/// whole, and, for a SIP URI whose user part is a telephone number, that number.
#[must_use]
pub fn lookup_names(said: &str) -> Vec<String> {
    if said.chars().nth(LIMIT).is_some() {
        return Vec::new();
    }
    let whole = stored_name(said);
    if whole.is_empty() {
        return Vec::new();
    }
    let number = AddrSpec::read(said)
        .number()
        .as_ref()
        .map(E164::to_string)
        .filter(|number| *number != whole);
    std::iter::once(whole).chain(number).collect()
}

fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        #[rustfmt::skip]
        let table = [
            (" Maria.Chen ", "maria.chen"),
            ("Maria.Chen@Example.com", "maria.chen@example.com"),
            ("sip:maria.chen@example.com;user=phone", "maria.chen@example.com"),
            ("SIPS:Maria.Chen@EXAMPLE.com:5061?subject=x", "maria.chen@example.com"),
            ("sip:+12065550142@pbx.example.com;transport=tls", "+12065550142@pbx.example.com"),
            ("tel:+1-206-555-0142;ext=1", "+12065550142"),
            ("+1 (206) 555-0142", "+12065550142"),
            ("connect:7F3C", "connect:7f3c"),
            ("sip:maria.chen", "maria.chen"),
            ("<sip:maria.chen@example.com>", "maria.chen@example.com"),
            ("\"Maria\" <sip:maria%2Echen@example.com>;tag=a", "maria.chen@example.com"),
            ("12065550142", "+12065550142"),
            ("(206) 555-0142", "+12065550142"),
            ("tel:0012065550142", "+12065550142"),
            ("4501", "4501"),
            ("jose\u{301}", "jos\u{e9}"),
            ("", ""),
        ];
        for (written, stored) in table {
            assert_eq!(stored_name(written), stored, "{written:?}");
        }
    }

    #[test]
    fn looks_only_for_what_was_said() {
        assert_eq!(
            lookup_names("sip:+12065550142@pbx.example.com"),
            ["+12065550142@pbx.example.com", "+12065550142"]
        );
        assert_eq!(
            lookup_names("sip:2065550142@pbx"),
            ["2065550142@pbx", "+12065550142"]
        );
        assert_eq!(
            lookup_names("sip:maria.chen@elsewhere.example"),
            ["maria.chen@elsewhere.example"]
        );
        assert!(lookup_names("  ").is_empty());
        assert!(lookup_names(&"x".repeat(257)).is_empty());
    }
}
