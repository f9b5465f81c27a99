use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AgentId, CallRef, StoreError, opaque_id::opaque_id};

opaque_id! {
    /// Names one opening of an address. Opaque, so it may stand in logs.
    OpeningId "op"
}

/// Somebody opens the address of an agent.
#[derive(Clone, Debug)]
pub struct OpenAddress {
    /// Whose.
    pub agent: AgentId,
    /// Who opens it.
    pub by: AgentId,
    /// What colleagues call them.
    pub by_name: String,
    /// Why, as they wrote it; empty when the call is reason enough.
    pub reason: String,
    /// The call in progress it is opened for.
    pub call: Option<CallRef>,
    /// Now.
    pub at: Timestamp,
}

/// Somebody opened the address of an agent, who has not said yet that they saw it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Opening {
    /// Its name.
    pub id: OpeningId,
    /// What is told of it.
    pub told: OpeningTold,
    /// Whether it was during a call of theirs.
    pub during_call: bool,
    /// When.
    pub at: Timestamp,
}

/// What is sealed of an opening.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct OpeningTold {
    /// What colleagues call whoever opened it.
    pub by_name: String,
    /// Why, as they wrote it.
    pub reason: String,
}

/// An agent read a notice.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReadNotice {
    /// Who.
    pub agent: AgentId,
    /// The stable name of the notice.
    pub notice: String,
    /// Which version of it: of an opened address the name of the opening.
    pub version: String,
    /// The language it was read in.
    pub locale: String,
    /// When.
    pub at: Timestamp,
}

/// The notice that an address was opened.
pub const ADDRESS_OPENED: &str = "address_opened";
/// How many versions of notices one agent can have read.
pub const READ_LIMIT: usize = 1_000;

/// Opening addresses, and saying that one knows.
#[async_trait]
pub trait Openings: Send + Sync {
    /// Notes for good that an address was opened, before anybody sees it. For one call once for each who
    /// opens it.
    async fn open_address(&self, open: OpenAddress) -> Result<(), StoreError>;

    /// Notes that an agent read a notice. The first time stands, and is given; `None` when they have
    /// read more than anybody could.
    async fn read_notice(&self, read: ReadNotice) -> Result<Option<ReadNotice>, StoreError>;
}
