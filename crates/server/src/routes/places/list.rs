use api::{paths, place::Places};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn},
    view,
};

/// The agent's saved addresses, the last used first.
#[utoipa::path(
    get,
    path = paths::ME_PLACES,
    operation_id = "places",
    tag = "agent",
    security(("bearer" = [])),
    responses((status = 200, description = "All of them.", body = Places)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Json<Places>, Refusal> {
    let saved = app.store.places(&signed_in.agent).await?;
    let places = saved.iter().map(view::place).collect();
    Ok(Json(Places { places }))
}
