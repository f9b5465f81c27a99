//! What goes on without being asked: telling streams what changed, and doing what time demands.

mod follow;
mod tick;

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

pub use follow::follow_store;
pub use tick::Ticker;

use crate::http::App;

/// How often the time is looked at. The wall clock decides, so a machine that slept catches up with
/// the next tick.
const EVERY: Duration = Duration::from_secs(1);

/// Starts everything; it runs until the set is dropped.
#[must_use]
pub fn start(app: &App) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(follow_store(app.clone()));
    tasks.spawn(keep_time(app.clone()));
    tasks
}

async fn keep_time(app: App) {
    let mut ticker = Ticker::new(app);
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        ticker.tick().await;
    }
}
