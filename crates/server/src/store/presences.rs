use std::collections::BTreeSet;

use async_trait::async_trait;
use emergency::presence::Presence;
use serde::{Deserialize, Serialize};

use super::{AgentId, CallAgent, CallRef, StoreError};

/// What is kept of an agent's status during calls. Gone with the newest of them at the latest.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct KeptPresence {
    /// Whose.
    pub agent: CallAgent,
    /// The newest call it is for.
    pub call: CallRef,
    /// Those of the calls that were open when it was looked at last.
    pub open: BTreeSet<CallRef>,
    /// Where it stands.
    pub presence: Presence,
}

/// Records of agents' status.
#[async_trait]
pub trait Presences: Send + Sync {
    /// Every one that can be read.
    async fn presences(&self) -> Result<Vec<KeptPresence>, StoreError>;

    /// Keeps one in place of what is kept of the agent. `false` when its call is gone, and with it all
    /// there is to keep.
    async fn keep_presence(&self, kept: KeptPresence) -> Result<bool, StoreError>;

    /// Forgets the one of an agent. None is no error.
    async fn forget_presence(&self, agent: &AgentId) -> Result<(), StoreError>;
}
