use api::{emergency::EmergencyShown, error::ErrorBody, paths};
use axum::{extract::State, http::StatusCode};

use crate::http::{App, Refusal, SignedIn, Strict};

/// "The banner of this call is on the screen." Idempotent: the first time stands.
#[utoipa::path(
    post,
    path = paths::ME_EMERGENCY_SHOWN,
    operation_id = "banner_shown",
    tag = "agent",
    security(("bearer" = [])),
    request_body = EmergencyShown,
    responses(
        (status = 204, description = "It is noted."),
        (status = 404, description = "`not_found`: this agent has no such call, or it is not in the store yet.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Strict(shown): Strict<EmergencyShown>,
) -> Result<StatusCode, Refusal> {
    let noted = app
        .telephony
        .banner_shown(&signed_in.agent, &shown.call_id)
        .await?;
    if noted {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Refusal::not_found("You have no such call."))
    }
}
