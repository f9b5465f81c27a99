use api::telephony::AgentLocation;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::{Desk, READ, WHOLE, guard::whatever_happens};
use crate::{
    http::Platform,
    store::{KnownAgent, LocationSnapshot, StoreError},
    telephony::answer::agent_location,
};

impl Desk {
    /// Where an agent is, as an emergency call would be told.
    pub async fn locate(&self, platform: &Platform, said: &str) -> AgentLocation {
        let deadline = Instant::now() + WHOLE;
        let nothing_known = || {
            let snapshot = LocationSnapshot::nothing_known(true);
            agent_location(None, &snapshot, &self.policy)
        };
        whatever_happens(self.look_up(platform, said), deadline, nothing_known).await
    }

    async fn look_up(&self, platform: &Platform, said: &str) -> AgentLocation {
        if !platform.trusted {
            return self.location_of(None, true);
        }
        let read = timeout(READ, self.store.known_agent(said)).await;
        match read.unwrap_or(Err(StoreError::Busy)) {
            Ok(known) => self.location_of(known.as_ref(), false),
            Err(fault) => {
                warn!(store.fault = %fault, "a location is read from the last-known copy");
                self.location_of(self.last_known.agent(said).as_ref(), true)
            }
        }
    }

    fn location_of(&self, known: Option<&KnownAgent>, fault: bool) -> AgentLocation {
        let mut snapshot = known.map_or(LocationSnapshot::nothing_known(fault), |known| {
            LocationSnapshot::of(known, &self.policy.validity(), self.clock.now())
        });
        snapshot.degraded |= fault;
        let username = known.map(|known| known.agent.username.to_string());
        agent_location(username, &snapshot, &self.policy)
    }
}
