use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast::{self, error::TryRecvError};
use tracing::{info, warn};

use crate::{
    http::{App, FOLD_EVERY},
    store::Change,
};

/// Does what time demands: ends calls that nobody ended, destroys what must be gone, wakes whoever
/// shows something that has run out.
#[derive(Debug)]
pub struct Ticker {
    app: App,
    changes: broadcast::Receiver<Change>,
    /// When time next changes a call; absent when none is there.
    settle_at: Option<Timestamp>,
    fold_at: Timestamp,
}

impl Ticker {
    /// A ticker that has done nothing yet.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            changes: app.store.subscribe(),
            app,
            settle_at: Some(Timestamp::MIN),
            fold_at: Timestamp::MIN,
        }
    }

    /// Does everything that is due now.
    pub async fn tick(&mut self) {
        let now = self.app.clock.now();
        if self.has_changed() || self.settle_at.is_some_and(|due| due <= now) {
            self.settle(now).await;
        }
        self.app.hub.wake_due(now);
        if self.fold_at <= now {
            self.app.metrics.fold();
            let pause = SignedDuration::try_from(FOLD_EVERY).unwrap_or(SignedDuration::ZERO);
            self.fold_at = now + pause;
        }
    }

    async fn settle(&mut self, now: Timestamp) {
        match self
            .app
            .store
            .settle_calls(now, self.app.policy.calls())
            .await
        {
            Ok(settled) => {
                self.settle_at = settled.next;
                if settled.gone > 0 {
                    info!(
                        calls.gone = settled.gone,
                        "calls whose window has closed were destroyed"
                    );
                }
            }
            Err(fault) => {
                warn!(store.fault = %fault, "what time demands of calls waits for the store");
                self.settle_at = Some(now);
            }
        }
    }

    /// Whether anything was committed since the last look: it may be a call.
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
