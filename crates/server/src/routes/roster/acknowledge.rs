use api::{
    emergency::EmergencySummary,
    error::{ErrorBody, ErrorCode},
    paths,
};
use axum::{Json, extract::State};

use super::board;
use crate::{
    http::{App, Refusal, Segment, Watcher},
    store::{Acknowledged, Call},
};

/// "I am handling this."
///
/// Idempotent: what somebody said first stands. The call may be over, as long as its callback window is
/// open. The path names it by its `reference`, or by its `call_id` with whatever is not plain
/// percent-encoded. Of several calls with one `call_id` the one in progress is meant, otherwise the newest;
/// where two of two platforms are in progress the answer is `ambiguous`: take the `reference`.
#[utoipa::path(
    post,
    path = paths::EMERGENCY_ACKNOWLEDGEMENTS,
    operation_id = "acknowledge_emergency",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    params(("call_id" = String, Path, description = "The `reference` of the call, or its `call_id`.")),
    responses(
        (status = 200, description = "The call as it is now.", body = EmergencySummary),
        (status = 404, description = "`not_found`: there is no such call, or its window has closed.", body = ErrorBody),
        (status = 409, description = "`ambiguous`: two calls in progress have this name.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    watcher: Watcher,
    Segment(name): Segment,
) -> Result<Json<EmergencySummary>, Refusal> {
    let now = app.clock.now();
    let call = named(&board::calls(&app, now).await?, &name)?;
    let by = Acknowledged {
        id: watcher.agent.id.clone(),
        username: watcher.agent.username.clone(),
        display_name: watcher.agent.display_name.clone(),
        role: watcher.agent.role,
        at: now,
    };
    let call = app.telephony.acknowledge(&call, by).await?;
    let call = call.ok_or_else(gone)?;
    let summary = board::summary(&app, &watcher.agent, &call, now).await?;
    summary.map(Json).ok_or_else(gone)
}

/// The call that is meant.
pub(super) fn named(calls: &[Call], name: &str) -> Result<Call, Refusal> {
    if let Some(call) = calls.iter().find(|call| call.reference.as_str() == name) {
        return Ok(call.clone());
    }
    let is_meant = |call: &&Call| {
        call.key.call_id.as_str() == name || call.named_key().call_id.as_str() == name
    };
    let mut meant: Vec<&Call> = calls.iter().filter(is_meant).collect();
    if meant.iter().any(|call| call.state.is_open()) {
        meant.retain(|call| call.state.is_open());
        if meant.len() > 1 {
            return Err(Refusal::new(
                ErrorCode::Ambiguous,
                "Two calls in progress have this name. Name the one you mean by its reference.",
            ));
        }
    }
    let newest = meant.into_iter().max_by_key(|call| call.started_at());
    newest.cloned().ok_or_else(gone)
}

fn gone() -> Refusal {
    Refusal::not_found("There is no such emergency any more; nothing is left of it to handle.")
}

#[cfg(test)]
mod tests;
