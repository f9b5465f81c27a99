use serde_json::{Value, json};

use super::*;
use crate::{
    store::KeyRole,
    testing::{Answered, Ask, TestServer},
};

async fn dial(server: &TestServer, key: &str, call_id: &str, agent: &str) {
    let asked = json!({"call_id": call_id, "agent": agent, "dialled": "911"});
    let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(key).json(asked);
    server.ask(ask).await.good();
}

async fn end(server: &TestServer, key: &str, call_id: &str) {
    let ask = Ask::post(paths::TELEPHONY_CALLS_END).bearer(key);
    let answer = server.ask(ask.json(json!({"call_id": call_id}))).await;
    assert_eq!(answer.status, 204);
}

async fn handle(server: &TestServer, token: &str, name: &str) -> Answered {
    let path = paths::EMERGENCY_ACKNOWLEDGEMENTS.replace("{call_id}", name);
    server.ask(Ask::post(&path).bearer(token)).await
}

async fn emergencies(server: &TestServer, token: &str) -> Vec<Value> {
    let list = server.ask(Ask::get(paths::EMERGENCIES).bearer(token)).await;
    list.good()["emergencies"].as_array().unwrap().clone()
}

fn who(emergency: &Value) -> Vec<(String, String)> {
    let said = emergency["acknowledged_by"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    said.map(|by| (text(&by["username"]), text(&by["at"])))
        .collect()
}

async fn banner(server: &TestServer, token: &str) -> Value {
    let me = server.ask(Ask::get(paths::ME).bearer(token)).await.good();
    me["emergency"].clone()
}

#[tokio::test]
async fn the_agent_sees_at_once_who_is_on_it() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let maria = server.sign_in("maria.chen").await;
    let desk = server.sign_in("desk.one").await;
    let boss = server.sign_in("sam.ortiz").await;
    dial(&server, &key, "c", "maria.chen").await;
    let mut banner = server.stream(paths::ME_EVENTS, &maria).await;
    let mut screen = server.stream(paths::ROSTER_EVENTS, &boss).await;
    let before = banner.next().await.data;
    assert_eq!(
        screen.next().await.data["emergencies"][0]["alerts_you"],
        true
    );
    server.clock.advance(7);
    let answer = handle(&server, &desk, "c").await.good();
    assert_eq!(answer["handled_by_you"], true);
    assert_eq!(answer["alerts_you"], false);
    let after = banner.next().await.data;
    assert!(after["revision"].as_u64() > before["revision"].as_u64());
    assert_eq!(
        after["emergency"]["acknowledged_by"],
        json!([{"username": "desk.one", "display_name": "Security Desk", "role": "security",
                "at": "2026-11-20T09:00:07Z"}])
    );
    let frame = screen.next().await.data;
    let seen = &frame["emergencies"][0];
    assert_eq!(who(&seen["emergency"]).len(), 1);
    assert_eq!(
        (&seen["alerts_you"], &seen["handled_by_you"]),
        (&json!(false), &json!(false))
    );
}

#[tokio::test]
async fn what_was_said_first_stands_and_two_can_be_on_it() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let maria = server.sign_in("maria.chen").await;
    let desk = server.sign_in("desk.one").await;
    let boss = server.sign_in("sam.ortiz").await;
    dial(&server, &key, "c", "maria.chen").await;
    for (token, after) in [(&boss, 5), (&desk, 5), (&boss, 5), (&desk, 5)] {
        server.clock.advance(after);
        handle(&server, token, "c").await.good();
    }
    let said = who(&banner(&server, &maria).await);
    let expected = [
        ("sam.ortiz", "2026-11-20T09:00:05Z"),
        ("desk.one", "2026-11-20T09:00:10Z"),
    ];
    assert_eq!(
        said,
        expected.map(|(who, at)| (who.to_owned(), at.to_owned()))
    );
}

#[tokio::test]
async fn an_ended_call_can_be_handled_and_a_gone_one_cannot() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let desk = server.sign_in("desk.one").await;
    dial(&server, &key, "c", "maria.chen").await;
    end(&server, &key, "c").await;
    handle(&server, &desk, "c").await.good();
    assert_eq!(handle(&server, &desk, "d").await.refused(), "404 not_found");
    let reference = emergencies(&server, &desk).await[0]["emergency"]["reference"].clone();
    server.clock.advance(3_600);
    let desk = server.sign_in("desk.one").await;
    // Its time is over, whether or not it was destroyed yet.
    let by_reference = reference.as_str().unwrap();
    assert_eq!(
        handle(&server, &desk, by_reference).await.refused(),
        "404 not_found"
    );
    server.catch_up().await;
    assert_eq!(handle(&server, &desk, "c").await.refused(), "404 not_found");
}

