use api::{error::ErrorBody, paths, telephony::CallbackDecision};
use axum::{Json, extract::State};

use crate::http::{App, Platform, Refusal, Segment};

/// Where a callback to this number would go. Changes nothing.
#[utoipa::path(
    get,
    path = paths::TELEPHONY_CALLBACK,
    operation_id = "callback",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    params(("number" = String, Path, description = "E.164.")),
    responses(
        (status = 200, description = "Where it would go.", body = CallbackDecision),
        (status = 422, description = "`not_acceptable`: that is no telephone number.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: Platform,
    Segment(number): Segment,
) -> Result<Json<CallbackDecision>, Refusal> {
    // What is no text is nobody's number.
    if number.contains(char::REPLACEMENT_CHARACTER) {
        return Ok(Json(app.telephony.nobodys()));
    }
    let number = super::number(&number)?;
    Ok(Json(app.telephony.route(&number).await))
}
