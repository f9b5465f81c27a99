//! What platforms are told when things are broken. Times here are the budget of an answer, not a
//! measurement.

use api::paths;
use emergency::EmergencyCall;
use serde_json::{Value, json};

use super::*;
use crate::{
    store::{KeyRole, NumberSource},
    testing::{Answered, Ask, TestServer},
};

/// The budget of a telephony answer.
const BUDGET: Duration = Duration::from_millis(500);

/// A platform's side of a test.
struct Platform<'a> {
    server: &'a TestServer,
    key: String,
}

impl<'a> Platform<'a> {
    /// With Maria on her seat, and everything known by heart.
    async fn of(server: &'a TestServer) -> Self {
        let key = server.key("pbx", KeyRole::Telephony).await;
        let maria = server.sign_in("maria.chen").await;
        server.sit(&maria, "SEA-5-181").await;
        server.remember().await;
        Self { server, key }
    }

    /// Posts, and holds the answer to its budget.
    async fn post(&self, path: &str, body: Value) -> Answered {
        let ask = Ask::post(path).bearer(&self.key).json(body);
        self.within_budget(ask).await
    }

    async fn get(&self, path: &str) -> Answered {
        self.within_budget(Ask::get(path).bearer(&self.key)).await
    }

    async fn dial(&self, call_id: &str, agent: &str) -> Answered {
        let body = json!({"call_id": call_id, "agent": agent, "dialled": "911"});
        self.post(paths::TELEPHONY_CALLS, body).await
    }

    async fn within_budget(&self, ask: Ask) -> Answered {
        let began = Instant::now();
        let answer = self.server.ask(ask).await;
        let took = began.elapsed();
        assert!(took <= BUDGET, "answered after {took:?}");
        assert!(!answer.status.is_server_error(), "{}", answer.text);
        answer
    }

    /// The seat, as last known, and never a number of the pool.
    async fn is_answered_without_the_store(&self, call_id: &str) {
        let answer = self.dial(call_id, "maria.chen").await;
        assert_eq!(answer.status, 201);
        let first = answer.good();
        assert_eq!(first["lines"][0], "WS 181, floor 5");
        assert_eq!(first["degraded"], true);
        assert_eq!(first["callback_number"], "+12065550199");
        let again = self.dial(call_id, "maria.chen").await;
        assert_eq!((again.status.as_u16(), again.good()), (200, first));
    }
}

async fn emergency(server: &TestServer, token: &str) -> Value {
    let me = server.ask(Ask::get(paths::ME).bearer(token)).await.good();
    me["emergency"].clone()
}

#[tokio::test]
async fn a_locked_store_costs_no_call_its_answer() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let maria = server.sign_in("maria.chen").await;
    let lock = server.lock_store().await;
    platform.is_answered_without_the_store("c").await;
    let shown = emergency(&server, &maria).await;
    assert_eq!(
        (&shown["phase"], &shown["call_id"]),
        (&json!("open"), &json!("c"))
    );
    assert!(
        server.app.store.calls().await.unwrap().is_empty(),
        "it is only in the journal"
    );

    server.unlock_store(lock).await;
    server.catch_up().await;
    let calls = server.app.store.calls().await.unwrap();
    let number = calls[0].callback_number.clone().unwrap();
    assert_eq!(
        number.source,
        NumberSource::Fallback,
        "the replay lends nothing"
    );
    assert_eq!(server.app.telephony.waiting(), 0);
    assert_eq!(emergency(&server, &maria).await["call_id"], "c");
    let again = platform.dial("c", "maria.chen").await;
    assert_eq!(
        (again.status.as_u16(), &again.good()["callback_number"]),
        (200, &json!("+12065550199"))
    );
}

#[tokio::test]
async fn a_stuck_writer_costs_no_call_its_answer_and_lends_nothing_later() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let held = server.store.hold_writer().await;
    platform.is_answered_without_the_store("c").await;
    drop(held);
    server.app.store.ping_write().await.unwrap();
    assert!(
        server.app.store.calls().await.unwrap().is_empty(),
        "what was given up never runs"
    );
    server.catch_up().await;
    let calls = server.app.store.calls().await.unwrap();
    assert_eq!(calls.len(), 1);
    assert_eq!(
        calls[0].callback_number.clone().unwrap().source,
        NumberSource::Fallback
    );
}

