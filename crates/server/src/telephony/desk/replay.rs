use emergency::{CallKey, EmergencyCall};
use futures_util::future::join_all;
use tracing::{error, info, warn};

use super::Desk;
use crate::store::{Call, EndCall, JournaledCall, KeyRole, StoreError};

/// How many calls are put into the store at a time.
const AT_ONCE: usize = 64;

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
        let mut done = Vec::with_capacity(waiting.len());
        let mut replayed = 0_usize;
        // Side by side, so that a whole floor shares its commits: people are told only then.
        for some in waiting.chunks(AT_ONCE) {
            let settled = some.iter().map(|journaled| self.settle_one(journaled));
            let mut fault = None;
            for (journaled, settled) in some.iter().zip(join_all(settled).await) {
                match settled {
                    Ok(in_store) => {
                        replayed += usize::from(in_store);
                        done.push(journaled.clone());
                    }
                    Err(error) => fault = Some(error),
                }
            }
            if let Some(fault) = fault {
                warn!(store.fault = %fault, "the journal waits until the store takes its calls");
                break;
            }
        }
        self.forget(done).await;
        self.end_callbacks_late().await;
        if replayed > 0 {
            info!(
                journal.replayed = replayed,
                "calls went from the journal into the store"
            );
        }
    }

    /// Puts a call into the store, unless time has made it void or it never was one. Says whether it is
    /// there.
    async fn settle_one(&self, journaled: &JournaledCall) -> Result<bool, StoreError> {
        if self.is_void(&journaled.call) {
            return Ok(self.settle_late(journaled).await);
        }
        let in_store = self.replay_one(journaled).await?;
        if !in_store {
            warn!(
                alarm = true,
                "a call of the journal was made with a key that nobody knows; it is dropped"
            );
        }
        Ok(in_store)
    }

    /// A call whose window closed while it waited. It goes into the store all the same, for what stays of
    /// every call; where that cannot be had even now it is forgotten, because nothing of it may be left.
    async fn settle_late(&self, journaled: &JournaledCall) -> bool {
        if matches!(journaled.call.state, EmergencyCall::EndReported { .. }) {
            return false;
        }
        let in_store = self.replay_one(journaled).await.unwrap_or(false);
        error!(
            alarm = true,
            call.reference = %journaled.call.reference,
            call.recorded = in_store,
            "a call waited in the journal until its window had closed; people were not told of it in time"
        );
        in_store
    }

    /// Destroys what is left in the journal's folder of calls that must be gone.
    pub fn tidy(&self) {
        let policy = self.calls();
        let age = policy.max_open + policy.callback_window;
        self.journal.discard_copies(age.unsigned_abs());
    }

    /// Idempotent: the store knows a call by its key, and lends nothing here. `false` for what was no call.
    async fn replay_one(&self, journaled: &JournaledCall) -> Result<bool, StoreError> {
        let mut journaled = journaled.clone();
        if let Some(hash) = journaled.unverified {
            match self.store.api_key(hash).await? {
                Some(key) if key.role == KeyRole::Telephony => {
                    journaled.call.key.api_key = key.name;
                    journaled.unverified = None;
                }
                Some(_) | None => return Ok(false),
            }
        }
        let (policy, state) = (self.calls(), journaled.call.state);
        if !matches!(state, EmergencyCall::EndReported { .. }) {
            let (now, notify) = (self.clock.now(), self.notify);
            self.store
                .replay_call(journaled.clone(), now, policy, notify)
                .await?;
        }
        // The end of a call that began goes into the store with it.
        let end = match state {
            EmergencyCall::EndReported { ended_at, ended_by } => Some((ended_at, ended_by)),
            EmergencyCall::Ended { .. } | EmergencyCall::Gone | EmergencyCall::Open { .. } => None,
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
        Ok(true)
    }

    fn is_void(&self, call: &Call) -> bool {
        call.state.at(self.clock.now(), &self.calls()) == EmergencyCall::Gone
    }

    /// Takes calls off the overlay and the journal, except those of which more was reported meanwhile: they
    /// go round once more.
    async fn forget(&self, mut done: Vec<JournaledCall>) {
        done.retain(|journaled| self.overlay.take_unchanged(journaled));
        if done.is_empty() {
            return;
        }
        let keys: Vec<CallKey> = done.iter().map(|known| known.call.key.clone()).collect();
        if let Err(fault) = self.journal.forget(&keys).await {
            error!(journal.fault = %fault, "calls that are in the store stay in the journal");
        }
        for journaled in &done {
            self.wake(&journaled.call);
        }
    }
}
