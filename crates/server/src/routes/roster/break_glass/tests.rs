use serde_json::{Value, json};

use super::*;
use crate::{
    store::KeyRole,
    testing::{Answered, Ask, TestServer},
};

const WELFARE: &str = "did not come to the meeting point";

async fn ask(server: &TestServer, token: &str, who: &str, body: Value) -> Answered {
    let path = paths::ROSTER_BREAK_GLASS.replace("{username}", who);
    server.ask(Ask::post(&path).bearer(token).json(body)).await
}

async fn dial(server: &TestServer, key: &str, dialled: &str) {
    let asked = json!({"call_id": "c", "agent": "maria.chen", "dialled": dialled});
    let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(key).json(asked);
    server.ask(ask).await.good();
}

async fn is_at(server: &TestServer, token: &str, street: &str, key: &str) {
    let said = json!({"declared_age_seconds": 0, "place": {"class": "home", "address": {
        "country": "US", "A1": "WA", "A3": "Seattle", "HNO": "12", "RD": street, "STS": "St",
        "PC": "98101",
    }}});
    let ask = Ask::put(paths::ME_LOCATION).bearer(token);
    server
        .ask(ask.header("idempotency-key", key).json(said))
        .await
        .good();
}

async fn notices(server: &TestServer, token: &str) -> Vec<Value> {
    let me = server.ask(Ask::get(paths::ME).bearer(token)).await.good();
    let notices = me["notices"].as_array().unwrap().iter();
    notices
        .filter(|notice| notice["code"] == "address_opened")
        .cloned()
        .collect()
}

async fn read(server: &TestServer, token: &str, body: Value) -> Answered {
    let ask = Ask::post(paths::ME_ACKNOWLEDGEMENTS).bearer(token);
    server.ask(ask.json(body)).await
}

#[tokio::test]
async fn without_a_call_it_takes_a_reason_and_the_agent_sees_it() {
    let server = TestServer::start().await;
    let maria = server.sign_in("maria.chen").await;
    let boss = server.sign_in("sam.ortiz").await;
    is_at(&server, &maria, "Planted", "k1").await;
    for reason in [
        json!({}),
        json!({"reason": null}),
        json!({"reason": " because  "}),
    ] {
        let refused = ask(&server, &boss, "maria.chen", reason).await;
        assert_eq!(refused.refused(), "422 not_acceptable");
        assert!(!refused.text.contains("Planted"));
    }
    let long = json!({"reason": "x".repeat(501)});
    assert_eq!(
        ask(&server, &boss, "maria.chen", long).await.refused(),
        "422 not_acceptable"
    );
    let odd = json!({"why": WELFARE});
    assert_eq!(
        ask(&server, &boss, "maria.chen", odd).await.refused(),
        "400 unreadable"
    );
    assert!(
        notices(&server, &maria).await.is_empty(),
        "nothing was opened"
    );
    let opened = ask(&server, &boss, "Maria.Chen", json!({"reason": WELFARE}))
        .await
        .good();
    assert_eq!(
        (&opened["class"], &opened["sent_with_call"]),
        (&json!("home"), &json!(false))
    );
    assert_eq!(opened["lines"][0], "12 Planted St");
    let told = &notices(&server, &maria).await[0];
    assert_eq!(told["values"]["who"], "Sam Ortiz");
    assert_eq!(told["values"]["at"], "2026-11-20T09:00:00Z");
    let text =
        "Sam Ortiz opened your address on 2026-11-20 09:00 UTC: did not come to the meeting point";
    assert_eq!(told["text"], text);
}

#[tokio::test]
async fn while_a_call_is_open_the_call_is_reason_enough() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let maria = server.sign_in("maria.chen").await;
    let desk = server.sign_in("desk.one").await;
    is_at(&server, &maria, "Planted", "k1").await;
    dial(&server, &key, "933").await;
    let refused = ask(&server, &desk, "maria.chen", json!({})).await;
    assert_eq!(
        refused.refused(),
        "422 not_acceptable",
        "a test is no emergency"
    );
    dial(&server, &key, "911").await;
    // What was sent is what counts, wherever they went since.
    server.clock.advance(60);
    is_at(&server, &maria, "Elsewhere", "k2").await;
    for _ in 0..2 {
        let opened = ask(&server, &desk, "maria.chen", json!({})).await.good();
        assert_eq!(opened["lines"][0], "12 Planted St");
        assert_eq!(opened["sent_with_call"], true);
    }
    let told = notices(&server, &maria).await;
    assert_eq!(told.len(), 1, "once for each call and person");
    assert_eq!(told[0]["values"]["during_call"], "true");
    let over = Ask::post(paths::ME_EMERGENCY_OVER).bearer(&maria);
    server.ask(over).await.good();
    let after = ask(&server, &desk, "maria.chen", json!({})).await;
    assert_eq!(after.refused(), "422 not_acceptable", "it is over");
}

