use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use api::{
    emergency::EmergencySummary,
    roster::{RosterRow, RosterStatus},
};
use jiff::Timestamp;
use location::SiteId;

use crate::{
    http::App,
    store::{Agent, AgentId, Call, RosterQuery, StoreError, WATCHERS},
    view::{self, Row, Viewer},
};

/// Rows of the roster, by agent: everybody's, or those of some.
pub(super) async fn rows(
    app: &App,
    agents: Option<Vec<AgentId>>,
    now: Timestamp,
) -> Result<HashMap<AgentId, RosterRow>, StoreError> {
    let query = RosterQuery { team: None, agents };
    let whole = query.agents.is_none();
    let read = app.store.roster(&query);
    let stored = if whole {
        app.readings.roster.read(read).await?
    } else {
        Arc::new(read.await?)
    };
    let names = site_names(app).await?;
    let calling: HashSet<AgentId> = calls(app, now)
        .await?
        .into_iter()
        .filter(|call| call.state.is_open() && !call.test)
        .filter_map(|call| call.agent.map(|agent| agent.id))
        .collect();
    let rows: Vec<(AgentId, Row)> = stored
        .iter()
        .map(|row| {
            let id = &row.agent.id;
            let (online, emergency) = (app.hub.is_online(id), calling.contains(id));
            let name = |site: &SiteId| names.get(site).cloned();
            (
                id.clone(),
                view::row(row, name, online, emergency, &app.policy, now),
            )
        })
        .collect();
    shared_seats_marked(app, rows, now).await
}

/// Everybody who says to sit where somebody else does is marked.
async fn shared_seats_marked(
    app: &App,
    rows: Vec<(AgentId, Row)>,
    now: Timestamp,
) -> Result<HashMap<AgentId, RosterRow>, StoreError> {
    let seats: Vec<_> = rows
        .iter()
        .filter_map(|(_, row)| row.seat.clone())
        .collect();
    let mut sitting: HashMap<_, HashSet<AgentId>> = HashMap::new();
    for (seat, mate) in app.store.taken_seats(&seats, app.fresh_after(now)).await? {
        sitting.entry(seat).or_default().insert(mate.agent);
    }
    let marked = rows.into_iter().map(|(id, row)| {
        let others = row.seat.as_ref().and_then(|seat| sitting.get(seat));
        let conflict = others.is_some_and(|others| others.iter().any(|other| *other != id));
        let shown = RosterRow {
            conflict,
            presence: app.statuses.name(&id),
            ..row.shown
        };
        (id, shown)
    });
    Ok(marked.collect())
}

/// Everybody by status, every status named.
pub(super) fn counts<'a>(
    rows: impl IntoIterator<Item = &'a RosterRow>,
) -> BTreeMap<RosterStatus, u64> {
    let mut counts = BTreeMap::from(
        [
            RosterStatus::Confirmed,
            RosterStatus::Declined,
            RosterStatus::Offline,
            RosterStatus::Stale,
            RosterStatus::Unknown,
        ]
        .map(|status| (status, 0)),
    );
    for row in rows {
        *counts.entry(row.status).or_default() += 1;
    }
    counts
}

/// In the order in which people look names up: by display name, then username.
pub(super) fn in_order(rows: impl IntoIterator<Item = RosterRow>) -> Vec<RosterRow> {
    let mut rows: Vec<RosterRow> = rows.into_iter().collect();
    rows.sort_by_cached_key(position);
    rows
}

/// Where a row stands in that order.
pub(super) fn position(row: &RosterRow) -> (String, String) {
    (row.display_name.to_lowercase(), row.username.clone())
}

/// Every emergency that is open or whose callback window is, as one person sees them, and the moment at
/// which time alone next changes one.
pub(super) async fn emergencies(
    app: &App,
    viewer: &Agent,
    now: Timestamp,
) -> Result<(Vec<EmergencySummary>, Option<Timestamp>), StoreError> {
    let calls = calls(app, now).await?;
    if calls.is_empty() {
        return Ok((Vec::new(), None));
    }
    let names = site_names(app).await?;
    let people = app.readings.watchers.read(watchers(app)).await?;
    let viewer = Viewer {
        agent: viewer,
        people: &people,
    };
    let mut next = view::next_change(&calls, &app.policy.calls());
    let mut summaries = Vec::with_capacity(calls.len());
    for call in &calls {
        let (summary, changes) = summarised(app, viewer, call, &names, now).await?;
        next = next.into_iter().chain(changes).min();
        summaries.extend(summary);
    }
    Ok((summaries, next))
}

/// One call as one person sees it; `None` when it is gone.
pub(super) async fn summary(
    app: &App,
    viewer: &Agent,
    call: &Call,
    now: Timestamp,
) -> Result<Option<EmergencySummary>, StoreError> {
    let names = site_names(app).await?;
    let people = app.readings.watchers.read(watchers(app)).await?;
    let viewer = Viewer {
        agent: viewer,
        people: &people,
    };
    let (summary, _) = summarised(app, viewer, call, &names, now).await?;
    Ok(summary)
}

async fn summarised(
    app: &App,
    viewer: Viewer<'_>,
    call: &Call,
    names: &HashMap<SiteId, String>,
    now: Timestamp,
) -> Result<(Option<EmergencySummary>, Option<Timestamp>), StoreError> {
    let caller = match &call.agent {
        Some(agent) => app.store.agent(&agent.id).await?,
        None => None,
    };
    let caller = caller.as_ref();
    let site = call.location.site.as_ref();
    let site = site.and_then(|site| names.get(site).cloned());
    let alert = view::alert(call, caller, viewer, &app.policy, now);
    let seen = (viewer, alert);
    let mut summary = view::summary(call, caller, site, seen, &app.policy, now);
    if let Some(summary) = &mut summary {
        let agent = call.agent.as_ref().map(|agent| &agent.id);
        app.dress(agent, &mut summary.emergency);
    }
    Ok((summary, alert.next))
}

/// Everybody who watches for emergencies.
async fn watchers(app: &App) -> Result<Vec<Agent>, StoreError> {
    let mut people = Vec::new();
    for role in WATCHERS {
        people.extend(app.store.agents_with_role(role).await?);
    }
    Ok(people)
}

pub(super) async fn calls(app: &App, now: Timestamp) -> Result<Vec<Call>, StoreError> {
    app.calls(now).await
}

async fn site_names(app: &App) -> Result<HashMap<SiteId, String>, StoreError> {
    let sites = app.readings.sites.read(app.store.sites()).await?;
    Ok(sites
        .iter()
        .map(|site| (site.row.site.id.clone(), site.row.site.name.clone()))
        .collect())
}
