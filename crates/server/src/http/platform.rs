use axum::{extract::FromRequestParts, http::request::Parts};
use tokio::time::Instant;

use super::{App, Refusal, caller::Presented};
use crate::{secret::SecretHash, telephony::KeyCheck};

/// A telephony platform, by its key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Platform {
    /// The name of the key, which belongs to the name of every call.
    pub key: String,
    /// Whether the key is known. When the store cannot be asked and the last-known copy does not have
    /// it, a key that is written as ours are is believed for as much as an answer without any location:
    /// a call must go out, and nobody's address may.
    pub trusted: bool,
    /// What the key hashes to.
    pub hash: SecretHash,
    /// When it began to ask: the budget of the answer runs from here.
    pub began: Instant,
}

impl FromRequestParts<App> for Platform {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let began = Instant::now();
        let presented = Presented::of(&parts.headers)?;
        let checked = app.telephony.check_key(presented.hash()).await;
        match checked {
            KeyCheck::Platform(key) => Ok(Self {
                key,
                trusted: true,
                hash: presented.hash(),
                began,
            }),
            KeyCheck::CannotTell => presented
                .key_name()
                .map(|key| Self {
                    key,
                    trusted: false,
                    hash: presented.hash(),
                    began,
                })
                .ok_or_else(Refusal::unauthenticated),
            KeyCheck::OtherRole => Err(Refusal::forbidden()),
            KeyCheck::Unknown => Err(Refusal::unauthenticated()),
        }
    }
}
