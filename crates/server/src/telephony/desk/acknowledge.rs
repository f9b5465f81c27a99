use std::time::Duration;

use tokio::time::{Instant, timeout, timeout_at};
use tracing::warn;

use super::Desk;
use crate::store::{Acknowledged, Call, JournaledCall, StoreError};

/// How long a person waits for the store before the journal takes what they said.
const STORE: Duration = Duration::from_secs(1);
/// How long the journal may take then.
const JOURNAL: Duration = Duration::from_secs(2);

impl Desk {
    /// Somebody is handling a call, which may stand only in the journal. Gives the call as it is now;
    /// `None` when it is gone. What the store does not take now stands in the journal, is shown at once,
    /// and goes into the store with the call.
    ///
    /// # Errors
    /// When neither store nor journal took it: then nobody may believe that it was noted.
    pub async fn acknowledge(
        &self,
        call: &Call,
        by: Acknowledged,
    ) -> Result<Option<Call>, StoreError> {
        let shown = self.overlay.acknowledge(&call.key, &by);
        let noted = self
            .store
            .acknowledge_call(&call.reference, by.clone(), self.calls());
        let stored = timeout(STORE, noted).await;
        let fault = match stored.unwrap_or(Err(StoreError::Busy)) {
            Ok(Some(call)) => {
                self.note_time(&call, &by);
                return Ok(Some(call));
            }
            Ok(None) if shown.is_none() => return Ok(None),
            // It is not there yet.
            Ok(None) => None,
            Err(fault) => Some(fault),
        };
        if let Some(fault) = &fault {
            warn!(store.fault = %fault, "that somebody handles a call is kept without the store");
        }
        let journaled = shown.unwrap_or_else(|| {
            let mut call = call.clone();
            call.handling.add(by.clone());
            JournaledCall {
                call,
                said_agent: None,
                unverified: None,
            }
        });
        let written = timeout_at(Instant::now() + JOURNAL, self.journal.append(&journaled));
        if let Ok(Ok(())) = written.await {
            self.overlay.show(journaled.clone());
            self.wake(&journaled.call);
            self.note_time(&journaled.call, &by);
            return Ok(Some(journaled.call));
        }
        Err(fault.unwrap_or(StoreError::Busy))
    }

    /// Counts how long it took until the first person said so.
    fn note_time(&self, call: &Call, by: &Acknowledged) {
        let first = call.handling.acknowledged.first() == Some(by);
        if let Some(started) = call.started_at().filter(|_| first && !call.test) {
            let after = by.at.duration_since(started).as_secs_f64().max(0.0);
            metrics::histogram!("whereabouts_acknowledge_seconds").record(after);
        }
    }
}
