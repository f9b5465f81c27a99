use std::{fmt, str::FromStr};

use secrecy::{ExposeSecret as _, SecretString};

use super::{SecretHash, Token};

/// The longest name of a key, in characters.
const NAME_LIMIT: usize = 40;

/// The name an administrator gives a key: 1 to 40 of `a-z A-Z 0-9 - _`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct KeyName(String);

impl KeyName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for KeyName {
    type Err = KeyNameError;

    fn from_str(text: &str) -> Result<Self, KeyNameError> {
        let fits = (1..=NAME_LIMIT).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(KeyNameError)
        }
    }
}

/// A name that no key can have.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("a key's name has 1 to {NAME_LIMIT} letters, digits, '-' or '_'")]
pub struct KeyNameError;

/// A key for a machine: `wk_`, its name, `_`, 256 random bits. Letters, digits, `-` and `_` only, so
/// that it can stand in a header, a shell and a configuration file unquoted.
#[derive(Clone, Debug)]
pub struct ApiKey(SecretString);

impl ApiKey {
    /// A new key.
    #[must_use]
    pub fn random(name: &KeyName) -> Self {
        Self(format!("wk_{name}_{}", Token::random().expose()).into())
    }

    /// The key as it is handed out, once.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(self.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_anywhere_unquoted() {
        let key = ApiKey::random(&"connect-prod".parse().unwrap());
        assert!(key.expose().starts_with("wk_connect-prod_"));
        assert!(
            key.expose()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        );
    }

    #[test]
    fn names_have_one_door() {
        for bad in ["", "a b", "a:b", "ключ", &"x".repeat(41)] {
            assert_eq!(bad.parse::<KeyName>(), Err(KeyNameError), "{bad:?}");
        }
    }
}
