use api::location::Checked;
use async_trait::async_trait;
use jiff::Timestamp;
use location::{CivicAddress, PlaceClass, Verdict};

use super::{AgentId, StoreError, opaque_id::opaque_id};

opaque_id! {
    /// A saved address.
    PlaceId "pl"
}

/// An address that an agent saved.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SavedPlace {
    /// Its identifier.
    pub id: PlaceId,
    /// What the agent calls it.
    pub label: String,
    /// Home or other.
    pub class: PlaceClass,
    /// The address.
    pub civic_address: CivicAddress,
    /// What checking found.
    pub verdict: Verdict,
    /// Where the verdict comes from; absent when nobody could say.
    pub checked: Option<Checked>,
    /// When the agent last said to be there.
    pub confirmed_at: Option<Timestamp>,
}

/// An address to be saved.
#[derive(Clone, Debug)]
pub struct SavePlace {
    /// Whose.
    pub agent: AgentId,
    /// What the agent calls it.
    pub label: String,
    /// Home or other.
    pub class: PlaceClass,
    /// The address.
    pub civic_address: CivicAddress,
    /// What checking found.
    pub verdict: Verdict,
    /// Where the verdict comes from; absent when nobody could say.
    pub checked: Option<Checked>,
    /// Now.
    pub at: Timestamp,
}

/// A saved address to be changed. What the agent is confirmed at does not change with it.
#[derive(Clone, Debug)]
pub struct ChangePlace {
    /// Which.
    pub place: PlaceId,
    /// What it is from now on.
    pub to: SavePlace,
}

/// Addresses that agents save. Labels and addresses are sealed at rest.
#[async_trait]
pub trait Places: Send + Sync {
    /// An agent's saved addresses, the last used first. Those whose key is lost are left out.
    async fn places(&self, agent: &AgentId) -> Result<Vec<SavedPlace>, StoreError>;

    /// One of an agent's saved addresses.
    async fn place(
        &self,
        agent: &AgentId,
        place: &PlaceId,
    ) -> Result<Option<SavedPlace>, StoreError>;

    /// Saves an address. `None` when the agent has [`PLACES_LIMIT`] already.
    async fn save_place(&self, place: SavePlace) -> Result<Option<SavedPlace>, StoreError>;

    /// Changes a saved address. `None` when the agent has no such one.
    async fn change_place(&self, change: ChangePlace) -> Result<Option<SavedPlace>, StoreError>;

    /// Forgets a saved address. `false` when the agent has no such one.
    async fn remove_place(&self, agent: &AgentId, place: &PlaceId) -> Result<bool, StoreError>;
}

/// The most addresses one agent may save.
pub const PLACES_LIMIT: i64 = 50;
