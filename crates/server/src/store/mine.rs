use api::location::Checked;
use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    Agent, AgentId, AgentStanding, Call, Opening, Revision, SavedPlace, SeatMate, SiteRow,
    StoreError,
};

/// Everything one agent's desktop shows, as of one moment of the store.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The agent.
    pub agent: Agent,
    /// The revision this is of.
    pub revision: Revision,
    /// Where they stand.
    pub standing: AgentStanding,
    /// Where the verdict on their last place comes from; absent when nobody could say.
    pub checked: Option<Checked>,
    /// The site that stands in when they said nothing.
    pub default_site: Option<SiteRow>,
    /// Their saved addresses, the last used first.
    pub places: Vec<SavedPlace>,
    /// Their calls that are not gone, real ones before tests, open ones before ended ones, the
    /// newest first: the first is the one to show.
    pub calls: Vec<Call>,
    /// Who opened their address, until they say that they have seen it; the oldest first.
    pub openings: Vec<Opening>,
    /// Others who say to sit on the same seat and said so after `fresh_after`.
    pub seat_mates: Vec<SeatMate>,
}

/// The whole view of one agent.
#[async_trait]
pub trait Mines: Send + Sync {
    /// Reads it in one transaction, so that content and revision belong together.
    async fn mine(
        &self,
        agent: &AgentId,
        fresh_after: Timestamp,
    ) -> Result<Option<Mine>, StoreError>;
}
