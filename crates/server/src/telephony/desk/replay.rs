use emergency::EmergencyCall;
use tracing::{error, info, warn};

use super::Desk;
use crate::store::{Call, EndCall, JournaledCall, StoreError};

impl Desk {
    /// Shows what the journal held when it was opened, until the store has it.
    pub fn recover(&self, calls: Vec<JournaledCall>) {
        for journaled in calls {
            self.wake(&journaled.call);
            self.overlay.show(journaled);
        }
    }

    /// How many calls wait for the store.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.overlay.journaled().len()
    }

    /// Puts what stands only in the journal into the store, as far as it takes it now, and forgets what
    /// time has made void. To be called again and again.
    pub async fn replay(&self) {
        let waiting = self.overlay.journaled();
        let mut replayed = 0_usize;
        for journaled in waiting {
            if self.is_void(&journaled.call) {
                self.forget(&journaled).await;
                continue;
            }
            match self.replay_one(&journaled).await {
                Ok(()) => {
                    self.forget(&journaled).await;
                    replayed += 1;
                }
                Err(fault) => {
                    warn!(store.fault = %fault, "the journal waits until the store takes its calls");
                    break;
                }
            }
        }
        if replayed > 0 {
            info!(
                journal.replayed = replayed,
                "calls went from the journal into the store"
            );
        }
    }

    /// Idempotent: the store knows a call by its key, and lends nothing here.
    async fn replay_one(&self, journaled: &JournaledCall) -> Result<(), StoreError> {
        let (policy, state) = (self.calls(), journaled.call.state);
        if !matches!(state, EmergencyCall::EndReported { .. }) {
            self.store.replay_call(journaled.clone(), policy).await?;
        }
        let end = match state {
            EmergencyCall::EndReported { ended_at, ended_by }
            | EmergencyCall::Ended {
                ended_at, ended_by, ..
            } => Some((ended_at, ended_by)),
            EmergencyCall::Gone | EmergencyCall::Open { .. } => None,
        };
        if let Some((at, by)) = end {
            let key = journaled.call.key.clone();
            self.store
                .end_call(EndCall {
                    key,
                    by,
                    at,
                    policy,
                })
                .await?;
        }
        Ok(())
    }

    fn is_void(&self, call: &Call) -> bool {
        call.state.at(self.clock.now(), &self.calls()) == EmergencyCall::Gone
    }

    /// Takes a call off the overlay and the journal, unless more was reported meanwhile: then it goes
    /// round once more.
    async fn forget(&self, journaled: &JournaledCall) {
        if !self.overlay.take_unchanged(journaled) {
            return;
        }
        if let Err(fault) = self.journal.forget(&journaled.call.key).await {
            error!(journal.fault = %fault, "a call that is in the store stays in the journal");
        }
        self.wake(&journaled.call);
    }
}
