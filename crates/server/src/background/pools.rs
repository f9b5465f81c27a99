use api::agent::Role;
use emergency::lease::PoolLevel;
use tracing::{info, warn};

use crate::http::App;

/// Notes how much is left of the pools of callback numbers: counts it, and tells those who can do
/// something about it when one begins or ceases to run low.
pub(super) async fn note(app: &App, levels: Vec<PoolLevel>) {
    for level in &levels {
        let labels = [
            ("country", level.country.as_str().to_owned()),
            ("site", site(level).to_owned()),
        ];
        metrics::gauge!("whereabouts_pool_numbers", &labels).set(count(level.numbers));
        metrics::gauge!("whereabouts_pool_free", &labels).set(count(level.free));
    }
    let low: Vec<PoolLevel> = levels.into_iter().filter(PoolLevel::is_low).collect();
    let before = app.low_pools.send_replace(low.clone());
    if before == low {
        return;
    }
    for level in low.iter().filter(|level| !before.contains(level)) {
        warn!(
            pool.country = level.country.as_str(),
            pool.site = site(level),
            pool.numbers = level.numbers,
            pool.free = level.free,
            "a pool of callback numbers runs low"
        );
    }
    if low.is_empty() {
        info!("no pool of callback numbers runs low any more");
    }
    for role in [Role::Admin, Role::Security, Role::Supervisor] {
        // A reader that fails shows it with the next frame.
        for agent in app.store.agents_with_role(role).await.unwrap_or_default() {
            app.hub.wake(&agent.id);
        }
    }
}

fn site(level: &PoolLevel) -> &str {
    level.site.as_ref().map_or("", |site| site.as_str())
}

#[expect(clippy::cast_precision_loss, reason = "no pool holds 2^52 numbers")]
fn count(numbers: usize) -> f64 {
    numbers as f64
}
