use async_trait::async_trait;

use super::{Agent, AgentStanding, Call, NumberRow, SiteRow, StoreError};

/// What a telephony answer about one agent rests on.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub struct KnownWorld {
    /// Every agent.
    pub agents: Vec<KnownAgent>,
    /// Every site.
    pub sites: Vec<SiteRow>,
    /// The callback pool.
    pub numbers: Vec<NumberRow>,
    /// Every call that is not gone.
    pub calls: Vec<Call>,
    /// Whether this is the sample organisation.
    pub sample: bool,
}

/// Reading for telephony.
#[async_trait]
pub trait Snapshots: Send + Sync {
    /// The agent a platform means, with everything an answer needs, in one indexed read.
    async fn known_agent(&self, said: &str) -> Result<Option<KnownAgent>, StoreError>;

    /// Everything at once, as of one moment.
    async fn known_world(&self) -> Result<KnownWorld, StoreError>;
}
