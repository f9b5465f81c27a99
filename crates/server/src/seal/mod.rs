//! Sealing what must not be readable at rest: home addresses, and everything about a call.
//!
//! XChaCha20-Poly1305 with a random nonce. A blob is `1 | key id (4) | nonce (24) | ciphertext`. The
//! associated data binds a blob to its table, its owner and the version of its content, so that a
//! blob copied to another row does not open.
//!
//! A key that is lost must not stop an emergency answer: opening fails with a typed error, the
//! caller serves what it can, and the alarm is raised by whoever loaded the keys.

mod call_keys;
mod key_file;

use std::fmt;

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

pub use call_keys::{CallKey, CallKeyError, CallKeyId, CallKeys};
pub use key_file::{KeyFileError, Keys, Origin};

use crate::{hex::hex, random};

/// The version of the blob layout; also the first byte of every blob.
const LAYOUT: u8 = 1;
const KEY_ID_LENGTH: usize = 4;
const NONCE_LENGTH: usize = 24;
const HEAD_LENGTH: usize = 1 + KEY_ID_LENGTH + NONCE_LENGTH;

/// What a blob is bound to: it opens only under the same three words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Binding<'a> {
    /// The table (or file) it stands in.
    pub table: &'a str,
    /// Whose it is: an agent's id, or a call's reference.
    pub owner: &'a str,
    /// The version of the content's shape.
    pub version: u16,
}

impl Binding<'_> {
    fn associated_data(&self) -> Vec<u8> {
        format!("{}|{}|{}", self.table, self.owner, self.version).into_bytes()
    }
}

/// Names a key inside a blob without saying anything about it.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct KeyId([u8; KEY_ID_LENGTH]);

impl KeyId {
    fn random() -> Self {
        Self(random::bytes())
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// One 256-bit key with its name. The key is wiped from memory when dropped.
#[derive(Clone)]
pub struct SealKey {
    id: KeyId,
    bytes: Zeroizing<[u8; 32]>,
}

impl SealKey {
    /// A new key.
    #[must_use]
    pub fn random() -> Self {
        Self {
            id: KeyId::random(),
            bytes: Zeroizing::new(random::bytes()),
        }
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The key itself, with its name, to be kept sealed under another key.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(KEY_ID_LENGTH + 32));
        bytes.extend_from_slice(&self.id.0);
        bytes.extend_from_slice(&*self.bytes);
        bytes
    }

    /// Reads what [`SealKey::to_bytes`] wrote. `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (id, key) = bytes.split_at_checked(KEY_ID_LENGTH)?;
        Some(Self {
            id: KeyId(id.try_into().ok()?),
            bytes: Zeroizing::new(key.try_into().ok()?),
        })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.bytes).into())
    }

    /// Seals `plain` for `binding`.
    #[must_use]
    pub fn seal(&self, binding: &Binding<'_>, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_LENGTH] = random::bytes();
        let sealed = self
            .cipher()
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: &binding.associated_data(),
                },
            )
            .expect("the cipher takes any message that fits in memory");
        let mut blob = Vec::with_capacity(HEAD_LENGTH + sealed.len());
        blob.push(LAYOUT);
        blob.extend_from_slice(&self.id.0);
        blob.extend_from_slice(&nonce);
        blob.extend_from_slice(&sealed);
        blob
    }

    /// Opens a blob that this key sealed for `binding`.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(
        &self,
        binding: &Binding<'_>,
        blob: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let key_id = key_of(blob)?;
        if key_id != self.id {
            return Err(OpenError::UnknownKey { key_id });
        }
        let nonce: [u8; NONCE_LENGTH] = blob[1 + KEY_ID_LENGTH..HEAD_LENGTH]
            .try_into()
            .map_err(|_| OpenError::Malformed)?;
        self.cipher()
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: &blob[HEAD_LENGTH..],
                    aad: &binding.associated_data(),
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| OpenError::Refused)
    }

    /// A keyed digest of `value` under a purpose: equal values give equal digests, and nobody
    /// without the key can guess a value (a phone number, say) from one.
    #[must_use]
    pub fn digest(&self, purpose: &str, value: &str) -> Digest {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&*self.bytes)
            .expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        Digest(mac.finalize().into_bytes().into())
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SealKey({})", self.id)
    }
}

