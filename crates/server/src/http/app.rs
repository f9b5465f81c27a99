use std::{ops::Deref, sync::Arc};

use emergency::lease::PoolLevel;
use jiff::Timestamp;
use platforms::CallControl;
use tokio::sync::watch;

use super::{Metrics, Tries};
use crate::{
    browser::Browsers,
    clock::Clock,
    config::Policy,
    journal::Journal,
    last_known::LastKnown,
    presence::Statuses,
    push::{Hub, Places, Readings},
    store::{Call, NotifyPolicy, Store, StoreError},
    telephony::{Desk, Overlay},
    validation::{Offered, Validators},
    view,
};

/// What every route shares. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Shared>);

/// What an [`App`] stands on.
#[derive(Debug)]
pub struct Ground {
    /// What is known.
    pub store: Arc<dyn Store>,
    /// What answers when the store does not.
    pub last_known: Arc<LastKnown>,
    /// Where calls are written when the store does not take them.
    pub journal: Arc<Journal>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What the organisation decided.
    pub policy: Policy,
    /// Who knows which addresses exist.
    pub validators: Validators,
    /// Whether people are told of calls.
    pub notify: NotifyPolicy,
    /// The security desk's page, and where people open it.
    pub browsers: Browsers,
    /// What hangs up for agents; absent when no platform can.
    pub call_control: Option<Arc<dyn CallControl>>,
    /// How many streams there may be at a time.
    pub streams: usize,
}

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
    /// Who may stream.
    pub places: Arc<Places>,
    /// What streams read together.
    pub readings: Readings,
    /// How often somebody failed to sign in.
    pub tries: Tries,
    /// Calls of which the store does not know everything yet.
    pub overlay: Arc<Overlay>,
    /// What answers telephony platforms.
    pub telephony: Desk,
    /// What answers when the store does not.
    pub last_known: Arc<LastKnown>,
    /// Who knows which addresses exist.
    pub validators: Validators,
    /// What agents were offered in place of what they wrote.
    pub offered: Offered,
    /// What agents' statuses on the platform are during their calls.
    pub statuses: Statuses,
    /// What hangs up for agents; absent when no platform can.
    pub call_control: Option<Arc<dyn CallControl>>,
    /// The pools of callback numbers that run low.
    pub low_pools: watch::Sender<Vec<PoolLevel>>,
    /// What is counted.
    pub metrics: Metrics,
    /// The security desk's page, and where people open it.
    pub browsers: Browsers,
    closing: watch::Sender<bool>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(ground: Ground) -> Self {
        let hub = Hub::new();
        let overlay = Arc::new(Overlay::default());
        Self(Arc::new(Shared {
            telephony: Desk::new(&ground, Arc::clone(&hub), Arc::clone(&overlay)),
            tries: Tries::new(Arc::clone(&ground.clock)),
            store: ground.store,
            last_known: ground.last_known,
            clock: ground.clock,
            policy: ground.policy,
            validators: ground.validators,
            offered: Offered::default(),
            hub,
            places: Arc::new(Places::new(ground.streams)),
            readings: Readings::default(),
            overlay,
            statuses: Statuses::default(),
            call_control: ground.call_control,
            low_pools: watch::Sender::default(),
            metrics: Metrics::of_process(),
            browsers: ground.browsers,
            closing: watch::Sender::new(false),
        }))
    }
}

impl Shared {
    /// Whoever sat down before this is no longer fresh there.
    #[must_use]
    pub fn fresh_after(&self, now: Timestamp) -> Timestamp {
        now.checked_sub(self.policy.validity().seat)
            .unwrap_or(Timestamp::MIN)
    }

    /// Every call that is open or whose callback window is, as [`view::merge`] puts them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn calls(&self, now: Timestamp) -> Result<Vec<Call>, StoreError> {
        let stored = self.readings.calls.read(self.store.calls()).await?;
        Ok(view::merge(
            stored.to_vec(),
            self.overlay.all(),
            &self.policy.calls(),
            now,
        ))
    }

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
