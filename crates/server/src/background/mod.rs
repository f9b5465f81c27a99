//! What goes on without being asked: telling streams what changed and people what happened, and doing
//! what time demands.
//!
//! The wall clock decides what is due, looked at once a second, so a machine that slept, or a test that
//! moved the clock, catches up at once. Each task has a loop of its own: one that waits for a locked
//! store holds up no other.

mod drill;
mod escalate;
mod follow;
mod guide;
mod pools;
mod settle;
mod witness;

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

pub use drill::Driller;
pub use escalate::Escalator;
pub use follow::follow_store;
pub use guide::watch_guide;
pub use settle::Settler;
pub use witness::witness;

use crate::{
    http::App,
    last_known::{self, Follower},
    notify::{Dispatcher, Outlets},
    presence::{Keeper, Platform},
};

/// How often the time is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// How often what was counted is folded.
const FOLD_EVERY: Duration = Duration::from_secs(5);

/// How often what is too old is removed from the journal's folder.
const TIDY_EVERY: Duration = Duration::from_secs(600);

/// Starts everything. It runs until the server closes, or the set is dropped.
#[must_use]
pub fn start(app: &App, follower: Follower, outlets: Outlets, platform: &Platform) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    let (closing, settling) = (app.clone(), Settler::new(app.clone()));
    tasks.spawn(async move { last_known::follow(follower, closing.closed()).await });
    tasks.spawn(follow_store(app.clone()));
    tasks.spawn(settle(app.clone(), settling));
    tasks.spawn(escalate(app.clone(), Escalator::new(app.clone())));
    tasks.spawn(drill(app.clone(), Driller::new(app.clone())));
    tasks.spawn(look(app.clone()));
    tasks.spawn(tidy(app.clone()));
    tasks.spawn(replay(app.clone()));
    tasks.spawn(wake(app.clone()));
    tasks.spawn(fold(app.clone()));
    tasks.spawn(Dispatcher::new(app.clone(), outlets).run());
    tasks.spawn(Keeper::new(app.clone(), platform).run());
    tasks
}

async fn settle(app: App, mut settler: Settler) {
    let mut ticks = every(EVERY);
    while tick(&app, &mut ticks).await {
        settler.settle().await;
    }
}

async fn escalate(app: App, mut escalator: Escalator) {
    let mut ticks = every(EVERY);
    while tick(&app, &mut ticks).await {
        escalator.escalate().await;
    }
}

async fn drill(app: App, mut driller: Driller) {
    let mut ticks = every(EVERY);
    while tick(&app, &mut ticks).await {
        driller.drill().await;
    }
}

async fn look(app: App) {
    let mut ticks = every(EVERY);
    while tick(&app, &mut ticks).await {
        app.store.look().await;
    }
}

async fn tidy(app: App) {
    let mut ticks = every(TIDY_EVERY);
    while tick(&app, &mut ticks).await {
        app.telephony.tidy();
    }
}

async fn replay(app: App) {
    let mut ticks = every(EVERY);
    while tick(&app, &mut ticks).await {
        app.telephony.replay().await;
    }
}

async fn wake(app: App) {
    let mut ticks = every(EVERY);
    while tick(&app, &mut ticks).await {
        app.hub.wake_due(app.clock.now());
    }
}

async fn fold(app: App) {
    let mut ticks = every(FOLD_EVERY);
    while tick(&app, &mut ticks).await {
        app.metrics.fold();
    }
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// Waits for the next tick; `false` once the server closes.
async fn tick(app: &App, ticks: &mut tokio::time::Interval) -> bool {
    tokio::select! {
        () = app.closed() => false,
        _ = ticks.tick() => true,
    }
}
