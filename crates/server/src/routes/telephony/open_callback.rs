use api::{
    error::ErrorBody,
    paths,
    telephony::{CallbackDecision, OpenCallback},
};
use axum::{Json, extract::State};

use crate::{
    http::{App, Head, Platform, Refusal},
    telephony::CallingBack,
};

/// Somebody calls a callback number: says where the call goes, before every other contact and past
/// routing rules, capacity and presence, and lets the agent's banner ring.
#[utoipa::path(
    post,
    path = paths::TELEPHONY_CALLBACKS,
    operation_id = "open_callback",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    request_body = OpenCallback,
    responses(
        (status = 200, description = "Where it goes.", body = CallbackDecision),
        (status = 422, description = "`not_acceptable`: that is no telephone number.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    platform: Platform,
    head: Head,
) -> Result<Json<CallbackDecision>, Refusal> {
    let calling = CallingBack::read(&head)?;
    let number = super::number(&calling.number)?;
    let call_id = calling.call_id.as_deref();
    Ok(Json(app.telephony.ring(&platform, number, call_id).await))
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
    async fn the_callback_finds_the_agent_and_rings() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        let post = |path: &str, body: Value| server.ask(Ask::post(path).bearer(&key).json(body));
        let asked = json!({"call_id": "c", "agent": "maria.chen", "dialled": "911"});
        let number = post(paths::TELEPHONY_CALLS, asked).await.good()["callback_number"].clone();
        post(paths::TELEPHONY_CALLS_END, json!({"call_id": "c"})).await;

        let route = |number: &str| {
            let path = paths::TELEPHONY_CALLBACK.replace("{number}", number);
            server.ask(Ask::get(&path).bearer(&key))
        };
        let looked_up = route(number.as_str().unwrap()).await.good();
        insta::assert_json_snapshot!(looked_up);
        let callback = async || {
            let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
            me["emergency"]["callback"]["state"].clone()
        };
        assert_eq!(callback().await, "none", "looking up rings nowhere");
        let body = json!({"call_id": "back", "number": number, "caller": "911"});
        let decision = post(paths::TELEPHONY_CALLBACKS, body).await.good();
        assert_eq!(decision, looked_up);
        assert_eq!(callback().await, "ringing");
        let over = json!({"call_id": "back"});
        assert_eq!(
            post(paths::TELEPHONY_CALLBACKS_END, over.clone())
                .await
                .status,
            204
        );
        assert_eq!(callback().await, "over");
        assert_eq!(post(paths::TELEPHONY_CALLBACKS_END, over).await.status, 204);

        // The window closes: the number is the security desk's again.
        server.pass(3_600).await;
        let late = route(number.as_str().unwrap()).await.good();
        assert_eq!(late["decision"], "security_desk");
        assert_eq!(late["contact"], "sip:desk@example.com");
        assert_eq!(route("%2B14155550100").await.good()["decision"], "unknown");
        assert_eq!(
            route("12065550101").await.good()["decision"],
            "security_desk"
        );
    }

    #[tokio::test]
    async fn what_is_no_number_is_said_so() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        for (body, expected) in [
            (json!({"number": "anonymous"}), "422 not_acceptable"),
            (json!({"number": "911"}), "422 not_acceptable"),
            (json!({}), "400 unreadable"),
            (json!({"number": {}}), "400 unreadable"),
        ] {
            let ask = Ask::post(paths::TELEPHONY_CALLBACKS).bearer(&key);
            assert_eq!(
                server.ask(ask.json(body.clone())).await.refused(),
                expected,
                "{body}"
            );
        }
        let path = paths::TELEPHONY_CALLBACK.replace("{number}", "x");
        let answer = server.ask(Ask::get(&path).bearer(&key)).await;
        assert_eq!(answer.refused(), "422 not_acceptable");
    }
}
