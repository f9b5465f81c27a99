//! How agents are named by platforms and people.
//!
//! Every name of an agent is kept once, in one form, so that a look-up is one indexed read however
//! the platform writes it. Nothing is guessed: `sip:maria.chen@elsewhere.example` is not
//! `maria.chen`, unless it was imported as her alias.

use emergency::E164;

/// The longest name that is looked up, in characters. Longer ones are nobody's.
const LIMIT: usize = 256;

/// The one form under which a name is kept and compared.
///
/// Case does not matter. SIP URIs lose their scheme, parameters and headers (RFC 3261 section
/// 19.1.4 compares user parts by case; no platform that is supported here relies on it); telephone
/// numbers become `+` and digits; anything else stays as it is, trimmed.
#[must_use]
pub fn stored_name(name: &str) -> String {
    let name = name.trim();
    if let Some(rest) = strip_scheme(name, "sip:").or_else(|| strip_scheme(name, "sips:")) {
        let address = without_parameters(rest);
        return match address.split_once('@') {
            Some((user, host)) => {
                // The password of a user part, and the port and parameters of a host, name nobody.
                let user = user.split([':', ';']).next().unwrap_or(user);
                let host = host.split(':').next().unwrap_or(host);
                format!("{user}@{host}").to_lowercase()
            }
            None => stored_name(address),
        };
    }
    if let Some(rest) = strip_scheme(name, "tel:") {
        return stored_name(without_parameters(rest));
    }
    match name.parse::<E164>() {
        Ok(number) => number.to_string(),
        Err(_) => name.to_lowercase(),
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
    let number = whole
        .split_once('@')
        .and_then(|(user, _)| user.parse::<E164>().ok())
        .map(|number| number.to_string());
    std::iter::once(whole).chain(number).collect()
}

fn strip_scheme<'a>(name: &'a str, scheme: &str) -> Option<&'a str> {
    let (head, rest) = name.split_at_checked(scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}

fn without_parameters(rest: &str) -> &str {
    rest.split([';', '?']).next().unwrap_or(rest)
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
            lookup_names("sip:maria.chen@elsewhere.example"),
            ["maria.chen@elsewhere.example"]
        );
        assert!(lookup_names("  ").is_empty());
        assert!(lookup_names(&"x".repeat(257)).is_empty());
    }
}
