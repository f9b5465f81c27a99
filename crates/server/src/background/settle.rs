use jiff::{SignedDuration, Timestamp};
use tokio::sync::broadcast::{self, error::TryRecvError};
use tracing::{error, info};

use super::pools;
use crate::{
    http::App,
    store::{Absence, Change},
};

/// Ends calls that nobody ended and destroys what must be gone, when time demands it.
#[derive(Debug)]
pub struct Settler {
    app: App,
    changes: broadcast::Receiver<Change>,
    /// When time next changes a call; absent when none is there.
    due: Option<Timestamp>,
    /// The latest moment at which nothing was said in what is now the future.
    believed: Timestamp,
    absence: Absence,
}

/// How far the clock may step back before what was said is looked at again.
const STEP: SignedDuration = SignedDuration::from_secs(30);

impl Settler {
    /// One that has done nothing yet.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            changes: app.store.subscribe(),
            app,
            due: Some(Timestamp::MIN),
            believed: Timestamp::MAX,
            absence: Absence::of("what time demands of calls"),
        }
    }

    /// Does what is due now.
    pub async fn settle(&mut self) {
        let now = self.app.clock.now();
        self.disbelieve(now).await;
        let changed = self.has_changed();
        if !changed && self.due.is_none_or(|due| due > now) {
            return;
        }
        let policy = self.app.policy.calls();
        match self.app.store.settle_calls(now, policy).await {
            Ok(settled) => {
                self.absence.over();
                self.due = settled.next;
                pools::note(&self.app, settled.pools).await;
                if settled.gone > 0 {
                    let gone = settled.gone;
                    info!(
                        calls.gone = gone,
                        "calls whose window has closed were destroyed"
                    );
                }
            }
            Err(fault) => {
                self.absence.began(&fault);
                self.due = Some(now);
            }
        }
    }

    /// At start, and when the clock was put back: ends what was said in the future.
    async fn disbelieve(&mut self, now: Timestamp) {
        if now.duration_since(self.believed) < -STEP {
            match self.app.store.disbelieve(now).await {
                Ok(0) => {}
                Ok(count) => error!(
                    alarm = true,
                    agents = count,
                    "the clock ran ahead: what these agents confirmed meanwhile counts no longer, and \
                     they have to confirm again; keep this machine's clock in step"
                ),
                Err(fault) => return self.absence.began(&fault),
            }
            self.believed = now;
        }
        self.believed = self.believed.max(now);
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
