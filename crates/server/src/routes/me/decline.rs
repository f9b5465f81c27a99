use api::{
    error::ErrorBody,
    location::{DeclineLocation, REASON_LIMIT, ServedLocation},
    paths,
};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn, Strict},
    routes::text::written,
    store::Decline,
};

/// The agent would not say where they are.
#[utoipa::path(
    post,
    path = paths::ME_LOCATION_DECLINE,
    operation_id = "decline_location",
    tag = "agent",
    security(("bearer" = [])),
    request_body = DeclineLocation,
    responses(
        (status = 200, description = "What is served from now on; null when nothing ever was.", body = Option<ServedLocation>),
        (status = 422, description = "`not_acceptable`: the reason.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Strict(request): Strict<DeclineLocation>,
) -> Result<Json<Option<ServedLocation>>, Refusal> {
    let reason = match request.reason.trim() {
        "" => String::new(),
        reason => written("reason", reason, REASON_LIMIT)?,
    };
    let decline = Decline {
        agent: signed_in.agent.clone(),
        reason,
        at: app.clock.now(),
    };
    let standing = app
        .store
        .decline(decline)
        .await?
        .ok_or_else(Refusal::unauthenticated)?;
    super::served(&app, &signed_in.agent, &standing)
        .await
        .map(Json)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Ask, TestServer};

    #[tokio::test]
    async fn what_was_said_before_is_only_last_known() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let said = json!({"place": {"seat": "SEA-5-181"}, "declared_age_seconds": 0});
        let confirm = Ask::put(paths::ME_LOCATION)
            .bearer(&maria)
            .header("idempotency-key", "k");
        server.ask(confirm.json(said)).await.good();
        let decline = |reason: Value| {
            let ask = Ask::post(paths::ME_LOCATION_DECLINE).bearer(&maria);
            server.ask(ask.json(json!({ "reason": reason })))
        };
        let served = decline(json!("on the move")).await.good();
        assert_eq!(
            (&served["status"], &served["rule"]),
            (&json!("declined"), &json!("none"))
        );
        assert_eq!(served["civic_address"], json!({}));
        assert_eq!(served["last_known"]["label"], "WS 181");
        assert!(decline(json!("")).await.status.is_success());
        assert_eq!(
            decline(json!("x".repeat(501))).await.refused(),
            "422 not_acceptable"
        );
    }
}
