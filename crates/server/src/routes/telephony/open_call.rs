use api::{
    error::ErrorBody,
    paths,
    telephony::{Answer, OpenCall},
};
use axum::{Json, extract::State, http::StatusCode};

use crate::{
    http::{App, Head, Platform, Refusal},
    telephony::{Asked, Taken},
};

/// An emergency number was dialled: gives the location and a number to call back, and opens the call.
///
/// Answered within 500 ms whatever is broken here, and never with a fault. The body is read leniently:
/// unknown fields are ignored, numbers count as text, a form or damaged JSON is searched for the fields,
/// and any emergency number in anything else opens a call for an unknown agent. A body is refused (400,
/// 413) only when nothing in it can be an emergency.
#[utoipa::path(
    post,
    path = paths::TELEPHONY_CALLS,
    operation_id = "open_call",
    tag = "telephony",
    security(("bearer" = []), ("basic" = [])),
    request_body = OpenCall,
    responses(
        (status = 201, description = "The call is open.", body = Answer),
        (status = 200, description = "It was asked about before; the same answer again.", body = Answer),
        (status = 422, description = "`ordinary_number`: clearly not an emergency number.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    platform: Platform,
    head: Head,
) -> Result<(StatusCode, Json<Answer>), Refusal> {
    let asked = Asked::read(&head)?;
    let Taken { answer, repeated } = app
        .telephony
        .take_call(&platform, &asked)
        .await
        .ok_or_else(super::ordinary_number)?;
    Ok((status(repeated), Json(answer)))
}

pub(super) fn status(repeated: bool) -> StatusCode {
    if repeated {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        store::KeyRole,
        testing::{Answered, Ask, TestServer},
    };

    async fn dial(server: &TestServer, key: &str, body: Value) -> Answered {
        server
            .ask(Ask::post(paths::TELEPHONY_CALLS).bearer(key).json(body))
            .await
    }

    #[tokio::test]
    async fn the_door_and_a_number_to_call_back() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        server.sit(&maria, "SEA-5-181").await;
        let asked = json!({"call_id": "c-1", "agent": "maria.chen", "dialled": "911", "new": {}});
        let answer = dial(&server, &key, asked.clone()).await;
        assert_eq!(answer.status, 201);
        insta::assert_json_snapshot!(answer.good());
        let again = dial(&server, &key, asked).await;
        assert_eq!(
            (again.status, again.good()),
            (StatusCode::OK, answer.good())
        );

        let mut me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
        // Another one in each run.
        assert!(
            me["emergency"]["reference"]
                .as_str()
                .unwrap()
                .starts_with("ca_")
        );
        me["emergency"]["reference"] = json!("ca_");
        insta::assert_json_snapshot!(me["emergency"]);
    }

    #[tokio::test]
    async fn the_banner_comes_by_itself() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let (maria, desk) = (
            server.sign_in("maria.chen").await,
            server.sign_in("desk.one").await,
        );
        let mut banner = server.stream(paths::ME_EVENTS, &maria).await;
        let mut screen = server.stream(paths::ROSTER_EVENTS, &desk).await;
        assert_eq!(banner.next().await.data["emergency"], Value::Null);
        screen.next().await;
        let asked =
            json!({"call_id": "c", "agent": "sip:maria.chen@example.com", "dialled": "9911"});
        dial(&server, &key, asked).await.good();
        let shown = banner.next().await.data["emergency"].clone();
        assert_eq!(
            (&shown["phase"], &shown["dialled"]),
            (&json!("open"), &json!("911"))
        );
        loop {
            let frame = screen.next().await.data;
            let Some(first) = frame["emergencies"].get(0) else {
                continue;
            };
            assert_eq!(first["username"], "maria.chen");
            break;
        }
        let listed = server
            .ask(Ask::get(paths::EMERGENCIES).bearer(&desk))
            .await
            .good();
        assert_eq!(listed["emergencies"][0]["team"], "Support");
    }

    #[tokio::test]
    async fn an_emergency_keeps_the_banner_past_its_token() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        let mut banner = server.stream(paths::ME_EVENTS, &maria).await;
        banner.next().await;
        dial(
            &server,
            &key,
            json!({"call_id": "c", "agent": "maria.chen", "dialled": "911"}),
        )
        .await;
        assert_eq!(banner.next().await.data["emergency"]["phase"], "open");
        let out = Ask::new("DELETE", paths::TOKENS).bearer(&maria);
        assert_eq!(server.ask(out).await.status, 204);
        server.pass(15 * 60).await;
        assert_eq!(banner.next().await.data["emergency"]["phase"], "open");
        let end = Ask::post(paths::TELEPHONY_CALLS_END).bearer(&key);
        server.ask(end.json(json!({"call_id": "c"}))).await;
        banner.end().await;
    }

    #[tokio::test]
    async fn somebody_nobody_knows_is_answered_too() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        for (n, agent) in [
            json!("nobody"),
            Value::Null,
            json!(""),
            json!({"a": 1}),
            json!("\0"),
        ]
        .into_iter()
        .enumerate()
        {
            let asked = json!({"call_id": format!("c{n}"), "agent": agent, "dialled": "911"});
            let answer = dial(&server, &key, asked).await;
            assert_eq!(answer.status, 201, "{agent}");
            let answer = answer.good();
            assert_eq!(
                (&answer["agent"], &answer["location_status"]),
                (&Value::Null, &json!("unknown"))
            );
            assert_eq!(
                (&answer["civic_address"], &answer["civic_address_json"]),
                (&json!({}), &Value::Null)
            );
            // The site's: people answer it, and nobody could be reached by one of the pool.
            assert_eq!(answer["callback_number"], "+12065550199");
        }
        let unnamed = dial(&server, &key, json!({"dialled": "911"})).await;
        let made_up = unnamed.good()["call_id"].clone();
        assert!(made_up.as_str().unwrap().starts_with("call_"));
    }

    #[tokio::test]
    async fn in_doubt_it_is_an_emergency() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let bodies: [&[u8]; 7] = [
            b"{}",
            br#"{"call_id":"c","agent":"maria.chen"}"#,
            br#"{"call_id":"c2","agent":"maria.chen","dialled":"911"#,
            br#"{"dialled":["911"]}"#,
            b"call_id=c3&agent=maria.chen&dialled=%2B1911",
            b"INVITE urn:service:sos SIP/2.0",
            b"\xff\xfe911",
        ];
        for body in bodies {
            let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(&key).body(body);
            assert_eq!(
                server.ask(ask).await.status,
                201,
                "{}",
                String::from_utf8_lossy(body)
            );
        }
        for (body, expected) in [
            ("", "400 unreadable"),
            ("not json", "400 unreadable"),
            ("[]", "400 unreadable"),
            (r#"{"dialled":"+12065550123"}"#, "422 ordinary_number"),
            (r#"{"dialled":"411"}"#, "422 ordinary_number"),
        ] {
            let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(&key).body(body);
            assert_eq!(server.ask(ask).await.refused(), expected, "{body}");
        }
    }

    #[tokio::test]
    async fn a_key_is_asked_for_in_either_way() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let agent = server.sign_in("maria.chen").await;
        let other = server.key("grafana", KeyRole::Metrics).await;
        let ask = |value: &str| {
            let ask = Ask::post(paths::TELEPHONY_CALLS).header("authorization", value);
            server.ask(ask.json(json!({"dialled": "911"})))
        };
        let basic = |pair: &str| {
            use base64::{Engine as _, engine::general_purpose::STANDARD};
            format!("Basic {}", STANDARD.encode(pair))
        };
        assert_eq!(ask(&format!("Bearer {key}")).await.status, 201);
        assert_eq!(ask(&basic(&format!("pbx:{key}"))).await.status, 201);
        assert_eq!(
            ask(&format!("Bearer {agent}")).await.refused(),
            "403 forbidden"
        );
        assert_eq!(
            ask(&basic(&format!("pbx:{other}"))).await.refused(),
            "403 forbidden"
        );
        assert_eq!(ask("Bearer nobody").await.refused(), "401 unauthenticated");
        let none = Ask::post(paths::TELEPHONY_CALLS).json(json!({"dialled": "911"}));
        assert_eq!(server.ask(none).await.refused(), "401 unauthenticated");
        let me = server.ask(Ask::get(paths::ME).bearer(&key)).await;
        assert_eq!(me.refused(), "403 forbidden");
    }

    #[tokio::test]
    async fn two_platforms_may_name_two_calls_alike() {
        let server = TestServer::start().await;
        let one = server.key("one", KeyRole::Telephony).await;
        let other = server.key("other", KeyRole::Telephony).await;
        let asked = |agent: &str| json!({"call_id": "c", "agent": agent, "dialled": "911"});
        let maria = dial(&server, &one, asked("maria.chen")).await;
        let devon = dial(&server, &other, asked("devon.walsh")).await;
        assert_eq!(
            (maria.status, devon.status),
            (StatusCode::CREATED, StatusCode::CREATED)
        );
        assert_ne!(
            maria.good()["callback_number"],
            devon.good()["callback_number"]
        );
    }
}
