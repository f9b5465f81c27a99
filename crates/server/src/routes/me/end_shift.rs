use api::{location::ServedLocation, paths};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn},
    store::EndShift,
};

/// The agent's shift is over: their last place counts as stale from now on.
#[utoipa::path(
    post,
    path = paths::ME_LOCATION_END,
    operation_id = "end_shift",
    tag = "agent",
    security(("bearer" = [])),
    responses((status = 200, description = "What is served from now on; null for nothing.", body = Option<ServedLocation>)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Json<Option<ServedLocation>>, Refusal> {
    let end = EndShift {
        agent: signed_in.agent.clone(),
        at: app.clock.now(),
    };
    let standing = app
        .store
        .end_shift(end)
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
    async fn the_last_place_is_stale_from_then_on() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let end = || server.ask(Ask::post(paths::ME_LOCATION_END).bearer(&maria));
        assert_eq!(end().await.good(), Value::Null, "nothing was ever said");
        let said = json!({"place": {"seat": "SEA-5-181"}, "declared_age_seconds": 0});
        let confirm = Ask::put(paths::ME_LOCATION)
            .bearer(&maria)
            .header("idempotency-key", "k");
        server.ask(confirm.json(said)).await.good();
        let served = end().await.good();
        assert_eq!(
            (&served["status"], &served["rule"]),
            (&json!("stale"), &json!("site"))
        );
        assert_eq!(served["civic_address"]["LOC"], "SEAT UNCONFIRMED");
        assert_eq!(end().await.good(), served, "ending twice changes nothing");
    }
}
