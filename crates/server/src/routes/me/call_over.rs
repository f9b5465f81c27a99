use api::{emergency::Emergency, error::ErrorBody, paths};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn},
    store::Over,
    view,
};

/// "The call is over", when the platform never said so. The callback window runs from now.
#[utoipa::path(
    post,
    path = paths::ME_EMERGENCY_OVER,
    operation_id = "call_over",
    tag = "agent",
    security(("bearer" = [])),
    responses(
        (status = 200, description = "The call as it is now.", body = Emergency),
        (status = 404, description = "`not_found`: no call is open.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Json<Emergency>, Refusal> {
    let (now, policy) = (app.clock.now(), app.policy.calls());
    let theirs = Over::Of(signed_in.agent.clone());
    let ended = app.telephony.end_open(theirs, now).await?;
    ended
        .iter()
        .find_map(|call| view::emergency(call, &policy, now))
        .map(|mut emergency| {
            app.dress(Some(&signed_in.agent), &mut emergency);
            Json(emergency)
        })
        .ok_or_else(|| Refusal::not_found("No emergency call of yours is open."))
}
