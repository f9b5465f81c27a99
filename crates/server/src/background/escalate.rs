use jiff::Timestamp;
use tokio::sync::broadcast::{self, error::TryRecvError};
use tracing::info;

use crate::{
    http::App,
    store::{Absence, Change, NotifyPolicy},
};

/// How often one look goes on when more is due than the store does at once.
const ROUNDS: usize = 16;

/// Tells further people of calls that nobody handles, when time demands it.
#[derive(Debug)]
pub struct Escalator {
    app: App,
    changes: broadcast::Receiver<Change>,
    /// When to look next; absent when nobody has to be told.
    due: Option<Timestamp>,
    absence: Absence,
}

impl Escalator {
    /// One that has done nothing yet, and begins with what an earlier process left behind.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            changes: app.store.subscribe(),
            app,
            due: Some(Timestamp::MIN),
            absence: Absence::of("telling further people"),
        }
    }

    /// Does what is due now.
    pub async fn escalate(&mut self) {
        let changed = self.has_changed();
        for _ in 0..ROUNDS {
            let now = self.app.clock.now();
            if !changed && self.due.is_none_or(|due| due > now) {
                return;
            }
            let policy = &self.app.policy;
            let escalation = policy.escalation();
            // The organisation's web hook and the platform were told with the call.
            let notify = NotifyPolicy {
                test_calls: escalation.test_calls,
                organisation_hook: false,
                platform_task: false,
            };
            let store = &self.app.store;
            match store
                .escalate(now, &escalation, notify, policy.calls())
                .await
            {
                Ok(escalated) => {
                    self.absence.over();
                    self.due = escalated.next;
                    if escalated.calls > 0 {
                        info!(
                            calls.escalated = escalated.calls,
                            "further people are told of calls that nobody handles"
                        );
                    }
                    if escalated.next.is_none_or(|next| next > now) {
                        return;
                    }
                }
                Err(fault) => {
                    self.absence.began(&fault);
                    self.due = Some(now);
                    return;
                }
            }
        }
    }

    /// Whether anything was committed since the last look: it may be a call, or somebody handles one.
    fn has_changed(&mut self) -> bool {
        let mut changed = false;
        loop {
            match self.changes.try_recv() {
                Ok(_) | Err(TryRecvError::Lagged(_)) => changed = true,
                Err(TryRecvError::Closed | TryRecvError::Empty) => return changed,
            }
        }
    }
}
