use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The longest address that can be mailed to (RFC 5321 section 4.5.3.1.3, without the brackets).
const LONGEST: usize = 254;
/// The longest part before the `@` (RFC 5321 section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;
/// The longest label of a domain (RFC 1035 section 2.3.4).
const LONGEST_LABEL: usize = 63;

/// An address mail can be sent to: the plain form `name@host.example` of RFC 5321, in ASCII.
///
/// Quoted names, address literals, comments and display names are refused with the reason: nobody's
/// security desk needs them, and every one is a way to smuggle something into a header. The domain is
/// kept in lower case. `Debug` hides the name.
#[derive(Clone, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct MailAddress(String);

impl MailAddress {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for MailAddress {
    type Err = MailAddressError;

    fn from_str(text: &str) -> Result<Self, MailAddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MailAddressError::Empty);
        }
        if text.contains(['<', '>']) {
            return Err(MailAddressError::DisplayName);
        }
        if !text.is_ascii() {
            return Err(MailAddressError::NotAscii);
        }
        let Some((local, domain)) = text.split_once('@') else {
            return Err(MailAddressError::NoAt);
        };
        if domain.contains('@') {
            return Err(MailAddressError::TwoAts);
        }
        check_local(local)?;
        check_domain(domain)?;
        if text.len() > LONGEST {
            return Err(MailAddressError::TooLong);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
}

fn check_local(local: &str) -> Result<(), MailAddressError> {
    if local.is_empty() {
        return Err(MailAddressError::NoName);
    }
    if local.len() > LONGEST_LOCAL {
        return Err(MailAddressError::TooLong);
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(MailAddressError::Dots);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    match local.chars().find(|c| !plain(*c)) {
        Some(c) => Err(MailAddressError::Character(c)),
        None => Ok(()),
    }
}

fn check_domain(domain: &str) -> Result<(), MailAddressError> {
    if domain.is_empty() || !domain.contains('.') && domain != "localhost" {
        return Err(MailAddressError::NoHost);
    }
    for label in domain.split('.') {
        if label.is_empty() {
            return Err(MailAddressError::Dots);
        }
        if label.len() > LONGEST_LABEL {
            return Err(MailAddressError::TooLong);
        }
        let odd = |c: &char| !(c.is_ascii_alphanumeric() || *c == '-');
        if let Some(c) = label.chars().find(odd) {
            return Err(MailAddressError::Character(c));
        }
        if label.starts_with('-') || label.ends_with('-') {
            return Err(MailAddressError::Character('-'));
        }
    }
    Ok(())
}

impl fmt::Display for MailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MailAddress(…@{})", self.domain())
    }
}

impl TryFrom<String> for MailAddress {
    type Error = MailAddressError;

    fn try_from(text: String) -> Result<Self, MailAddressError> {
        text.parse()
    }
}

impl From<MailAddress> for String {
    fn from(address: MailAddress) -> Self {
        address.0
    }
}

/// Why a text is no address to mail to.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum MailAddressError {
    /// A character that has no place there.
    #[error("the character {0:?} cannot stand in an e-mail address")]
    Character(char),
    /// A name in front of an address in angle brackets.
    #[error("write the address alone, without a name and without < and >")]
    DisplayName,
    /// Two dots in a row, or one at an end.
    #[error("a dot stands at an end, or two stand side by side")]
    Dots,
    /// Nothing.
    #[error("it is empty")]
    Empty,
    /// No `@`.
    #[error("an e-mail address has an @ between name and host")]
    NoAt,
    /// No host that mail could go to.
    #[error("a whole host name, such as example.com, has to follow the @")]
    NoHost,
    /// Nothing before the `@`.
    #[error("nothing stands before the @")]
    NoName,
    /// Letters that plain mail cannot carry.
    #[error("only plain ASCII letters can be mailed to; write the host in its xn-- form")]
    NotAscii,
    /// Longer than mail servers take.
    #[error("it is longer than an e-mail address may be (64 before the @, 254 in all)")]
    TooLong,
    /// More than one `@`.
    #[error("it has two @; separate addresses with a semicolon")]
    TwoAts,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_be_mailed_to() {
        let long_local = format!("{}@example.com", "a".repeat(64));
        for (given, kept) in [
            ("wardens.seattle@example.com", "wardens.seattle@example.com"),
            (" desk+911@Example.COM ", "desk+911@example.com"),
            ("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"),
            ("root@localhost", "root@localhost"),
            ("x@xn--bcher-kva.example", "x@xn--bcher-kva.example"),
            (&long_local, &long_local),
        ] {
            assert_eq!(given.parse::<MailAddress>().unwrap().as_str(), kept);
        }
    }

    #[test]
    fn every_refusal_says_what_to_change() {
        let long = format!("{}@example.com", "a".repeat(65));
        let refusals: Vec<String> = [
            "",
            "desk",
            "@example.com",
            "desk@",
            "desk@host",
            "a@b@c.example",
            "a..b@example.com",
            "a@example..com",
            "a b@example.com",
            "a@-example.com",
            "a@exa_mple.com",
            "\"a b\"@example.com",
            "Desk <desk@example.com>",
            "desk@bücher.example",
            "desk@example.com\r\nBcc: x@y.example",
            "desk,lobby@example.com",
            &long,
        ]
        .iter()
        .map(|text| text.parse::<MailAddress>().unwrap_err().to_string())
        .collect();
        insta::assert_snapshot!(refusals.join("\n"));
    }

    #[test]
    fn debug_hides_the_name() {
        let address: MailAddress = "maria.chen@example.com".parse().unwrap();
        insta::assert_snapshot!(format!("{address:?}"), @"MailAddress(…@example.com)");
    }

    proptest! {
        #[test]
        fn nothing_that_is_kept_can_break_a_header(text in "\\PC{0,40}@\\PC{0,40}") {
            if let Ok(address) = text.parse::<MailAddress>() {
                let kept = address.as_str();
                prop_assert!(kept.bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert!(!kept.contains([',', ';', '<', '>', '"', '(', ')', '\\']));
                prop_assert_eq!(kept.parse::<MailAddress>().unwrap(), address);
            }
        }
    }
}
