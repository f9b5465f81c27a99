//! The desk that telephony platforms ask: every answer inside its budget, whatever is broken.
//!
//! A call is opened in the store within [`COMMIT`]; meanwhile the agent is read, so that when the
//! commit does not come in time the best that is known goes out: what the store read, else the
//! last-known copy in memory (which came from the sealed snapshot when the store could not be read at
//! start). Such a call is written to the journal, shown to everybody who is connected, and replayed
//! into the store as soon as it takes it.

mod acknowledge;
mod callback;
mod drill;
mod end_call;
mod guard;
mod keys;
mod locate;
mod replay;
mod take_call;
#[cfg(test)]
mod tests;

use std::{
    fmt,
    sync::{Arc, Mutex},
    time::Duration,
};

use emergency::{CallKey, CallPolicy};
use jiff::Timestamp;
use tokio::time::{Instant, timeout_at};
use tracing::error;

pub use keys::KeyCheck;
pub use take_call::Taken;

use super::{Overlay, asked};
use crate::{
    clock::Clock,
    config::Policy,
    http::{Ground, Platform},
    journal::Journal,
    last_known::LastKnown,
    push::Hub,
    store::{Call, JournaledCall, NotifyPolicy, OpenPolicy, Store},
};

/// How long the store may take to read.
const READ: Duration = Duration::from_millis(150);
/// How long after a call is asked about it may be committed.
const COMMIT: Duration = Duration::from_millis(300);
/// How long after that it may be written to the journal.
const JOURNAL: Duration = Duration::from_millis(420);
/// How long after that something goes out whatever is stuck. Platforms are promised 500 ms.
const WHOLE: Duration = Duration::from_millis(450);

/// What answers telephony platforms.
pub struct Desk {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    policy: Policy,
    notify: NotifyPolicy,
    hub: Arc<Hub>,
    overlay: Arc<Overlay>,
    last_known: Arc<LastKnown>,
    journal: Arc<Journal>,
    /// The ends of callbacks that the store did not take yet.
    late_ends: Mutex<Vec<(CallKey, Timestamp)>>,
}

impl Desk {
    /// A desk on this ground.
    #[must_use]
    pub fn new(ground: &Ground, hub: Arc<Hub>, overlay: Arc<Overlay>) -> Self {
        Self {
            store: Arc::clone(&ground.store),
            clock: Arc::clone(&ground.clock),
            policy: ground.policy.clone(),
            notify: ground.notify,
            hub,
            overlay,
            last_known: Arc::clone(&ground.last_known),
            journal: Arc::clone(&ground.journal),
            late_ends: Mutex::default(),
        }
    }

    /// The copy that answers when the store does not.
    #[must_use]
    pub fn last_known(&self) -> &LastKnown {
        &self.last_known
    }

    /// Whether this is the sample organisation, as far as is known.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.last_known.world().sample
    }

    fn open_policy(&self) -> OpenPolicy {
        OpenPolicy {
            call: self.policy.calls(),
            validity: self.policy.validity(),
            callback: self.policy.callback,
            notify: self.notify,
        }
    }

    fn calls(&self) -> CallPolicy {
        self.policy.calls()
    }

    /// Shows a call that is not in the store, and writes it to the journal. When that fails too the
    /// answer goes out all the same, and the fault shouts: only this process knows of the call then.
    async fn keep(&self, journaled: JournaledCall, deadline: Instant) {
        self.overlay.show(journaled.clone());
        self.wake(&journaled.call);
        match timeout_at(deadline, self.journal.append(&journaled)).await {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => shout(&journaled.call, &fault),
            Err(_) => shout(&journaled.call, &"it took too long"),
        }
    }

    fn wake(&self, call: &Call) {
        match &call.agent {
            Some(agent) => self.hub.wake(&agent.id),
            None => self.hub.wake_for_call(),
        }
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Desk(..)")
    }
}

/// The call that a platform names.
fn key(platform: &Platform, call_id: &str) -> CallKey {
    CallKey {
        api_key: platform.key.clone(),
        call_id: asked::call_id(call_id),
    }
}

fn shout(call: &Call, fault: &dyn fmt::Display) {
    metrics::counter!("whereabouts_journal_faults_total").increment(1);
    error!(
        alarm = true,
        call.reference = %call.reference,
        journal.fault = %fault,
        "an emergency call was answered, but neither store nor journal has it: tell the security desk"
    );
}
