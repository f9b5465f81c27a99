use async_trait::async_trait;
use jiff::Timestamp;

use super::{AgentId, DeviceId, NewTokens, StoreError};
use crate::secret::CodeHash;

/// An enrolment code to be kept.
#[derive(Clone, Debug)]
pub struct NewCode {
    /// Whose device it signs in.
    pub agent: AgentId,
    /// The group that finds it.
    pub lookup: String,
    /// What is kept of the rest.
    pub hash: CodeHash,
    /// Now.
    pub at: Timestamp,
    /// From when it no longer works.
    pub expires_at: Timestamp,
}

/// An enrolment code that is known.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// Whose device it signs in.
    pub agent: AgentId,
    /// What is kept of it.
    pub hash: CodeHash,
}

/// A device to be signed in with a code that has been proved.
#[derive(Clone, Debug)]
pub struct NewDevice {
    /// The group of the code that found it.
    pub lookup: String,
    /// What the computer is called.
    pub name: String,
    /// The first pair of tokens.
    pub tokens: NewTokens,
    /// Now.
    pub at: Timestamp,
}

/// How using a code went.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Redeemed {
    /// It had run out.
    Expired,
    /// The device is signed in; the code is used up.
    SignedIn {
        /// As whom.
        agent: AgentId,
        /// The device.
        device: DeviceId,
    },
    /// There is none by that look-up.
    Unknown,
    /// It had been used before.
    Used,
}

/// Enrolment codes.
#[async_trait]
pub trait Enrolments: Send + Sync {
    /// Keeps a code. `false` when another code that may still be used has the same look-up: make
    /// another.
    async fn save_code(&self, code: NewCode) -> Result<bool, StoreError>;

    /// The code under a look-up, used, expired or not: the caller proves it first, so that only
    /// who holds the code learns what became of it.
    async fn code(&self, lookup: &str) -> Result<Option<CodeRow>, StoreError>;

    /// Uses a code up and signs the device in, both or neither.
    async fn redeem(&self, device: NewDevice) -> Result<Redeemed, StoreError>;
}
