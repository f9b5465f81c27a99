use api::{
    error::ErrorBody,
    paths,
    place::{Place, SavePlace},
};
use axum::{
    Json,
    extract::{Path, State},
};

use crate::{
    http::{App, Refusal, SignedIn, Strict},
    store::{ChangePlace, PlaceId},
    view,
};

/// Changes a saved address. What the agent is confirmed at does not change with it.
#[utoipa::path(
    put,
    path = paths::ME_PLACE,
    operation_id = "change_place",
    tag = "agent",
    security(("bearer" = [])),
    params(("id" = String, Path, description = "Which.")),
    request_body = SavePlace,
    responses(
        (status = 200, description = "As it is now.", body = Place),
        (status = 404, description = "`not_found`", body = ErrorBody),
        (status = 422, description = "`not_acceptable` with `problems`.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Strict(request): Strict<SavePlace>,
) -> Result<Json<Place>, Refusal> {
    let change = ChangePlace {
        place: PlaceId::from_stored(id),
        to: super::to_save(&app, signed_in.agent, &request).await?,
    };
    let changed = app.store.change_place(change).await?;
    changed
        .map(|saved| Json(view::place(&saved)))
        .ok_or_else(super::no_such_place)
}