/// A keyed digest, kept in place of what must not be kept.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest in lower-case hexadecimal, as it stands in the store.
    #[must_use]
    pub fn to_hex(self) -> String {
        hex(&self.0)
    }

    /// The digest itself.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Digest({})", &self.to_hex()[..8])
    }
}

/// The key a blob asks for.
///
/// # Errors
/// When the blob is no blob of ours.
pub fn key_of(blob: &[u8]) -> Result<KeyId, OpenError> {
    if blob.len() < HEAD_LENGTH || blob[0] != LAYOUT {
        return Err(OpenError::Malformed);
    }
    blob[1..=KEY_ID_LENGTH]
        .try_into()
        .map(KeyId)
        .map_err(|_| OpenError::Malformed)
}

/// Why a blob does not open. Never says anything about its content.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum OpenError {
    /// Not a blob, or of a layout this version does not know.
    #[error("the sealed value is damaged, or was written by a newer version")]
    Malformed,
    /// Tampered with, damaged, or moved from the place it was sealed for.
    #[error("the sealed value does not belong where it was found, or was changed")]
    Refused,
    /// Sealed under a key that is not there.
    #[error(
        "the seal key {key_id} is missing; restore the seal key file from before it was replaced"
    )]
    UnknownKey {
        /// The key it was sealed under.
        key_id: KeyId,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Binding<'_> = Binding {
        table: "standing",
        owner: "ag_1",
        version: 1,
    };

    #[test]
    fn opens_where_it_was_sealed_and_nowhere_else() {
        let key = SealKey::random();
        let blob = key.seal(&HERE, b"742 Evergreen Terrace");
        assert_eq!(&*key.open(&HERE, &blob).unwrap(), b"742 Evergreen Terrace");
        for elsewhere in [
            Binding {
                table: "place",
                ..HERE
            },
            Binding {
                owner: "ag_2",
                ..HERE
            },
            Binding { version: 2, ..HERE },
        ] {
            assert_eq!(key.open(&elsewhere, &blob), Err(OpenError::Refused));
        }
    }

    #[test]
    fn a_missing_key_is_named() {
        let (lost, found) = (SealKey::random(), SealKey::random());
        let blob = lost.seal(&HERE, b"x");
        assert_eq!(
            found.open(&HERE, &blob),
            Err(OpenError::UnknownKey { key_id: lost.id() })
        );
    }

    #[test]
    fn no_damage_opens_and_none_panics() {
        let key = SealKey::random();
        let blob = key.seal(&HERE, b"abc");
        for at in 0..blob.len() {
            let mut damaged = blob.clone();
            damaged[at] ^= 1;
            assert!(key.open(&HERE, &damaged).is_err());
            assert!(key.open(&HERE, &blob[..at]).is_err());
        }
    }

    #[test]
    fn neither_blob_nor_debug_shows_the_content() {
        let key = SealKey::random();
        let blob = key.seal(&HERE, b"Evergreen");
        assert!(!blob.windows(9).any(|window| window == b"Evergreen"));
        assert_eq!(format!("{key:?}"), format!("SealKey({})", key.id()));
    }

    #[test]
    fn digests_depend_on_key_purpose_and_value() {
        let (key, other) = (SealKey::random(), SealKey::random());
        let digest = key.digest("number", "+12065550123");
        assert_eq!(digest, key.digest("number", "+12065550123"));
        assert_ne!(digest, key.digest("agent", "+12065550123"));
        assert_ne!(digest, key.digest("number", "+12065550124"));
        assert_ne!(digest, other.digest("number", "+12065550123"));
    }
}