#[tokio::test]
async fn only_those_who_watch_may_say_so() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let maria = server.sign_in("maria.chen").await;
    dial(&server, &key, "c", "maria.chen").await;
    assert_eq!(
        handle(&server, &maria, "c").await.refused(),
        "403 forbidden"
    );
    assert_eq!(handle(&server, &key, "c").await.refused(), "403 forbidden");
    assert_eq!(
        handle(&server, "x", "c").await.refused(),
        "401 unauthenticated"
    );
    assert!(who(&banner(&server, &maria).await).is_empty());
}

#[tokio::test]
async fn any_name_of_a_call_can_stand_in_the_path() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let desk = server.sign_in("desk.one").await;
    for (name, escaped) in [
        ("a/b c?#%", "a%2Fb%20c%3F%23%25"),
        ("acknowledgements", "acknowledgements"),
        ("ü~😀", "%C3%BC~%F0%9F%98%80"),
    ] {
        dial(&server, &key, name, "maria.chen").await;
        let answer = handle(&server, &desk, escaped).await.good();
        assert_eq!(answer["emergency"]["call_id"], name);
    }
}

#[tokio::test]
async fn of_calls_named_alike_nobody_guesses() {
    let server = TestServer::start().await;
    let one = server.key("one", KeyRole::Telephony).await;
    let two = server.key("two", KeyRole::Telephony).await;
    let desk = server.sign_in("desk.one").await;
    dial(&server, &one, "c", "maria.chen").await;
    dial(&server, &two, "c", "devon.walsh").await;
    assert_eq!(handle(&server, &desk, "c").await.refused(), "409 ambiguous");
    let all = emergencies(&server, &desk).await;
    let of = |name: &str| {
        let mut all = all.iter();
        let found = all.find(|seen| seen["username"] == name).unwrap();
        found["emergency"]["reference"].as_str().unwrap().to_owned()
    };
    let answer = handle(&server, &desk, &of("devon.walsh")).await.good();
    assert_eq!(answer["username"], "devon.walsh");
    let handled: Vec<Value> = emergencies(&server, &desk).await;
    let handled: Vec<&Value> = handled
        .iter()
        .filter(|seen| seen["handled_by_you"] == true)
        .collect();
    assert_eq!(handled.len(), 1);
    // With one of them over the other is meant; the same platform may use its name again, too.
    end(&server, &two, "c").await;
    let answer = handle(&server, &desk, "c").await.good();
    assert_eq!(answer["username"], "maria.chen");
}

#[tokio::test]
async fn a_locked_store_keeps_nobody_from_handling_a_call() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let maria = server.sign_in("maria.chen").await;
    let desk = server.sign_in("desk.one").await;
    dial(&server, &key, "before", "maria.chen").await;
    server.remember().await;
    let lock = server.lock_store().await;
    // One that the store has, and one that only the journal has.
    let answer = handle(&server, &desk, "before").await.good();
    assert_eq!(who(&answer["emergency"]).len(), 1);
    assert_eq!(
        who(&banner(&server, &maria).await).len(),
        1,
        "shown at once"
    );
    dial(&server, &key, "during", "devon.walsh").await;
    handle(&server, &desk, "during").await.good();
    handle(&server, &desk, "during").await.good();
    server.unlock_store(lock).await;
    server.catch_up().await;
    assert_eq!(server.app.telephony.waiting(), 0);
    let kept = server.app.store.calls().await.unwrap();
    assert_eq!(kept.len(), 2);
    for call in kept {
        let said = &call.handling.acknowledged;
        assert_eq!((said.len(), said[0].username.as_str()), (1, "desk.one"));
    }
}

#[tokio::test]
async fn what_nothing_took_is_not_believed() {
    let server = TestServer::start().await;
    let key = server.key("pbx", KeyRole::Telephony).await;
    let maria = server.sign_in("maria.chen").await;
    let desk = server.sign_in("desk.one").await;
    dial(&server, &key, "c", "maria.chen").await;
    let lock = server.lock_store().await;
    server.break_journal();
    assert_eq!(
        handle(&server, &desk, "c").await.refused(),
        "503 unavailable"
    );
    assert!(who(&banner(&server, &maria).await).is_empty());
    server.unlock_store(lock).await;
    handle(&server, &desk, "c").await.good();
    assert_eq!(who(&banner(&server, &maria).await).len(), 1);
}
