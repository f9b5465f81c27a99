use async_trait::async_trait;
use jiff::Timestamp;

use super::{AgentId, CallRef, StoreError};
use crate::record::Kind;

/// Something that the compliance record must show: see [`crate::record`].
///
/// It names people and calls only by identifiers that the store turns into keyed digests.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) kind: Kind,
    pub(super) at: Timestamp,
    pub(super) person: Option<AgentId>,
    pub(super) by: Option<AgentId>,
    pub(super) call: Option<CallRef>,
    pub(super) facts: Vec<(&'static str, Fact)>,
}

/// What else an entry says.
#[derive(Clone, Debug)]
pub(super) enum Fact {
    Count(i64),
    Keyed(String),
    Word(String),
}

impl Entry {
    /// Something that happened at a moment.
    #[must_use]
    pub const fn new(kind: Kind, at: Timestamp) -> Self {
        Self {
            kind,
            at,
            person: None,
            by: None,
            call: None,
            facts: Vec::new(),
        }
    }

    /// Whom it concerns. The entry gets a digest under the key of that person.
    #[must_use]
    pub fn of(mut self, person: &AgentId) -> Self {
        self.person = Some(person.clone());
        self
    }

    /// Who did it, where that is somebody else. A digest under the key of that person.
    #[must_use]
    pub fn by(mut self, person: &AgentId) -> Self {
        self.by = Some(person.clone());
        self
    }

    /// The call it belongs to. A digest of our own name for the call, which outlives the call.
    #[must_use]
    pub fn call(mut self, call: &CallRef) -> Self {
        self.call = Some(call.clone());
        self
    }

    /// A number that says nothing about whom: a version, a tier, seconds.
    #[must_use]
    pub fn count(mut self, name: &'static str, count: i64) -> Self {
        self.facts.push((name, Fact::Count(count)));
        self
    }

    /// A word of one of our vocabularies (`[a-z0-9_]{1,40}`; anything else becomes `other`). Never text that
    /// somebody wrote.
    #[must_use]
    pub fn word(mut self, name: &'static str, word: impl Into<String>) -> Self {
        self.facts.push((name, Fact::Word(word.into())));
        self
    }

    /// Something that must not stand in the record in clear, such as an address or a typed reason: only its
    /// digest does, under the key of the person the entry is about (or the installation's, when it is
    /// about nobody).
    #[must_use]
    pub fn keyed(mut self, name: &'static str, secret: impl Into<String>) -> Self {
        self.facts.push((name, Fact::Keyed(secret.into())));
        self
    }
}

/// The compliance record.
#[async_trait]
pub trait Records: Send + Sync {
    /// Takes an entry that no other verb brings along. Verbs that change something take theirs into the same
    /// transaction.
    ///
    /// # Errors
    /// When the store cannot be written.
    async fn record(&self, entry: Entry) -> Result<(), StoreError>;
}
