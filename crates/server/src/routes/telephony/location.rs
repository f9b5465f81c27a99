use api::{paths, telephony::AgentLocation};
use axum::{Json, extract::State};

use crate::http::{App, Platform, Segment};

/// Where an agent is, as an emergency call would be told. Reads only: opens no call.
#[utoipa::path(
    get,
    path = paths::TELEPHONY_LOCATION,
    operation_id = "agent_location",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    params(("agent" = String, Path, description = "Username, SIP URI, UPN or a number.")),
    responses((status = 200, description = "What is known; `agent` is null for somebody nobody knows.", body = AgentLocation)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    platform: Platform,
    Segment(agent): Segment,
) -> Json<AgentLocation> {
    Json(app.telephony.locate(&platform, &agent).await)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        store::KeyRole,
        testing::{Ask, TestServer},
    };

    #[tokio::test]
    async fn reads_and_opens_nothing() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        server.sit(&maria, "SEA-5-181").await;
        let locate = |agent: &str| {
            let path = paths::TELEPHONY_LOCATION.replace("{agent}", agent);
            server.ask(Ask::get(&path).bearer(&key))
        };
        let found = locate("MARIA.CHEN").await.good();
        insta::assert_json_snapshot!(found);
        assert_eq!(locate("sip%3Amaria.chen%40example.com").await.good(), found);
        let by_number = locate("%2B12065550142").await.good();
        assert_eq!(by_number["agent"], "devon.walsh");
        for nobody in ["nobody", "%00", "%F0%9F%9A%91", &"x".repeat(1_000)] {
            let unknown = locate(nobody).await.good();
            assert_eq!(
                (&unknown["agent"], &unknown["rule"]),
                (&Value::Null, &json!("none"))
            );
            assert_eq!(unknown["degraded"], false);
        }
        assert!(server.app.store.calls().await.unwrap().is_empty());
    }
}
