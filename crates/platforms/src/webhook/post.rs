use std::{fmt, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use reqwest::StatusCode;

use super::{HookUrl, Secrets, client::Signer};
use crate::{DeliveryFault, FaultCode};

/// How long a receiver may take in all.
const WHOLE: Duration = Duration::from_secs(15);

/// One request to one receiver.
#[derive(Clone, Eq, PartialEq)]
pub struct Hook {
    /// Where to.
    pub url: HookUrl,
    /// The notice's name, the same at every try.
    pub id: String,
    /// When this try is made.
    pub at: Timestamp,
    /// JSON.
    pub body: String,
}

impl fmt::Debug for Hook {
    /// Says nothing of what is in it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Hook")
            .field("url", &self.url)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Posts hooks.
#[async_trait]
pub trait Hooks: fmt::Debug + Send + Sync {
    /// Posts one; when this answers, the receiver has taken it.
    ///
    /// # Errors
    /// See [`DeliveryFault`].
    async fn post(&self, hook: &Hook) -> Result<(), DeliveryFault>;
}

/// Receivers on the web.
#[derive(Clone, Debug)]
pub struct Webhook(Signer);

impl Webhook {
    /// Prepares; connects only for the first hook.
    ///
    /// # Errors
    /// When TLS cannot be prepared.
    pub fn new(secrets: Secrets) -> Result<Self, WebhookError> {
        Ok(Self(Signer::new(secrets, WHOLE)?))
    }
}

#[async_trait]
impl Hooks for Webhook {
    async fn post(&self, hook: &Hook) -> Result<(), DeliveryFault> {
        let request = self
            .0
            .request(&hook.url, &hook.id, hook.at, hook.body.clone());
        match request.send().await {
            // What it says beside the status is nobody's business, and is not read.
            Ok(answer) => judge(answer.status()),
            Err(error) => Err(DeliveryFault::Transient(not_sent(&error))),
        }
    }
}

/// Why there is no answer.
pub(super) fn not_sent(error: &reqwest::Error) -> FaultCode {
    FaultCode::new(if error.is_timeout() {
        "timeout"
    } else {
        "unreachable"
    })
}

/// What an answer means. A receiver that is not there, busy or broken may be mended within the hour,
/// and so may a sign-in; one that understood and refuses, or is elsewhere, will go on doing so.
pub(super) fn judge(status: StatusCode) -> Result<(), DeliveryFault> {
    let code = FaultCode::new(format!("http_{}", status.as_u16()));
    match status.as_u16() {
        200..=299 => Ok(()),
        401 | 403 | 404 | 408 | 409 | 421 | 425 | 429 | 500..=599 => {
            Err(DeliveryFault::Transient(code))
        }
        _ => Err(DeliveryFault::Permanent(code)),
    }
}

/// TLS cannot be prepared.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("web hooks cannot be prepared: this machine has no certificates to trust")]
pub struct WebhookError;
