use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::{hex::hex, random};

/// A bearer token: 256 random bits, base64url. Opaque: everything about it is in the store.
#[derive(Clone, Debug)]
pub struct Token(SecretString);

impl Token {
    /// A new token.
    #[must_use]
    pub fn random() -> Self {
        Self(BASE64.encode(random::bytes::<32>()).into())
    }

    /// The token as it is handed out, once.
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

/// The SHA-256 of a token or key: what the store keeps and looks up.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(transparent)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// The hash of whatever was presented. Anything may be presented; only what was handed out is
    /// found.
    #[must_use]
    pub fn of(presented: &str) -> Self {
        Self(Sha256::digest(presented.as_bytes()).into())
    }

    /// Takes one back from the store. `None` for anything that is not 64 hexadecimal digits.
    #[must_use]
    pub fn from_stored(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The hash in lower-case hexadecimal, as it stands in the store.
    #[must_use]
    pub fn to_hex(self) -> String {
        hex(&self.0)
    }
}

impl PartialEq for SecretHash {
    /// Takes the same time wherever the two differ.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SecretHash {}

impl fmt::Debug for SecretHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretHash(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_token_hashes_the_same() {
        let token = Token::random();
        assert_eq!(token.expose().len(), 43);
        assert_eq!(token.hash(), SecretHash::of(token.expose()));
        assert_ne!(token.hash(), Token::random().hash());
    }

    #[test]
    fn debug_shows_neither_token_nor_hash() {
        let token = Token::random();
        let shown = format!("{token:?} {:?}", token.hash());
        assert!(!shown.contains(token.expose()));
        assert!(!shown.contains(&token.hash().to_hex()[..8]));
    }
}
