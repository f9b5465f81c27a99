use api::{paths, site::Sites};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn},
    view,
};

/// Every site of the organisation.
#[utoipa::path(
    get,
    path = paths::SITES,
    operation_id = "sites",
    tag = "agent",
    security(("bearer" = [])),
    responses((status = 200, description = "By name.", body = Sites)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: SignedIn,
) -> Result<Json<Sites>, Refusal> {
    let rows = app.store.sites().await?;
    let sites = rows.iter().map(view::site_summary).collect();
    Ok(Json(Sites { sites }))
}
