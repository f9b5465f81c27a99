use async_trait::async_trait;
use jiff::Timestamp;
use location::SeatId;

use super::{Agent, AgentId, AgentStanding, Revision, StoreError};

/// Which rows of the roster.
#[derive(Clone, Debug, Default)]
pub struct RosterQuery {
    /// Only this team.
    pub team: Option<String>,
    /// Only these agents.
    pub agents: Option<Vec<AgentId>>,
}

/// One agent on the roster.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterRow {
    /// Who.
    pub agent: Agent,
    /// Where they stand. Holds home addresses: what a supervisor sees is made from it, it is never
    /// shown itself.
    pub standing: AgentStanding,
    /// The agent's revision.
    pub revision: Revision,
}

/// Somebody who says to sit on a seat.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SeatMate {
    /// Who.
    pub agent: AgentId,
    /// What colleagues call them.
    pub display_name: String,
    /// Since when.
    pub since: Timestamp,
}

/// The roster.
#[async_trait]
pub trait Rosters: Send + Sync {
    /// Agents with where they stand, by display name, then username.
    async fn roster(&self, query: &RosterQuery) -> Result<Vec<RosterRow>, StoreError>;

    /// Who says to sit on a seat and said so after `fresh_after`.
    async fn seat_mates(
        &self,
        seat: &SeatId,
        fresh_after: Timestamp,
    ) -> Result<Vec<SeatMate>, StoreError>;

    /// Who says to sit on any of these seats and said so after `fresh_after`: of each seat the first
    /// first.
    async fn taken_seats(
        &self,
        seats: &[SeatId],
        fresh_after: Timestamp,
    ) -> Result<Vec<(SeatId, SeatMate)>, StoreError>;
}
