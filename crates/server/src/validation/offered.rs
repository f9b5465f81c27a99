use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    sync::{Mutex, PoisonError},
};

use location::CivicAddress;

use super::Check;
use crate::store::AgentId;

/// What each agent was last offered in place of what they wrote, so that an address that stands is
/// known to be a correction. Digests only, and forgotten with the process: then it is just valid.
#[derive(Debug, Default)]
pub struct Offered {
    hasher: RandomState,
    by_agent: Mutex<HashMap<AgentId, Vec<u64>>>,
}

impl Offered {
    /// Remembers what an agent is offered; being offered nothing leaves what they were offered before.
    pub fn remember(&self, agent: &AgentId, check: &Check) {
        let offered: Vec<u64> = check
            .suggested()
            .map(|suggestion| self.hasher.hash_one(&suggestion.address))
            .collect();
        if !offered.is_empty() {
            let mut by_agent = self.by_agent.lock().unwrap_or_else(PoisonError::into_inner);
            by_agent.insert(agent.clone(), offered);
        }
    }

    /// Whether an agent was offered this address.
    #[must_use]
    pub fn was_offered(&self, agent: &AgentId, address: &CivicAddress) -> bool {
        let digest = self.hasher.hash_one(address);
        let by_agent = self.by_agent.lock().unwrap_or_else(PoisonError::into_inner);
        by_agent
            .get(agent)
            .is_some_and(|offered| offered.contains(&digest))
    }
}
