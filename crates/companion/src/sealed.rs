//! What is kept on disk can be read only with a key from the keychain, and only as what it was
//! kept as.
//!
//! XChaCha20-Poly1305 with a random nonce. A file is `version (1) | nonce (24) | ciphertext`; the
//! associated data is the file's name and version, so that one file cannot be passed off as
//! another. Whatever does not open counts as corrupt.

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::random::{self, NoRandomness};

/// The version of the files' shape; also their first byte.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// The key to the files. Wiped from memory when dropped, and never printed.
pub(crate) struct SealKey(Zeroizing<[u8; 32]>);

impl SealKey {
    /// A new key.
    pub(crate) fn random() -> Result<Self, NoRandomness> {
        random::secret().map(Self)
    }

    /// As the keychain holds it.
    pub(crate) fn to_secret(&self) -> SecretString {
        SecretString::from(BASE64_STANDARD_NO_PAD.encode(*self.0))
    }

    /// From what the keychain holds; `None` when that is no key.
    pub(crate) fn from_secret(secret: &SecretString) -> Option<Self> {
        let bytes = BASE64_STANDARD_NO_PAD
            .decode(secret.expose_secret().trim())
            .map(Zeroizing::new)
            .ok()?;
        let key = <[u8; 32]>::try_from(bytes.as_slice()).ok()?;
        Some(Self(Zeroizing::new(key)))
    }

    /// Seals `content` as the file of this name.
    pub(crate) fn seal(&self, name: &str, content: &impl Serialize) -> Result<Vec<u8>, SealError> {
        let plain = Zeroizing::new(serde_json::to_vec(content).map_err(|_| SealError::Content)?);
        let nonce: [u8; NONCE] = random::bytes()?;
        let payload = Payload {
            msg: &plain,
            aad: &binding(name),
        };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError::Content)?;
        let mut file = Vec::with_capacity(1 + NONCE + sealed.len());
        file.push(VERSION);
        file.extend_from_slice(&nonce);
        file.extend_from_slice(&sealed);
        Ok(file)
    }

    /// Opens the file of this name; `None` when it is corrupt, of another version, sealed by
    /// another key, or another file.
    pub(crate) fn open<T: DeserializeOwned>(&self, name: &str, file: &[u8]) -> Option<T> {
        let (version, rest) = file.split_first()?;
        let (nonce, sealed) = rest.split_at_checked(NONCE)?;
        if *version != VERSION {
            return None;
        }
        let nonce = <[u8; NONCE]>::try_from(nonce).ok()?;
        let payload = Payload {
            msg: sealed,
            aad: &binding(name),
        };
        let plain = self.cipher().decrypt(&XNonce::from(nonce), payload).ok()?;
        serde_json::from_slice(&Zeroizing::new(plain)).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }
}

fn binding(name: &str) -> Vec<u8> {
    format!("whereabouts|{name}|{VERSION}").into_bytes()
}

/// Why something could not be sealed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum SealError {
    /// It cannot be written as JSON.
    #[error("it cannot be written down")]
    Content,
    /// There is no nonce.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn opens_only_whole_and_only_as_what_it_was() {
        let key = SealKey::random().unwrap();
        let file = key.seal("outbox", &"2121 7th Ave").unwrap();
        assert!(!file.windows(4).any(|window| window == b"2121"));
        assert_eq!(key.open("outbox", &file), Some("2121 7th Ave".to_owned()));
        assert_eq!(key.open::<String>("remembered", &file), None);
        assert_eq!(key.open::<u64>("outbox", &file), None);
        let other = SealKey::random().unwrap();
        assert_eq!(other.open::<String>("outbox", &file), None);
        for at in 0..file.len() {
            let mut torn = file.clone();
            torn[at] ^= 1;
            assert_eq!(key.open::<String>("outbox", &torn), None, "byte {at}");
            assert_eq!(
                key.open::<String>("outbox", &file[..at]),
                None,
                "cut at {at}"
            );
        }
    }

    #[test]
    fn a_key_survives_the_keychain_and_nothing_else_is_one() {
        let key = SealKey::random().unwrap();
        let file = key.seal("outbox", &1).unwrap();
        let again = SealKey::from_secret(&key.to_secret()).unwrap();
        assert_eq!(again.open("outbox", &file), Some(1));
        for wrong in ["", "!", "AAAA"] {
            assert!(SealKey::from_secret(&SecretString::from(wrong)).is_none());
        }
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(file in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(SealKey::random().unwrap().open::<String>("outbox", &file), None);
        }
    }
}
