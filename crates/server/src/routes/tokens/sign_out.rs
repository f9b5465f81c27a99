use api::paths;
use axum::{extract::State, http::StatusCode};

use crate::http::{App, Refusal, SignedIn};

/// Signs this device out: its tokens stop working. A stream on which an emergency is open stays.
#[utoipa::path(
    delete,
    path = paths::TOKENS,
    operation_id = "sign_out",
    tag = "agent",
    security(("bearer" = [])),
    responses((status = 204, description = "Signed out.")),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<StatusCode, Refusal> {
    app.store
        .sign_out(&signed_in.family, app.clock.now())
        .await?;
    // Its streams look again, find their token revoked, and end.
    app.hub.wake(&signed_in.agent);
    Ok(StatusCode::NO_CONTENT)
}
