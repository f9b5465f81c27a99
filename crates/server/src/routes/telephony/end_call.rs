use api::{paths, telephony::EndCall};
use axum::{extract::State, http::StatusCode};

use crate::{
    http::{App, Head, Platform, Refusal, Segment},
    telephony::named_call,
};

/// A call ended. Idempotent and order-free: an end before its start is remembered.
#[utoipa::path(
    post,
    path = paths::TELEPHONY_CALLS_END,
    operation_id = "end_call",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    request_body = EndCall,
    responses((status = 204, description = "It is over, or will be when it begins.")),
)]
pub(in crate::routes) async fn by_body(
    State(app): State<App>,
    platform: Platform,
    head: Head,
) -> Result<StatusCode, Refusal> {
    let call_id = named_call(&head)?;
    app.telephony.end_call(&platform, &call_id).await;
    Ok(StatusCode::NO_CONTENT)
}

/// The same, with the call named in the path. The body does not matter.
#[utoipa::path(
    post,
    path = paths::TELEPHONY_CALL_END,
    operation_id = "end_named_call",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    params(("call_id" = String, Path, description = "The platform's name for the call.")),
    responses((status = 204, description = "It is over, or will be when it begins.")),
)]
pub(in crate::routes) async fn by_path(
    State(app): State<App>,
    platform: Platform,
    Segment(call_id): Segment,
) -> StatusCode {
    app.telephony.end_call(&platform, &call_id).await;
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        store::KeyRole,
        testing::{Ask, TestServer},
    };

    async fn dial(server: &TestServer, key: &str, call_id: &str) -> Value {
        let asked = json!({"call_id": call_id, "agent": "maria.chen", "dialled": "911"});
        let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(key).json(asked);
        server.ask(ask).await.good()
    }

    async fn end(server: &TestServer, key: &str, call_id: &str) {
        let ask = Ask::post(paths::TELEPHONY_CALLS_END).bearer(key);
        assert_eq!(
            server
                .ask(ask.json(json!({"call_id": call_id})))
                .await
                .status,
            204
        );
    }

    async fn emergency(server: &TestServer) -> Value {
        let maria = server.sign_in("maria.chen").await;
        let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
        me["emergency"].clone()
    }

    #[tokio::test]
    async fn the_window_runs_from_the_end_and_then_nothing_is_left() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let answer = dial(&server, &key, "c").await;
        assert_eq!(answer["callback_until_final"], false);
        server.clock.advance(600);
        end(&server, &key, "c").await;
        server.clock.advance(60);
        end(&server, &key, "c").await;
        let ended = emergency(&server).await;
        assert_eq!(
            (&ended["phase"], &ended["ended_by"]),
            (&json!("ended"), &json!("platform"))
        );
        assert_eq!(ended["ended_at"], "2026-11-20T09:10:00Z");
        assert_eq!(ended["callback_until"], "2026-11-20T10:10:00Z");
        assert_eq!(ended["callback_until_final"], true);
        server.pass(3_540).await;
        assert_eq!(emergency(&server).await, Value::Null);
        assert!(server.app.store.calls().await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn an_end_before_its_start_is_remembered() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        end(&server, &key, "c").await;
        let answer = dial(&server, &key, "c").await;
        assert_eq!(answer["callback_until_final"], true);
        assert_eq!(emergency(&server).await["phase"], "ended");
    }

    #[tokio::test]
    async fn any_name_of_a_call_can_stand_in_the_path() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        for (name, escaped) in [
            ("a/b c?#%", "a%2Fb%20c%3F%23%25".to_owned()),
            ("end", "end".to_owned()),
            ("\u{1}", "%01".to_owned()),
            (&*"x".repeat(300), "x".repeat(300)),
        ] {
            dial(&server, &key, name).await;
            let path = paths::TELEPHONY_CALL_END.replace("{call_id}", &escaped);
            let ask = Ask::post(&path).bearer(&key).body("\0 whatever");
            assert_eq!(server.ask(ask).await.status, 204, "{name:?}");
            assert_eq!(emergency(&server).await["phase"], "ended", "{name:?}");
            server.pass(3_600).await;
        }
    }

    #[tokio::test]
    async fn a_call_of_which_nobody_says_that_it_is_over_is_after_a_while() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        dial(&server, &key, "c").await;
        server.pass(4 * 3_600 - 1).await;
        assert_eq!(emergency(&server).await["phase"], "open");
        server.pass(1).await;
        let ended = emergency(&server).await;
        assert_eq!(
            (&ended["phase"], &ended["ended_by"]),
            (&json!("ended"), &json!("max_open"))
        );
    }

    #[tokio::test]
    async fn the_agent_can_say_that_it_is_over() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        let over = || server.ask(Ask::post(paths::ME_EMERGENCY_OVER).bearer(&maria));
        assert_eq!(over().await.refused(), "404 not_found");
        dial(&server, &key, "c").await;
        assert_eq!(over().await.good()["ended_by"], "person");
        assert_eq!(over().await.refused(), "404 not_found");
    }

    #[tokio::test]
    async fn a_body_without_a_call_is_refused() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        for body in ["", "{}", "null", r#"{"call_id":""}"#, r#"{"call_id":[]}"#] {
            let ask = Ask::post(paths::TELEPHONY_CALLS_END)
                .bearer(&key)
                .body(body);
            assert_eq!(server.ask(ask).await.refused(), "400 unreadable", "{body}");
        }
    }
}
