use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

/// The fewest characters of a secret.
pub const SECRET_LENGTH: usize = 16;
/// How far the clocks of sender and receiver may be apart.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// What requests are signed with: one secret, or two while it is being changed.
#[derive(Clone)]
pub struct Secrets(Vec<SecretString>);

impl Secrets {
    /// Reads a file's text: a secret on each line. With two lines every request carries two
    /// signatures, so that receivers can change over one after another.
    ///
    /// # Errors
    /// When there is none, or one is too short.
    pub fn read(text: &str) -> Result<Self, SecretsError> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let secrets: Vec<SecretString> = lines.map(SecretString::from).collect();
        if secrets.is_empty() {
            return Err(SecretsError::Empty);
        }
        if secrets.len() > 2 {
            return Err(SecretsError::TooMany);
        }
        let short = |secret: &SecretString| secret.expose_secret().chars().count() < SECRET_LENGTH;
        if secrets.iter().any(short) {
            return Err(SecretsError::Short);
        }
        Ok(Self(secrets))
    }

    /// The header that signs a body.
    #[must_use]
    pub fn sign(&self, at: Timestamp, body: &[u8]) -> String {
        let signed = self.0.iter().map(|secret| {
            let code = code(secret, &at.as_second().to_string(), body).finalize();
            let hex: String = code
                .into_bytes()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            format!("v1={hex}")
        });
        signed.collect::<Vec<_>>().join(",")
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secrets({})", self.0.len())
    }
}

/// Judges a request as a receiver does. `timestamp` and `signature` are the headers.
///
/// # Errors
/// See [`SignatureError`].
pub fn verify(
    secrets: &Secrets,
    timestamp: &str,
    signature: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<(), SignatureError> {
    let at = timestamp
        .parse()
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .ok_or(SignatureError::Unreadable)?;
    let right = signature.split(',').any(|one| {
        let Some(given) = one.trim().strip_prefix("v1=").and_then(unhex) else {
            return false;
        };
        let mut secrets = secrets.0.iter();
        // Compared in constant time.
        secrets.any(|secret| code(secret, timestamp, body).verify_slice(&given).is_ok())
    });
    if !right {
        return Err(SignatureError::Wrong);
    }
    if now.duration_since(at).abs() > TOLERANCE {
        return Err(SignatureError::OutOfTime);
    }
    Ok(())
}

fn code(secret: &SecretString, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut code = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .expect("HMAC takes keys of any length");
    code.update(timestamp.as_bytes());
    code.update(b".");
    code.update(body);
    code
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let nibble = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|n| u8::try_from(n).ok())
    };
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some(nibble(*high)? << 4 | nibble(*low)?),
            _ => None,
        })
        .collect()
}

/// Why a file holds no secret to sign with.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SecretsError {
    /// Nothing.
    #[error("the file is empty; it holds the secret, on a line of its own")]
    Empty,
    /// One that can be guessed.
    #[error("a secret has at least {SECRET_LENGTH} characters")]
    Short,
    /// More than an old and a new one.
    #[error(
        "the file holds more than two secrets: the one and, while it is being changed, the other"
    )]
    TooMany,
}

/// Why a request is not to be believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SignatureError {
    /// It was made at another time: it may have been recorded and sent again.
    #[error("the request was made at another time")]
    OutOfTime,
    /// The timestamp is no number.
    #[error("the timestamp is not readable")]
    Unreadable,
    /// No signature is right.
    #[error("no signature is right")]
    Wrong,
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "an old secret of ours";
    const NEW: &str = "the secret that follows";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).unwrap()
    }

    #[test]
    fn the_signature_is_what_the_documentation_says() {
        let secrets = Secrets::read("It's not a secret to anyone").unwrap();
        // printf '1795000000.{"a":1}' | openssl dgst -sha256 -hmac "It's not a secret to anyone"
        insta::assert_snapshot!(
            secrets.sign(at(0), br#"{"a":1}"#),
            @"v1=8ccf0ea41c6dfbee54ddf245410a860ead7ce8d8889e1f0548f5628cbf8082a9"
        );
    }

    #[test]
    fn a_receiver_takes_what_is_signed_fresh_and_unchanged() {
        let secrets = Secrets::read(OLD).unwrap();
        let (stamp, signature) = (at(0).as_second().to_string(), secrets.sign(at(0), b"body"));
        let judge = |stamp: &str, body: &[u8], now| verify(&secrets, stamp, &signature, body, now);
        assert_eq!(judge(&stamp, b"body", at(0)), Ok(()));
        assert_eq!(judge(&stamp, b"body", at(300)), Ok(()));
        assert_eq!(
            judge(&stamp, b"body", at(301)),
            Err(SignatureError::OutOfTime)
        );
        assert_eq!(
            judge(&stamp, b"body", at(-301)),
            Err(SignatureError::OutOfTime)
        );
        assert_eq!(judge(&stamp, b"Body", at(0)), Err(SignatureError::Wrong));
        let later = at(200).as_second().to_string();
        assert_eq!(judge(&later, b"body", at(200)), Err(SignatureError::Wrong));
        assert_eq!(
            judge("now", b"body", at(0)),
            Err(SignatureError::Unreadable)
        );
        for garbage in ["", "v1=", "v1=zz", "v0=00", "v1=é0", ",,,"] {
            let judged = verify(&secrets, &stamp, garbage, b"body", at(0));
            assert_eq!(judged, Err(SignatureError::Wrong), "{garbage:?}");
        }
    }

    #[test]
    fn a_secret_is_changed_without_a_request_being_lost() {
        let both = Secrets::read(&format!("{OLD}\n{NEW}\n")).unwrap();
        let (stamp, signature) = (at(0).as_second().to_string(), both.sign(at(0), b"x"));
        for one in [OLD, NEW] {
            let receiver = Secrets::read(one).unwrap();
            assert_eq!(verify(&receiver, &stamp, &signature, b"x", at(0)), Ok(()));
        }
    }

    #[test]
    fn a_secret_is_a_secret() {
        let refused = |text: &str| Secrets::read(text).unwrap_err();
        assert_eq!(refused(" \n"), SecretsError::Empty);
        assert_eq!(refused("short"), SecretsError::Short);
        assert_eq!(
            refused(&format!("{OLD}\n{NEW}\n{NEW}")),
            SecretsError::TooMany
        );
        let printed = format!("{:?}", Secrets::read(OLD).unwrap());
        assert_eq!(printed, "Secrets(1)");
    }
}
