use api::{paths, telephony::EndCall};
use axum::{extract::State, http::StatusCode};

use crate::{
    http::{App, Head, Platform, Refusal},
    telephony::named_call,
};

/// A callback ended. One that nobody knows is no error.
#[utoipa::path(
    post,
    path = paths::TELEPHONY_CALLBACKS_END,
    operation_id = "end_callback",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    request_body = EndCall,
    responses((status = 204, description = "It is over.")),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    platform: Platform,
    head: Head,
) -> Result<StatusCode, Refusal> {
    let call_id = named_call(&head)?;
    app.telephony.end_callback(&platform, &call_id).await;
    Ok(StatusCode::NO_CONTENT)
}
