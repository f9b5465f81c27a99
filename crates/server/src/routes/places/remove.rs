use api::{error::ErrorBody, paths};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use crate::{
    http::{App, Refusal, SignedIn},
    store::PlaceId,
};

/// Forgets a saved address.
#[utoipa::path(
    delete,
    path = paths::ME_PLACE,
    operation_id = "remove_place",
    tag = "agent",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "Which.")),
    responses(
        (status = 204, description = "It is forgotten."),
        (status = 404, description = "`not_found`", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let place = PlaceId::from_stored(id);
    if app.store.remove_place(&signed_in.agent, &place).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(super::no_such_place())
    }
}
