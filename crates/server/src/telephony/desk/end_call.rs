use emergency::{CallEvent, CallKey, EmergencyCall, EndedBy};
use jiff::Timestamp;
use location::Country;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::{COMMIT, Desk, JOURNAL, WHOLE, guard::whatever_happens, key};
use crate::{
    http::Platform,
    store::{AgentId, Call, CallRef, EndCall, JournaledCall, LocationSnapshot, StoreError},
};

impl Desk {
    /// Notes that a call is over, in the store or, when that does not take it, in the journal.
    pub async fn end_call(&self, platform: &Platform, call_id: &str) {
        let deadline = Instant::now() + WHOLE;
        whatever_happens(self.note_end(platform, call_id), deadline, || ()).await;
    }

    async fn note_end(&self, platform: &Platform, call_id: &str) {
        if !platform.trusted {
            return;
        }
        let (started, at, policy) = (Instant::now(), self.clock.now(), self.calls());
        let key = key(platform, call_id);
        let shown = self
            .overlay
            .apply(&key, CallEvent::Ended(EndedBy::Platform), at, &policy);
        let end = EndCall {
            key: key.clone(),
            by: EndedBy::Platform,
            at,
            policy,
        };
        let stored = timeout(COMMIT, self.store.end_call(end)).await;
        let fault = match stored.unwrap_or(Err(StoreError::Busy)) {
            Ok(_) if shown.is_none() => return,
            Ok(_) => None,
            Err(fault) => Some(fault),
        };
        if let Some(fault) = fault {
            warn!(store.fault = %fault, "the end of a call is kept without the store");
        }
        let journaled = JournaledCall {
            call: shown.unwrap_or_else(|| self.ended_without_store(&key, at)),
            said_agent: None,
        };
        self.keep(journaled, started + JOURNAL).await;
    }

    /// "The call is over": ends every open call of an agent, and gives those calls.
    ///
    /// # Errors
    /// When the store cannot be reached; calls that stand only in the journal are ended all the same.
    pub async fn end_calls_of(
        &self,
        agent: &AgentId,
        at: Timestamp,
    ) -> Result<Vec<Call>, StoreError> {
        let policy = self.calls();
        let mut ended = self.overlay.end_calls_of(agent, at, &policy);
        for call in &ended {
            let journaled = JournaledCall {
                call: call.clone(),
                said_agent: None,
            };
            self.keep(journaled, Instant::now() + JOURNAL).await;
        }
        match self.store.end_calls_of(agent, at, policy).await {
            Ok(stored) => {
                ended.extend(stored);
                Ok(ended)
            }
            Err(_) if !ended.is_empty() => Ok(ended),
            Err(fault) => Err(fault),
        }
    }

    /// A call that the store has, as it is now that it is over; or only its end, when nobody here
    /// knows more.
    fn ended_without_store(&self, key: &CallKey, at: Timestamp) -> Call {
        let world = self.last_known.world();
        match world.calls.iter().find(|call| call.key == *key) {
            Some(call) => {
                let event = CallEvent::Ended(EndedBy::Platform);
                let state = call.state.apply(event, at, &self.calls());
                Call {
                    state,
                    ..call.clone()
                }
            }
            None => Call {
                reference: CallRef::random(),
                key: key.clone(),
                agent: None,
                dialled: String::new(),
                test: false,
                country: Country::Us,
                state: EmergencyCall::end_reported(at, EndedBy::Platform),
                callback_number: None,
                location: LocationSnapshot::nothing_known(true),
            },
        }
    }
}
