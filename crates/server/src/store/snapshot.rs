use std::sync::Arc;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Agent, AgentId, AgentStanding, Call, KeyRow, NumberRow, SiteRow, StoreError};
use crate::secret::SecretHash;

/// What a telephony answer about one agent rests on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct KnownAgent {
    /// Who.
    pub agent: Agent,
    /// Where they stand.
    pub standing: AgentStanding,
    /// The site of the seat they named last.
    pub seat_site: Option<SiteRow>,
    /// The site that stands in when they said nothing.
    pub default_site: Option<SiteRow>,
}

/// Everything that telephony answers rest on: what the last-known copy is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownWorld {
    /// Every agent.
    pub agents: Vec<Arc<KnownAgent>>,
    /// The keys of machines.
    pub keys: Vec<KnownKey>,
    /// Every site.
    pub sites: Vec<SiteRow>,
    /// The callback pool.
    pub numbers: Vec<NumberRow>,
    /// Every call that is not gone.
    pub calls: Vec<Call>,
    /// Whether this is the sample organisation.
    pub sample: bool,
}

/// The key of a machine, by its hash.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct KnownKey {
    /// The hash of the key itself.
    pub hash: SecretHash,
    /// Its name, and what it may do.
    pub row: KeyRow,
}

/// Reading for telephony.
#[async_trait]
pub trait Snapshots: Send + Sync {
    /// The agent a platform means, with everything an answer needs, in one indexed read.
    async fn known_agent(&self, said: &str) -> Result<Option<KnownAgent>, StoreError>;

    /// Some agents with everything an answer needs. Those that are not there are left out.
    async fn known_agents(&self, agents: &[AgentId]) -> Result<Vec<KnownAgent>, StoreError>;

    /// Everything at once, as of one moment.
    async fn known_world(&self) -> Result<KnownWorld, StoreError>;
}
