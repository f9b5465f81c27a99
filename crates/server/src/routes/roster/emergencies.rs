use api::{emergency::Emergencies, paths};
use axum::{Json, extract::State};

use super::board;
use crate::http::{App, Refusal, Watcher};

/// Every emergency that is open or whose callback window is.
#[utoipa::path(
    get,
    path = paths::EMERGENCIES,
    operation_id = "emergencies",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    responses((status = 200, description = "Open ones first, the newest first.", body = Emergencies)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    watcher: Watcher,
) -> Result<Json<Emergencies>, Refusal> {
    let (emergencies, _) = board::emergencies(&app, &watcher.agent, app.clock.now()).await?;
    Ok(Json(Emergencies { emergencies }))
}
