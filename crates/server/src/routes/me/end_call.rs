use api::{
    emergency::Emergency,
    error::{ErrorBody, ErrorCode},
    paths,
};
use axum::{Json, extract::State};
use futures_util::future::join_all;
use platforms::CallToEnd;
use tracing::{info, warn};

use crate::{
    http::{App, Refusal, SignedIn},
    random,
    store::Call,
    view,
};

/// Has the platform hang up. The call is over when the platform says so, as after any other end.
#[utoipa::path(
    post,
    path = paths::ME_EMERGENCY_END_CALL,
    operation_id = "end_my_call",
    tag = "agent",
    security(("bearer" = [])),
    responses(
        (status = 200, description = "The platform has taken it. The call as it is now.", body = Emergency),
        (status = 404, description = "`not_found`: no call is open, or no platform can hang up.", body = ErrorBody),
        (status = 503, description = "`unavailable`: the platform did not take it; hang up on the softphone.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Json<Emergency>, Refusal> {
    let control = app.call_control.as_ref().ok_or_else(|| {
        Refusal::not_found("No platform here can hang up for you. Hang up on your softphone.")
    })?;
    let (now, policy) = (app.clock.now(), app.policy.calls());
    let journaled = app.overlay.of(&signed_in.agent);
    let stored = match super::load(&app, &signed_in.agent, now).await {
        Ok(mine) => mine.map(|mine| mine.calls).unwrap_or_default(),
        // A call that only the journal knows is enough.
        Err(_) if !journaled.is_empty() => Vec::new(),
        Err(fault) => return Err(fault.into()),
    };
    let calls = view::merge(stored, journaled, &policy, now);
    // No platform knows the call of a drill.
    let is_up = |call: &&Call| call.state.is_open() && call.drill.is_none();
    let open: Vec<&Call> = calls.iter().filter(is_up).collect();
    let Some(shown) = open.first() else {
        return Err(Refusal::not_found("No emergency call of yours is open."));
    };
    let asked = join_all(open.iter().filter_map(|call| {
        let wish = CallToEnd {
            id: random::id("ec"),
            agent: call.agent.as_ref()?.username.clone(),
            key: call.named_key(),
            at: now,
        };
        Some(async move { control.end_call(&wish).await })
    }));
    for (call, asked) in open.iter().zip(asked.await) {
        let reference = &call.reference;
        match asked {
            Ok(()) => info!(call.reference = %reference, "the platform was asked to hang up"),
            Err(fault) => {
                metrics::counter!("whereabouts_hang_up_faults_total").increment(1);
                warn!(
                    call.reference = %reference,
                    platform.fault = %fault.code(),
                    "the platform does not hang up for an agent"
                );
                return Err(Refusal::new(
                    ErrorCode::Unavailable,
                    "The platform did not hang up. Hang up on your softphone.",
                ));
            }
        }
    }
    view::emergency(shown, &policy, now)
        .map(|mut emergency| {
            app.dress(Some(&signed_in.agent), &mut emergency);
            Json(emergency)
        })
        .ok_or_else(|| Refusal::not_found("No emergency call of yours is open."))
}