#[tokio::test]
async fn a_call_that_was_sent_with_no_address_opens_the_last_one() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let maria = server.sign_in("maria.chen").await;
    let desk = server.sign_in("desk.one").await;
    is_at(&server, &maria, "Planted", "k1").await;
    let decline = Ask::post(paths::ME_LOCATION_DECLINE).bearer(&maria);
    server
        .ask(decline.json(json!({"reason": "Private"})))
        .await
        .good();
    dial(&server, &key, "911").await;
    let opened = ask(&server, &desk, "maria.chen", json!({})).await.good();
    assert_eq!(opened["lines"][0], "12 Planted St");
    assert_eq!(opened["sent_with_call"], false);
    assert_eq!(notices(&server, &maria).await.len(), 1);
}

#[tokio::test]
async fn a_reason_that_cannot_be_read_is_none() {
    let server = TestServer::start().await;
    let maria = server.sign_in("maria.chen").await;
    let boss = server.sign_in("sam.ortiz").await;
    is_at(&server, &maria, "Planted", "k1").await;
    for reason in [
        "\u{200b}".repeat(10),
        "\u{3164}".repeat(10),
        "\u{202e}not at the door".to_owned(),
    ] {
        let refused = ask(&server, &boss, "maria.chen", json!({"reason": reason})).await;
        assert_eq!(refused.refused(), "422 not_acceptable", "{reason:?}");
    }
    assert!(notices(&server, &maria).await.is_empty());
}

#[tokio::test]
async fn it_is_shown_until_the_agent_has_seen_it() {
    let server = TestServer::start().await;
    let maria = server.sign_in("maria.chen").await;
    let devon = server.sign_in("devon.walsh").await;
    let boss = server.sign_in("sam.ortiz").await;
    is_at(&server, &maria, "Planted", "k1").await;
    for _ in 0..2 {
        ask(&server, &boss, "maria.chen", json!({"reason": WELFARE}))
            .await
            .good();
    }
    let told = notices(&server, &maria).await;
    assert_eq!(told.len(), 2);
    let body = json!({"notice": "address_opened", "version": told[0]["version"], "locale": "da"});
    // Somebody else's word takes nothing off her screen.
    read(&server, &devon, body.clone()).await.good();
    assert_eq!(notices(&server, &maria).await.len(), 2);
    let mut screen = server.stream(paths::ME_EVENTS, &maria).await;
    screen.next().await;
    let first = read(&server, &maria, body.clone()).await.good();
    assert_eq!(
        screen.next().await.data["notices"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    server.clock.advance(60);
    let mut again = body;
    again["locale"] = json!("en");
    assert_eq!(
        read(&server, &maria, again).await.good(),
        first,
        "the first time stands"
    );
}

#[tokio::test]
async fn a_seat_is_no_secret_and_nothing_known_is_said_so() {
    let server = TestServer::start().await;
    let maria = server.sign_in("maria.chen").await;
    let boss = server.sign_in("sam.ortiz").await;
    let reason = json!({"reason": WELFARE});
    let nothing = ask(&server, &boss, "maria.chen", reason.clone()).await;
    assert_eq!(nothing.refused(), "404 not_found");
    let nobody = ask(&server, &boss, "no.body", reason.clone()).await;
    assert_eq!(nobody.refused(), "404 not_found");
    server.sit(&maria, "SEA-5-181").await;
    let opened = ask(&server, &boss, "maria.chen", reason.clone())
        .await
        .good();
    assert_eq!(opened["class"], "seat");
    assert!(notices(&server, &maria).await.is_empty());
    let refused = ask(&server, &maria, "sam.ortiz", reason).await;
    assert_eq!(refused.refused(), "403 forbidden");
}

#[tokio::test]
async fn what_cannot_be_noted_is_not_opened() {
    let server = TestServer::start().await;
    let maria = server.sign_in("maria.chen").await;
    let boss = server.sign_in("sam.ortiz").await;
    is_at(&server, &maria, "Planted", "k1").await;
    let lock = server.lock_store().await;
    let refused = ask(&server, &boss, "maria.chen", json!({"reason": WELFARE})).await;
    assert_eq!(refused.refused(), "503 unavailable");
    assert!(!refused.text.contains("Planted"));
    server.unlock_store(lock).await;
}

#[tokio::test]
async fn any_notice_can_be_read_and_nonsense_cannot() {
    let server = TestServer::start().await;
    let maria = server.sign_in("maria.chen").await;
    let limits = json!({"notice": "limits", "version": 3, "locale": "fr-CA"});
    let first = read(&server, &maria, limits).await.good();
    assert_eq!(
        (&first["version"], &first["locale"]),
        (&json!("3"), &json!("fr-CA"))
    );
    for bad in [
        json!({"notice": "", "version": "1", "locale": "en"}),
        json!({"notice": "a", "version": " ", "locale": "en"}),
        json!({"notice": "a", "version": "1", "locale": "de Deutsch"}),
        json!({"notice": "a\u{1}", "version": "1", "locale": "en"}),
        json!({"notice": "a".repeat(101), "version": "1", "locale": "en"}),
    ] {
        assert_eq!(
            read(&server, &maria, bad).await.refused(),
            "422 not_acceptable"
        );
    }
    let missing = read(&server, &maria, json!({"notice": "a"})).await;
    assert_eq!(missing.refused(), "400 unreadable");
}
