use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::{AgentId, FamilyId, Redeemed, StoreError};
use crate::secret::SecretHash;

/// How long a page that nobody has open stays signed in.
pub const DESK_IDLE: SignedDuration = SignedDuration::from_hours(1);
/// How long a page stays signed in at most: longer than any shift.
pub const DESK_LONGEST: SignedDuration = SignedDuration::from_hours(16);
/// How stale the note of the last use may be.
pub const DESK_NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// A page to be signed in with a code that has been proved.
#[derive(Clone, Debug)]
pub struct NewDeskSession {
    /// The group of the code that found it.
    pub lookup: String,
    /// What the browser's sign-in is called among the person's devices.
    pub name: String,
    /// The hash of its cookie.
    pub hash: SecretHash,
    /// Now.
    pub at: Timestamp,
}

/// A page that was signed in once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DeskSession {
    /// As whom.
    pub agent: AgentId,
    /// The sign-in.
    pub family: FamilyId,
    /// When it signed in.
    pub started_at: Timestamp,
    /// When it was last used, within [`DESK_NOTED_EVERY`].
    pub seen_at: Timestamp,
    /// Whether it was signed out, by the person or an administrator.
    pub revoked: bool,
}

impl DeskSession {
    /// When it ends if nobody uses it from now on.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        later(self.seen_at, DESK_IDLE).min(self.latest_end())
    }

    /// When it ends however much it is used.
    #[must_use]
    pub fn latest_end(&self) -> Timestamp {
        later(self.started_at, DESK_LONGEST)
    }

    /// Whether the note of its last use is old enough to be renewed.
    #[must_use]
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        now.duration_since(self.seen_at) >= DESK_NOTED_EVERY
    }
}

fn later(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Sign-ins of the security desk's page.
#[async_trait]
pub trait DeskSessions: Send + Sync {
    /// Uses a code up and signs a page in, both or neither.
    async fn open_desk(&self, session: NewDeskSession) -> Result<Redeemed, StoreError>;

    /// The sign-in with this cookie, ended or not.
    async fn desk_session(&self, cookie: SecretHash) -> Result<Option<DeskSession>, StoreError>;

    /// Notes that a page is in use. One that is used less recently than noted stays as it is.
    async fn note_desk(&self, cookie: SecretHash, now: Timestamp) -> Result<(), StoreError>;
}
