use std::{fmt, str::FromStr};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::random;

/// Crockford's alphabet: nothing in it is mistaken for anything else in it.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP: usize = 4;
const LENGTH: usize = 3 * GROUP;

/// A one-time code that signs a device in, as `XXXX-XXXX-XXXX`.
///
/// The first group finds the code in the store (20 bits), the other two prove it (40 bits). Read
/// leniently: any case, spaces for dashes, `O` for `0`, `I` and `L` for `1`.
#[derive(Clone)]
pub struct EnrolmentCode {
    lookup: String,
    proof: SecretString,
}

impl EnrolmentCode {
    /// A new code.
    #[must_use]
    pub fn random() -> Self {
        let characters: String = random::bytes::<LENGTH>()
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
            .collect();
        Self::split(&characters)
    }

    /// The group under which the store keeps it.
    #[must_use]
    pub fn lookup(&self) -> &str {
        &self.lookup
    }

    /// The whole code, as it is handed out, once.
    #[must_use]
    pub fn expose(&self) -> String {
        let proof = self.proof.expose_secret();
        format!("{}-{}-{}", self.lookup, &proof[..GROUP], &proof[GROUP..])
    }

    /// What is kept of the proof. Takes tens of milliseconds of processor time, on purpose: it
    /// runs on a thread for blocking work.
    ///
    /// # Errors
    /// When the machine has no memory for it.
    pub async fn hash(&self) -> Result<CodeHash, EnrolmentCodeError> {
        let proof = self.proof.clone();
        off_the_runtime(move || {
            Argon2::default()
                .hash_password(proof.expose_secret().as_bytes())
                .map(|hash| CodeHash(hash.to_string()))
                .map_err(|_| EnrolmentCodeError::Unavailable)
        })
        .await
    }

    /// Whether this is the code that was handed out. As slow as [`EnrolmentCode::hash`]. Without
    /// a hash (no such code) it takes as long and says no, so that the time tells nothing.
    ///
    /// # Errors
    /// When the machine has no memory for it, or what was kept is damaged.
    pub async fn proves(&self, kept: Option<CodeHash>) -> Result<bool, EnrolmentCodeError> {
        let proof = self.proof.clone();
        off_the_runtime(move || {
            let Some(kept) = kept else {
                let _ = Argon2::default().hash_password(proof.expose_secret().as_bytes());
                return Ok(false);
            };
            let hash = PasswordHash::new(&kept.0).map_err(|_| EnrolmentCodeError::Unavailable)?;
            Ok(Argon2::default()
                .verify_password(proof.expose_secret().as_bytes(), &hash)
                .is_ok())
        })
        .await
    }

    fn split(characters: &str) -> Self {
        let (lookup, proof) = characters.split_at(GROUP);
        Self {
            lookup: lookup.to_owned(),
            proof: proof.to_owned().into(),
        }
    }
}

async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, EnrolmentCodeError> + Send + 'static,
) -> Result<T, EnrolmentCodeError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or(Err(EnrolmentCodeError::Unavailable))
}

impl FromStr for EnrolmentCode {
    type Err = EnrolmentCodeError;

    fn from_str(typed: &str) -> Result<Self, EnrolmentCodeError> {
        let mut characters = String::with_capacity(LENGTH);
        for typed in typed.chars() {
            let character = match typed.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                '-' | '\u{2010}'..='\u{2015}' => continue,
                other if other.is_whitespace() => continue,
                other => other,
            };
            let known = u8::try_from(character).is_ok_and(|byte| ALPHABET.contains(&byte));
            if !known || characters.len() == LENGTH {
                return Err(EnrolmentCodeError::Unreadable);
            }
            characters.push(character);
        }
        if characters.len() < LENGTH {
            return Err(EnrolmentCodeError::Unreadable);
        }
        Ok(Self::split(&characters))
    }
}

impl fmt::Debug for EnrolmentCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EnrolmentCode(..)")
    }
}

/// The argon2id hash of a code's proof, as a PHC string.
#[derive(Clone)]
pub struct CodeHash(String);

impl CodeHash {
    /// Reads a hash back from the store.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The hash as it stands in the store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CodeHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CodeHash(..)")
    }
}

/// Why a code cannot be used. Says nothing about whether it exists.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum EnrolmentCodeError {
    /// The machine could not check it now.
    #[error("the code cannot be checked now")]
    Unavailable,
    /// It is not written as a code is.
    #[error("a code has three groups of four letters or digits, such as 7QK2-M9XD-4TWA")]
    Unreadable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_code_as_people_type_it() {
        let code: EnrolmentCode = " 7qk2 M9xd\u{2013}4twO ".parse().unwrap();
        assert_eq!(code.expose(), "7QK2-M9XD-4TW0");
        assert_eq!(code.lookup(), "7QK2");
    }

    #[test]
    fn refuses_what_is_no_code() {
        for typed in ["", "7QK2-M9XD", "7QK2-M9XD-4TWA-1", "7QK2-M9XD-4TU!", "é"] {
            assert_eq!(
                typed.parse::<EnrolmentCode>().unwrap_err(),
                EnrolmentCodeError::Unreadable,
                "{typed:?}"
            );
        }
    }

    #[tokio::test]
    async fn only_the_code_that_was_handed_out_proves() {
        let code = EnrolmentCode::random();
        let kept = code.hash().await.unwrap();
        assert!(kept.as_str().starts_with("$argon2id$"));
        let typed: EnrolmentCode = code.expose().to_lowercase().parse().unwrap();
        assert_eq!(typed.proves(Some(kept.clone())).await, Ok(true));
        let other: EnrolmentCode = format!("{}-0000-0000", code.lookup()).parse().unwrap();
        assert_eq!(other.proves(Some(kept)).await, Ok(false));
        assert_eq!(code.proves(None).await, Ok(false));
        assert_eq!(format!("{code:?}"), "EnrolmentCode(..)");
    }
}
