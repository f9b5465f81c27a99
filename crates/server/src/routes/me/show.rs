use api::{agent::Me, paths};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn},
    view,
};

/// The whole of what the agent's desktop shows.
#[utoipa::path(
    get,
    path = paths::ME,
    operation_id = "me",
    tag = "agent",
    security(("bearer" = [])),
    responses((status = 200, description = "As of now.", body = Me)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Json<Me>, Refusal> {
    let now = app.clock.now();
    let mine = super::load(&app, &signed_in.agent, now)
        .await?
        .ok_or_else(Refusal::unauthenticated)?;
    let journaled = app.overlay.of(&signed_in.agent);
    let mut me = view::me(&mine, &journaled, &app.low_pools.borrow(), &app.policy, now);
    if let Some(emergency) = &mut me.emergency {
        app.dress(Some(&signed_in.agent), emergency);
    }
    Ok(Json(me))
}
