use api::{drill::Drills, paths};
use axum::{Json, extract::State};

use crate::{
    http::{App, Operator, Refusal},
    view,
};

/// How many are listed.
const LISTED: usize = 50;

/// The last drills.
#[utoipa::path(
    get,
    path = paths::DRILLS,
    operation_id = "drills",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    responses((status = 200, description = "The newest first.", body = Drills)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: Operator,
) -> Result<Json<Drills>, Refusal> {
    let drills = app.store.drills(LISTED).await?;
    Ok(Json(Drills {
        drills: drills.into_iter().map(view::drill).collect(),
    }))
}
