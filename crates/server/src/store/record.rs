use async_trait::async_trait;
use jiff::Timestamp;
use location::{PlaceClass, SeatId, SiteId, Verdict};

use super::{AgentId, CallRef, StoreError};
use crate::record::{Batch, Head, Kind, Link, NodeId, PublicKey, SignedHead};

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

/// A row of the history as the record knows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RecordedRow {
    /// Whose.
    pub agent: AgentId,
    /// Their username, to name the row to an administrator.
    pub username: String,
    /// Which row.
    pub version: u64,
    /// What the record would say of the row as it stands; `None` when the person's key cannot be had.
    pub digest: Option<String>,
    /// Whether the row says that the record speaks of it.
    pub recorded: bool,
}

/// What was known of somebody at a moment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KnownAt {
    /// The username.
    pub username: String,
    /// Their team, as it is now.
    pub team: String,
    /// Their default site, as it is now.
    pub default_site: Option<SiteId>,
    /// The last they had said; `None` when they had said nothing.
    pub said: Option<SaidAt>,
}

/// A row of the history.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SaidAt {
    /// Which of theirs.
    pub version: u64,
    /// What it was: [`Kind::Confirmed`], [`Kind::Declined`] or [`Kind::ShiftEnded`].
    pub kind: Kind,
    /// When they said so.
    pub at: Timestamp,
    /// When the server learned of it.
    pub received_at: Timestamp,
    /// The kind of the last place they named.
    pub class: Option<PlaceClass>,
    /// The seat, with its site.
    pub seat: Option<(SeatId, SiteId)>,
    /// What checking found.
    pub verdict: Verdict,
    /// The address list that said so.
    pub checked_by: Option<String>,
}

/// What became of a wish to erase somebody.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Erasure {
    /// They are gone, with so many rows of their history.
    Erased {
        /// Rows of the history.
        rows: u64,
    },
    /// A call of theirs is not gone yet: responders may call back.
    InCall,
    /// There is no such person.
    Unknown,
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

    /// The node as which this process writes.
    fn node(&self) -> NodeId;

    /// The keys of every node that ever wrote.
    async fn nodes(&self) -> Result<Vec<PublicKey>, StoreError>;

    /// The batches of a node's chain after a height, in order, `limit` at most.
    async fn batches(
        &self,
        node: NodeId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Batch>, StoreError>;

    /// Every node that has batches, whether its key is there or not.
    async fn chains(&self) -> Result<Vec<NodeId>, StoreError>;

    /// What stands at a height of a chain.
    async fn link_at(&self, node: NodeId, height: u64) -> Result<Option<Link>, StoreError>;

    /// The heads of all chains, signed.
    async fn heads(&self) -> Result<Vec<SignedHead>, StoreError>;

    /// Takes the heads of other nodes' chains into the chain of this one.
    async fn witness(&self, heads: Vec<Head>, at: Timestamp) -> Result<(), StoreError>;

    /// Rows of the history with what the record would say of them, after the last that was given, `limit` at
    /// most.
    async fn recorded_rows(
        &self,
        after: Option<(AgentId, u64)>,
        limit: usize,
    ) -> Result<Vec<RecordedRow>, StoreError>;

    /// What was known at a moment of everybody who is in the directory now, by username.
    async fn known_at(&self, at: Timestamp) -> Result<Vec<KnownAt>, StoreError>;

    /// Erases a person: their key first, so that the record says nothing about them any more, and with it
    /// everything the store knows of them. The record keeps that somebody was erased.
    async fn erase(&self, agent: &AgentId, at: Timestamp) -> Result<Erasure, StoreError>;
}
