//! The agent: what their desktop shows, and what they say.

pub(super) mod banner_shown;
pub(super) mod call_over;
pub(super) mod confirm;
pub(super) mod decline;
pub(super) mod end_call;
pub(super) mod end_shift;
pub(super) mod events;
pub(super) mod read_notice;
pub(super) mod show;
pub(super) mod test_result;

use api::location::ServedLocation;
use jiff::Timestamp;
use location::Verdict;

use crate::{
    http::{App, Refusal},
    store::{AgentId, AgentStanding, Mine, StoreError},
    view,
};

/// Everything about an agent as of one moment.
async fn load(app: &App, agent: &AgentId, now: Timestamp) -> Result<Option<Mine>, StoreError> {
    app.store.mine(agent, app.fresh_after(now)).await
}

/// What is served of a standing, with the site that stands in. From now on it is also what is served
/// when the store fails.
async fn served(
    app: &App,
    agent: &AgentId,
    standing: &AgentStanding,
) -> Result<Option<ServedLocation>, Refusal> {
    app.last_known.stands(agent, standing);
    let now = app.clock.now();
    let default_site = match app.store.agent(agent).await?.and_then(|a| a.default_site) {
        Some(site) => app.store.site(&site).await?,
        None => None,
    };
    let site = default_site.as_ref().map(|row| &row.site);
    // Nobody looked at what is unchecked.
    let checked = match standing.verdict {
        Verdict::Unchecked => None,
        Verdict::Corrected | Verdict::Invalid | Verdict::Overridden | Verdict::Valid => {
            app.store.checked(agent).await?
        }
    };
    let checked = checked.as_ref();
    Ok(view::served(standing, checked, site, &app.policy, now))
}
