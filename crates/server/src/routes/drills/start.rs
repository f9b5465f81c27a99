use api::{
    drill::{StartDrill, StartedDrill},
    error::{ErrorBody, ErrorCode},
    paths,
};
use axum::{Json, extract::State, http::StatusCode};

use crate::{
    http::{App, Refusal, Strict, Watcher},
    store::{DrillId, NotDrilled, PlanDrill, drilled},
};

/// Runs a drill: everything that happens around an emergency call, without any call.
///
/// The banner comes up on the screens of the agents, and whoever would be told is told, each marked as a
/// drill. It ends by itself after two minutes, or as soon as everything has come and somebody said that they
/// are handling it. A real call outranks it at once.
#[utoipa::path(
    post,
    path = paths::DRILLS,
    operation_id = "start_drill",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    request_body = StartDrill,
    responses(
        (status = 201, description = "It begins within two seconds.", body = StartedDrill),
        (status = 404, description = "`not_found`: no such agent, team or site.", body = ErrorBody),
        (status = 409, description = "`drill_running`: there is one at a time.", body = ErrorBody),
        (status = 422, description = "`not_acceptable`: neither agents nor a sample, both, or too many.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    watcher: Watcher,
    Strict(asked): Strict<StartDrill>,
) -> Result<(StatusCode, Json<StartedDrill>), Refusal> {
    let now = app.clock.now();
    let agents = match drilled(app.store.as_ref(), &asked, now).await {
        Ok(agents) => agents,
        Err(NotDrilled::Store(fault)) => return Err(fault.into()),
        Err(unknown @ NotDrilled::Unknown) => {
            return Err(Refusal::new(ErrorCode::NotFound, unknown.to_string()));
        }
        Err(unclear @ NotDrilled::Unclear) => {
            return Err(Refusal::not_acceptable(unclear.to_string(), Vec::new()));
        }
    };
    let plan = PlanDrill {
        drill: DrillId::random(),
        agents: agents.iter().map(|agent| agent.id.clone()).collect(),
        by: Some(watcher.agent.id),
        at: now,
    };
    if !app.store.plan_drill(plan.clone()).await? {
        return Err(Refusal::new(
            ErrorCode::DrillRunning,
            "A drill is running. It ends by itself within a few minutes; wait until then.",
        ));
    }
    let started = StartedDrill {
        drill_id: plan.drill.to_string(),
        started_at: now,
        agents: agents
            .into_iter()
            .map(|agent| agent.username.to_string())
            .collect(),
    };
    Ok((StatusCode::CREATED, Json(started)))
}
