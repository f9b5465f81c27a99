use emergency::{CallEvent, CallKey, EmergencyCall, EndedBy};
use jiff::Timestamp;
use location::Country;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::{COMMIT, Desk, JOURNAL, WHOLE, guard::whatever_happens, key, take_call::is_begun};
use crate::{
    http::Platform,
    store::{Call, CallRef, EndCall, Handling, JournaledCall, LocationSnapshot, Over, StoreError},
    telephony::overlay::ended_by_name,
};

impl Desk {
    /// Notes that a call is over, in the store or, when that does not take it, in the journal.
    pub async fn end_call(&self, platform: &Platform, call_id: &str) {
        let deadline = Instant::now() + WHOLE;
        whatever_happens(self.note_end(platform, call_id), deadline, || ()).await;
    }

    async fn note_end(&self, platform: &Platform, call_id: &str) {
        let (started, at, policy) = (Instant::now(), self.clock.now(), self.calls());
        let key = key(platform, call_id);
        let unverified = (!platform.trusted).then_some(platform.hash);
        let shown = self
            .overlay
            .end((&key, unverified), EndedBy::Platform, at, &policy);
        let fault = if platform.trusted {
            let end = EndCall {
                key: key.clone(),
                by: EndedBy::Platform,
                at,
                policy,
            };
            let stored = timeout(COMMIT, self.store.end_call(end)).await;
            stored.unwrap_or(Err(StoreError::Busy)).err()
        } else {
            None
        };
        let begun = shown.iter().any(|known| is_begun(&known.call));
        for journaled in shown {
            self.keep(journaled, started + JOURNAL).await;
        }
        let Some(fault) = fault else {
            return;
        };
        warn!(store.fault = %fault, "the end of a call is kept without the store");
        if begun {
            return;
        }
        for call in self.ended_without_store(&key, at) {
            let journaled = JournaledCall {
                call,
                said_agent: None,
                unverified: None,
            };
            self.keep(journaled, started + JOURNAL).await;
        }
    }

    /// "The call is over": ends open calls, and gives them.
    ///
    /// # Errors
    /// When the store cannot be reached; calls that stand only in the journal are ended all the same.
    pub async fn end_open(&self, which: Over, at: Timestamp) -> Result<Vec<Call>, StoreError> {
        let policy = self.calls();
        let mut ended = self.overlay.end_open(&which, at, &policy);
        for call in &ended {
            let journaled = JournaledCall {
                call: call.clone(),
                said_agent: None,
                unverified: None,
            };
            self.keep(journaled, Instant::now() + JOURNAL).await;
        }
        match self.store.end_open(which, at, policy).await {
            Ok(stored) => {
                ended.extend(stored);
                Ok(ended)
            }
            Err(_) if !ended.is_empty() => Ok(ended),
            Err(fault) => Err(fault),
        }
    }

    /// The calls that the store has under this name, as they are now that they are over; or only the end,
    /// when nobody here knows more.
    fn ended_without_store(&self, named: &CallKey, at: Timestamp) -> Vec<Call> {
        let world = self.last_known.world();
        let shown = self.overlay.named(named);
        let known = world.calls.iter().filter(|call| {
            call.named_key() == *named && !shown.iter().any(|known| known.call.key == call.key)
        });
        let mut over = ended_by_name(known.cloned());
        for call in &mut over {
            let event = CallEvent::Ended(EndedBy::Platform);
            call.state = call.state.apply(event, at, &self.calls());
        }
        if over.is_empty() {
            over.push(Call {
                reference: CallRef::random(),
                key: named.clone(),
                named: None,
                agent: None,
                dialled: String::new(),
                test: false,
                country: Country::Us,
                state: EmergencyCall::end_reported(at, EndedBy::Platform),
                callback_number: None,
                location: LocationSnapshot::nothing_known(true),
                handling: Handling::default(),
                drill: None,
                shown_at: None,
                test_result: None,
            });
        }
        over
    }
}