#[tokio::test]
async fn a_store_that_is_gone_costs_no_call_its_answer() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    server.app.store.close().await;
    platform.is_answered_without_the_store("c").await;
    let path = paths::TELEPHONY_LOCATION.replace("{agent}", "maria.chen");
    let found = platform.get(&path).await.good();
    assert_eq!(
        (&found["location_status"], &found["degraded"]),
        (&json!("confirmed"), &json!(true))
    );
    let nobody = platform.dial("c2", "nobody").await.good();
    assert_eq!(
        (&nobody["agent"], &nobody["callback_number"]),
        (&Value::Null, &json!("+12065550199"))
    );
}

#[tokio::test]
async fn the_whole_life_of_a_call_goes_on_without_the_store() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let maria = server.sign_in("maria.chen").await;
    let mut banner = server.stream(paths::ME_EVENTS, &maria).await;
    banner.next().await;
    let lock = server.lock_store().await;
    let number = platform.dial("c", "maria.chen").await.good()["callback_number"].clone();
    assert_eq!(banner.next().await.data["emergency"]["phase"], "open");

    platform
        .post(paths::TELEPHONY_CALLS_END, json!({"call_id": "c"}))
        .await;
    assert_eq!(banner.next().await.data["emergency"]["phase"], "ended");

    let body = json!({"call_id": "back", "number": number});
    let decision = platform.post(paths::TELEPHONY_CALLBACKS, body).await.good();
    assert_eq!(
        (&decision["decision"], &decision["agent"]),
        (&json!("agent"), &json!("maria.chen"))
    );
    assert_eq!(
        banner.next().await.data["emergency"]["callback"]["state"],
        "ringing"
    );
    let path = paths::TELEPHONY_CALLBACK.replace("{number}", number.as_str().unwrap());
    assert_eq!(platform.get(&path).await.good()["decision"], "agent");
    platform
        .post(paths::TELEPHONY_CALLBACKS_END, json!({"call_id": "back"}))
        .await;
    assert_eq!(
        banner.next().await.data["emergency"]["callback"]["state"],
        "over"
    );

    server.unlock_store(lock).await;
    server.catch_up().await;
    let stored = server.app.store.calls().await.unwrap();
    assert!(
        matches!(stored[0].state, EmergencyCall::Ended { .. }),
        "{:?}",
        stored[0].state
    );
}

#[tokio::test]
async fn an_end_that_the_store_does_not_take_ends_the_call_all_the_same() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let maria = server.sign_in("maria.chen").await;
    platform.dial("c", "maria.chen").await;
    server.remember().await;
    let lock = server.lock_store().await;
    server.clock.advance(60);
    platform
        .post(paths::TELEPHONY_CALLS_END, json!({"call_id": "c"}))
        .await;
    platform
        .post(paths::TELEPHONY_CALLS_END, json!({"call_id": "early"}))
        .await;
    assert_eq!(emergency(&server, &maria).await["phase"], "ended");
    let early = platform.dial("early", "devon.walsh").await.good();
    assert_eq!(early["callback_until_final"], true, "its end came first");

    server.unlock_store(lock).await;
    server.catch_up().await;
    assert_eq!(server.app.telephony.waiting(), 0);
    let shown = emergency(&server, &maria).await;
    assert_eq!(
        (&shown["phase"], &shown["ended_at"]),
        (&json!("ended"), &json!("2026-11-20T09:01:00Z"))
    );
    let calls = server.app.store.calls().await.unwrap();
    assert!(calls.iter().all(|call| !call.state.is_open()));
}

#[tokio::test]
async fn a_journal_that_refuses_too_costs_no_call_its_answer() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    server.break_journal();
    let lock = server.lock_store().await;
    platform.is_answered_without_the_store("c").await;
    server.unlock_store(lock).await;
    server.catch_up().await;
    assert_eq!(
        server.app.store.calls().await.unwrap().len(),
        1,
        "this process still knew it"
    );
}

#[tokio::test]
async fn a_cold_start_without_store_and_copy_is_answered_with_nothing_personal() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    server
        .app
        .telephony
        .last_known()
        .set(crate::store::KnownWorld::default());
    server.app.store.close().await;
    let answer = platform.dial("c", "maria.chen").await;
    assert_eq!(answer.status, 201);
    let answer = answer.good();
    assert_eq!(
        (&answer["location_status"], &answer["degraded"]),
        (&json!("unknown"), &json!(true))
    );
    assert_eq!(
        (&answer["agent"], &answer["lines"]),
        (&Value::Null, &json!([]))
    );
    let stranger = Ask::post(paths::TELEPHONY_CALLS)
        .bearer("somebody else")
        .json(json!({"dialled": "911"}));
    assert_eq!(server.ask(stranger).await.refused(), "401 unauthenticated");
}

