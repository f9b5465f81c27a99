use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::{AgentId, StoreError, opaque_id::opaque_id};
use crate::secret::SecretHash;

/// How long the refresh token just before the newest may be used again: an answer that was lost on
/// the way is not theft.
pub const LOST_ANSWER_GRACE: SignedDuration = SignedDuration::from_mins(10);

opaque_id! {
    /// A computer an agent signed in on.
    DeviceId "dv"
}

opaque_id! {
    /// One sign-in on one device, and every token that came of it.
    FamilyId "tf"
}

/// The hashes of a new pair of tokens.
#[derive(Clone, Copy, Debug)]
pub struct NewTokens {
    /// Of the access token.
    pub access: SecretHash,
    /// Of the refresh token.
    pub refresh: SecretHash,
    /// From when the access token no longer works.
    pub access_expires_at: Timestamp,
}

/// What an access token is worth.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Access {
    /// It was good once, and its time is over.
    Expired,
    /// It is good.
    Granted {
        /// Whose it is.
        agent: AgentId,
        /// The sign-in it belongs to.
        family: FamilyId,
        /// Until when.
        until: Timestamp,
    },
    /// Its family was revoked or signed out.
    Revoked,
    /// Nobody's.
    Unknown,
}

/// How rotating a refresh token went.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Rotation {
    /// It had been used before: the whole family is revoked now, or had been.
    Revoked,
    /// The new pair works; the one before does not.
    Rotated {
        /// Whose.
        agent: AgentId,
        /// The sign-in.
        family: FamilyId,
    },
    /// Nobody's.
    Unknown,
}

/// Tokens and their families.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// What an access token is worth now.
    async fn access(&self, token: SecretHash, now: Timestamp) -> Result<Access, StoreError>;

    /// Gives the next pair for a refresh token.
    ///
    /// A token that was rotated before revokes its family. The one exception is the token just
    /// before the newest, within [`LOST_ANSWER_GRACE`] of its rotation: its answer may have been
    /// lost, so the pair of that answer is voided and a new one given. A voided token that turns up
    /// after all revokes the family: two parties hold tokens.
    async fn rotate(
        &self,
        token: SecretHash,
        next: NewTokens,
        now: Timestamp,
    ) -> Result<Rotation, StoreError>;

    /// Signs out: the family's tokens stop working. Doing it twice is no error.
    async fn sign_out(&self, family: &FamilyId, now: Timestamp) -> Result<(), StoreError>;

    /// Signs an agent out on every device. The number of sign-ins that worked until now.
    async fn sign_out_everywhere(&self, agent: &AgentId, now: Timestamp)
    -> Result<u64, StoreError>;
}
