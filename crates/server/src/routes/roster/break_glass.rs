use api::{
    break_glass::{BreakGlass, OpenedAddress, REASON_LEAST},
    error::ErrorBody,
    location::REASON_LIMIT,
    paths,
};
use axum::{Json, extract::State};
use location::{PlaceClass, Status, freshness::DeclaredPlace};

use super::board;
use crate::{
    http::{App, Refusal, Segment, Strict, Watcher},
    legible::seen,
    routes::text::written,
    store::{Agent, AgentId, Call, KnownAgent, LocationSnapshot, OpenAddress},
    view,
};

/// Opens the address of an agent: home, or wherever they say to be.
///
/// While an emergency call of theirs is open no reason is needed, and the address is the one that was sent,
/// or the last they gave where none was. Otherwise the reason has to be written. Either way it is noted for good before the address is given, and
/// the agent is shown who opened it, when and why, until they say that they have seen it. A seat of a site
/// is no secret: then nothing is noted.
#[utoipa::path(
    post,
    path = paths::ROSTER_BREAK_GLASS,
    operation_id = "break_glass",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    params(("username" = String, Path, description = "Whose address.")),
    request_body = BreakGlass,
    responses(
        (status = 200, description = "The address.", body = OpenedAddress),
        (status = 404, description = "`not_found`: no such agent, or no address of theirs is known.", body = ErrorBody),
        (status = 422, description = "`not_acceptable`: no call of theirs is open and the reason is missing or too short.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    watcher: Watcher,
    Segment(username): Segment,
    Strict(asked): Strict<BreakGlass>,
) -> Result<Json<OpenedAddress>, Refusal> {
    let now = app.clock.now();
    let found = app.store.find_agent(&username).await?;
    let agent = found
        .filter(|agent| agent.username.as_str().eq_ignore_ascii_case(&username))
        .ok_or_else(|| Refusal::not_found("There is no such agent."))?;
    let calls = board::calls(&app, now).await?;
    let call = calls.into_iter().find(|call| is_open(call, &agent.id));
    let reason = asked.reason.unwrap_or_default();
    let reason = match (call.is_some(), reason.trim()) {
        (true, "") => String::new(),
        (during_call, reason) => {
            let reason = written("reason", reason, REASON_LIMIT)?;
            if !during_call && seen(&reason) < REASON_LEAST {
                return Err(Refusal::not_acceptable(
                    "No emergency call of theirs is open. Say in at least 10 characters why you open \
                     the address; the agent reads it.",
                    Vec::new(),
                ));
            }
            reason
        }
    };
    let opened = match call.as_ref().and_then(|call| sent(call, &agent)) {
        Some(sent) => Some(sent),
        None => on_file(&app, &agent, now).await?,
    };
    let opened = opened.ok_or_else(|| Refusal::not_found("No address of theirs is known."))?;
    let secret = matches!(opened.class, Some(PlaceClass::Home | PlaceClass::Other));
    if secret {
        let open = OpenAddress {
            agent: agent.id.clone(),
            by: watcher.agent.id.clone(),
            by_name: watcher.agent.display_name.clone(),
            reason,
            call: call.map(|call| call.reference),
            at: now,
        };
        app.store.open_address(open).await?;
        tracing::info!(agent = %agent.id, by = %watcher.agent.id, "an address was opened");
        metrics::counter!("whereabouts_addresses_opened_total").increment(1);
    }
    Ok(Json(opened))
}

/// A test is no emergency.
fn is_open(call: &Call, agent: &AgentId) -> bool {
    let theirs = call.agent.as_ref().is_some_and(|of| of.id == *agent);
    theirs && !call.test && call.state.is_open()
}

/// The address that was sent with a call.
fn sent(call: &Call, agent: &Agent) -> Option<OpenedAddress> {
    address(agent, &call.location, true)
}

/// The last address they gave.
async fn on_file(
    app: &App,
    agent: &Agent,
    now: jiff::Timestamp,
) -> Result<Option<OpenedAddress>, Refusal> {
    let known = app
        .store
        .known_agents(std::slice::from_ref(&agent.id))
        .await?;
    let Some(known) = known.into_iter().next() else {
        return Ok(None);
    };
    Ok(address(agent, &last(app, &known, now), false))
}

/// What is served, or else the last place: who declined or went home may need help all the same.
fn last(app: &App, known: &KnownAgent, now: jiff::Timestamp) -> LocationSnapshot {
    let mut served = LocationSnapshot::of(known, &app.policy.validity(), now);
    if let Some(last) = &known.standing.last_place
        && let DeclaredPlace::Address {
            class,
            civic_address,
        } = &last.place
        && served.status != Status::Confirmed
    {
        served.class = Some(*class);
        served.civic_address = Some(civic_address.clone());
        served.since = Some(last.declared_at);
    }
    served
}

fn address(agent: &Agent, location: &LocationSnapshot, sent: bool) -> Option<OpenedAddress> {
    let lines = view::lines(location.civic_address.as_ref());
    (!lines.is_empty()).then(|| OpenedAddress {
        username: agent.username.to_string(),
        display_name: agent.display_name.clone(),
        class: location.class,
        lines,
        since: location.since,
        sent_with_call: sent,
    })
}

#[cfg(test)]
mod tests;
