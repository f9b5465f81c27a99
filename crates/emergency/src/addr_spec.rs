use crate::E164;

/// The most characters of an address that are read. None that reaches anybody is longer.
const LIMIT: usize = 512;

/// What a call may begin with, to get an international line, before a country's calling code.
const INTERNATIONAL_PREFIXES: [&str; 2] = ["011", "00"];

/// Whom or what a platform names: a SIP URI (RFC 3261, section 19.1), a `tel:` URI (RFC 3966), a
/// service URN (RFC 5031), or text that is none of them.
///
/// A `name-addr` (RFC 3261, section 25.1) is read by what stands between its angle brackets: the
/// display name is for people, and a number in it was not dialled. Percent escapes are resolved,
/// and digits of other scripts are ASCII digits.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AddrSpec {
    /// Who at the host, or the number, or the whole text; without passwords and parameters.
    pub user: String,
    /// Where, in lower case and without its port; only a SIP URI has one.
    pub host: Option<String>,
}

impl AddrSpec {
    /// Reads what it can; a text that is no URI is the user, whole. Only the first 512 characters
    /// are looked at.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text: String = text.trim().chars().take(LIMIT).collect();
        let address = bracketed(&text).unwrap_or(&text).trim();
        for scheme in ["sips:", "sip:", "callto:"] {
            if let Some(rest) = strip_scheme(address, scheme) {
                return Self::sip(rest);
            }
        }
        let user = match strip_scheme(address, "tel:") {
            Some(number) => without_parameters(number.trim_start_matches('/')),
            None => address,
        };
        Self {
            user: plain(user),
            host: None,
        }
    }

    fn sip(rest: &str) -> Self {
        let rest = rest.trim_start_matches('/');
        let (user, host) = match rest.split_once('@') {
            Some((user, host)) => (user, Some(host)),
            None => (rest, None),
        };
        let user = without_parameters(user);
        // The password of a user part is nobody's name; the colons of a URN are its own.
        let user = if strip_scheme(user, "urn:").is_some() {
            user
        } else {
            user.split(':').next().unwrap_or(user)
        };
        Self {
            user: plain(user),
            host: host.map(host_name).filter(|host| !host.is_empty()),
        }
    }

    /// The service URN that is named, in lower case.
    #[must_use]
    pub fn service(&self) -> Option<String> {
        strip_scheme(&self.user, "urn:").map(|_| self.user.to_lowercase())
    }

    /// The telephone number that is named: E.164, with or without its plus, behind an international
    /// prefix, or ten digits of North America.
    #[must_use]
    pub fn number(&self) -> Option<E164> {
        let number = self.user.trim();
        if let Ok(number) = number.parse() {
            return Some(number);
        }
        if number
            .chars()
            .any(|c| !(c.is_ascii_digit() || " .-()/\u{a0}".contains(c)))
        {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let abroad = INTERNATIONAL_PREFIXES
            .iter()
            .find_map(|prefix| digits.strip_prefix(prefix));
        match (abroad, digits.len()) {
            (Some(whole), _) => format!("+{whole}").parse().ok(),
            (None, 10) => format!("+1{digits}").parse().ok(),
            (None, 11..=15) => format!("+{digits}").parse().ok(),
            (None, _) => None,
        }
    }
}

/// What stands between the angle brackets of a `name-addr`. A quoted display name may hold
/// brackets itself, so it is the last pair that counts; one that is never closed counts too.
fn bracketed(text: &str) -> Option<&str> {
    let (_, inner) = text.rsplit_once('<')?;
    let inner = inner.split('>').next().unwrap_or(inner);
    (!inner.trim().is_empty()).then_some(inner)
}

fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}

fn without_parameters(text: &str) -> &str {
    text.split([';', '?']).next().unwrap_or(text)
}

/// The host of a SIP URI: without port, parameters and headers. The colons of an IPv6 address stand
/// in its square brackets.
fn host_name(text: &str) -> String {
    let text = without_parameters(text);
    let host = match text.split_once(']') {
        Some((address, _)) => format!("{address}]"),
        None => text.split(':').next().unwrap_or(text).to_owned(),
    };
    host.trim().to_lowercase()
}

/// Percent escapes (RFC 3986) resolved where they make text, digits of other scripts as ASCII.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit = || char::from(ahead.next()?).to_digit(16);
        let escaped = (byte == b'%')
            .then(|| digit().zip(digit()))
            .flatten()
            .and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        match escaped {
            Some(plain) => {
                bytes.push(plain);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes)
        .trim()
        .chars()
        .map(|c| ascii_form(c).unwrap_or(c))
        .collect()
}

/// Arabic-Indic and fullwidth digits, and the fullwidth plus, as ASCII.
fn ascii_form(c: char) -> Option<char> {
    let zero = match c {
        '\u{FF0B}' => return Some('+'),
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn user_and_host_however_they_are_written() {
        #[rustfmt::skip]
        let table = [
            ("maria.chen", "maria.chen", None),
            ("sip:maria.chen@Example.com;user=phone", "maria.chen", Some("example.com")),
            ("<sip:maria.chen@example.com>", "maria.chen", Some("example.com")),
            ("\"Maria <4501>\" <sips:maria%2Echen@example.com:5061>;tag=a", "maria.chen", Some("example.com")),
            ("\"Agent 4501\" <sip:911@pbx>", "911", Some("pbx")),
            ("sip:911:secret@[2001:db8::9]:5060", "911", Some("[2001:db8::9]")),
            ("sip:911;phone-context=+1@example.com", "911", Some("example.com")),
            ("sip:urn:service:sos.police@example.com", "urn:service:sos.police", Some("example.com")),
            ("tel:+1-911;x=urn:service:counseling", "+1-911", None),
            ("TEL://911", "911", None),
            ("sip:＋1２", "+12", None),
            ("<", "<", None),
            ("", "", None),
        ];
        for (text, user, host) in table {
            let read = AddrSpec::read(text);
            assert_eq!(
                (read.user.as_str(), read.host.as_deref()),
                (user, host),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_number_in_any_form_is_one_number() {
        for text in [
            "+12065550123",
            "12065550123",
            "2065550123",
            "(206) 555-0123",
            "0012065550123",
            "011 1 206 555 0123",
            "tel:+1-206-555-0123;ext=1",
            "sip:+12065550123@pbx.example.com;user=phone",
            "<sip:12065550123@h>",
            "sip:%2B12065550123@h",
            "＋12065550123",
        ] {
            let number = AddrSpec::read(text).number();
            assert_eq!(
                number.as_ref().map(E164::as_str),
                Some("+12065550123"),
                "{text:?}"
            );
        }
        for text in [
            "",
            "anonymous",
            "911",
            "4501",
            "sip:maria@example.com",
            "206555012x",
            "\0",
        ] {
            assert_eq!(AddrSpec::read(text).number(), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let read = AddrSpec::read(&text);
            prop_assert!(read.service().is_none() || read.number().is_none());
        }
    }
}
