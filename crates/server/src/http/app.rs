use std::{ops::Deref, sync::Arc};

use tokio::sync::watch;

use super::{Metrics, Tries};
use crate::{clock::Clock, config::Policy, push::Hub, store::Store};

/// What every route shares. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Shared>);

/// The parts of an [`App`].
#[derive(Debug)]
pub struct Shared {
    /// What is known.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What the organisation decided.
    pub policy: Policy,
    /// Who is connected.
    pub hub: Arc<Hub>,
    /// How often somebody failed to sign in.
    pub tries: Tries,
    /// What is counted.
    pub metrics: Metrics,
    closing: watch::Sender<bool>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, policy: Policy) -> Self {
        Self(Arc::new(Shared {
            store,
            tries: Tries::new(Arc::clone(&clock)),
            clock,
            policy,
            hub: Hub::new(),
            metrics: Metrics::of_process(),
            closing: watch::Sender::new(false),
        }))
    }
}

impl Shared {
    /// From now on streams end and nothing new begins.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Waits until the server closes.
    pub async fn closed(&self) {
        // The sender is in self.
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