#[tokio::test]
async fn a_call_only_in_the_journal_is_gone_when_its_window_is() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let lock = server.lock_store().await;
    platform.dial("c", "maria.chen").await;
    platform
        .post(paths::TELEPHONY_CALLS_END, json!({"call_id": "c"}))
        .await;
    assert_eq!(server.app.telephony.waiting(), 1);
    server.clock.advance(3_600);
    server.app.telephony.replay().await;
    assert_eq!(server.app.telephony.waiting(), 0);
    server.unlock_store(lock).await;
}

/// Everything in the compliance record.
async fn recorded(server: &TestServer) -> String {
    let mut leaves = Vec::new();
    for node in server.app.store.chains().await.unwrap() {
        for batch in server.app.store.batches(node, 0, 1_000).await.unwrap() {
            leaves.extend(batch.leaves);
        }
    }
    String::from_utf8(leaves).unwrap()
}

#[tokio::test]
async fn a_call_whose_window_closed_in_the_journal_is_on_record() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let lock = server.lock_store().await;
    platform.dial("c", "maria.chen").await;
    server.unlock_store(lock).await;
    server.clock.advance(24 * 3_600);
    for _ in 0..2 {
        server.catch_up().await;
    }
    assert_eq!(server.app.telephony.waiting(), 0);
    let recorded = recorded(&server).await;
    for kind in ["call_opened", "call_destroyed"] {
        assert!(recorded.contains(kind), "{kind}: {recorded}");
    }
    assert!(server.app.store.calls().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_number_that_was_answered_stays_when_the_call_is_asked_for_again_without_the_store() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let first = platform.dial("c", "maria.chen").await.good();
    let lock = server.lock_store().await;
    // As after a restart, before the copy knew the call.
    server
        .app
        .telephony
        .last_known()
        .set(crate::store::KnownWorld::default());
    let second = platform.dial("c", "maria.chen").await.good();
    assert_ne!(first["callback_number"], second["callback_number"]);
    server.unlock_store(lock).await;
    server.catch_up().await;
    let calls = server.app.store.calls().await.unwrap();
    assert_eq!(calls.len(), 1, "it is one call");
    let third = platform.dial("c", "maria.chen").await;
    assert_eq!(third.good()["callback_number"], first["callback_number"]);
}

#[tokio::test]
async fn a_call_under_a_key_that_nothing_can_vouch_for_is_kept_until_it_can() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    server
        .app
        .telephony
        .last_known()
        .set(crate::store::KnownWorld::default());
    server.hide_store().await;
    let answer = platform.dial("c", "maria.chen").await;
    assert_eq!(answer.status, 201);
    let answer = answer.good();
    assert_eq!(
        (&answer["agent"], &answer["degraded"]),
        (&Value::Null, &json!(true))
    );
    // Somebody who knows no more than what a key looks like.
    let forged = format!("wk_pbx_{}", "x".repeat(43));
    for call_id in ["c", "forged"] {
        let body = json!({"call_id": call_id, "agent": "devon.walsh", "dialled": "911"});
        let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(&forged);
        assert_eq!(platform.within_budget(ask.json(body)).await.status, 201);
    }
    assert_eq!(server.app.telephony.waiting(), 3);
    assert!(
        server.app.overlay.all().is_empty(),
        "shown to nobody until the key is known"
    );
    platform
        .post(paths::TELEPHONY_CALLS_END, json!({"call_id": "c"}))
        .await;
    server.bring_store_back().await;
    server.catch_up().await;
    assert_eq!(server.app.telephony.waiting(), 0);
    let calls = server.app.store.calls().await.unwrap();
    assert_eq!(calls.len(), 1, "what was forged never was a call");
    let agent = calls[0].agent.clone().unwrap();
    assert_eq!(agent.username.as_str(), "maria.chen");
    assert!(matches!(calls[0].state, EmergencyCall::Ended { .. }));
}

#[tokio::test]
async fn a_store_that_is_deleted_while_it_is_in_use_is_away() {
    let server = TestServer::start().await;
    let platform = Platform::of(&server).await;
    let maria = server.sign_in("maria.chen").await;
    let ready = || server.ask(Ask::get(paths::READYZ));
    assert_eq!(ready().await.status, 200);
    server.hide_store().await;
    assert_eq!(ready().await.status, 503);
    let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await;
    assert_eq!(me.status, 503, "nobody is told that something was stored");
    platform.is_answered_without_the_store("c").await;
    server.bring_store_back().await;
    server.catch_up().await;
    assert_eq!(ready().await.status, 200);
    assert_eq!(server.app.store.calls().await.unwrap().len(), 1);
    assert_eq!(emergency(&server, &maria).await["call_id"], "c");
}
