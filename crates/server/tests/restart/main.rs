//! The real server, killed and started again in the middle of emergencies.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(unix)]

mod process;

use std::time::Duration;

use serde_json::json;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use process::{Answer, House, Running};

/// The budget of a telephony answer.
const BUDGET: Duration = Duration::from_millis(500);

/// Dials 911 as Maria, and holds the answer to its budget.
fn dial(server: &Running, key: &str, call_id: &str) -> Answer {
    let body = json!({"call_id": call_id, "agent": "maria.chen", "dialled": "911"});
    let answer = server.post("/v1/telephony/calls", key, Some(&body));
    assert!(answer.took <= BUDGET, "answered after {:?}", answer.took);
    answer
}

/// Signs Maria in and seats her.
fn seat(house: &House, server: &Running) -> String {
    let code = house.run(&["enrol", "maria.chen"]);
    let device = json!({"code": code, "device_name": "test"});
    let device = server.post("/v1/enrolments", "", Some(&device)).body;
    let token = device["access_token"].as_str().unwrap().to_owned();
    let said = json!({"place": {"seat": "SEA-5-181"}, "declared_age_seconds": 0});
    let seated = server.ask("PUT", "/v1/me/location", &token, Some(&said));
    assert_eq!(seated.status, 200, "{}", seated.body);
    token
}

fn keys(house: &House) -> (String, String) {
    let key = |role| house.run(&["keys", "create", "--role", role, "--name", role]);
    (key("telephony"), key("metrics"))
}

/// Keeps everybody else from writing, as another process would.
async fn lock(house: &House) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(house.store());
    let mut lock = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE")
        .execute(&mut lock)
        .await
        .unwrap();
    lock
}

#[test]
fn a_second_server_on_the_same_store_ends_and_says_why() {
    let house = House::with_the_sample();
    let (key, _) = keys(&house);
    let server = house.serve();
    let second = house.serve_in_vain();
    assert!(second.contains("another server uses the store"), "{second}");
    assert!(second.contains("whereabouts.db"), "{second}");
    assert_eq!(
        dial(&server, &key, "c").status,
        201,
        "the first one goes on"
    );
}

#[test]
fn a_call_that_is_open_survives_a_killed_server() {
    let house = House::with_the_sample();
    let (key, _) = keys(&house);
    let server = house.serve();
    let token = seat(&house, &server);
    let before = dial(&server, &key, "c");
    assert_eq!(
        (before.status, &before.body["degraded"]),
        (201, &json!(false))
    );
    server.kill();

    let server = house.serve();
    let again = dial(&server, &key, "c");
    assert_eq!(again.status, 200, "the same answer");
    for field in ["callback_number", "civic_address_json", "lines", "rule"] {
        assert_eq!(again.body[field], before.body[field]);
    }
    let me = server.ask("GET", "/v1/me", &token, None).body;
    assert_eq!(me["emergency"]["phase"], "open");
    assert_eq!(
        me["emergency"]["callback_number"],
        before.body["callback_number"]
    );
}

#[tokio::test]
async fn a_call_that_only_the_journal_has_survives_a_killed_server() {
    let house = House::with_the_sample();
    let (key, metrics) = keys(&house);
    let server = house.serve();
    let token = seat(&house, &server);
    let mut locked = lock(&house).await;
    let before = dial(&server, &key, "c");
    assert_eq!(
        (before.status, &before.body["degraded"]),
        (201, &json!(true))
    );
    assert_eq!(before.body["lines"][0], "WS 181, floor 5");
    assert_eq!(
        before.body["callback_number"], "+12065550141",
        "her own, never one of the pool"
    );
    server.kill();

    // The store is still locked, and nobody but the journal knows of the call.
    let server = house.serve();
    let again = dial(&server, &key, "c");
    assert_eq!(
        (again.status, &again.body["callback_number"]),
        (200, &before.body["callback_number"])
    );
    let me = server.ask("GET", "/v1/me", &token, None).body;
    assert_eq!(me["emergency"]["call_id"], "c");
    let another = dial(&server, &key, "c2");
    assert_eq!(
        (another.status, &another.body["degraded"]),
        (201, &json!(true))
    );

    sqlx::query("ROLLBACK").execute(&mut locked).await.unwrap();
    locked.close().await.unwrap();
    server.until_metric(&metrics, "whereabouts_journal_calls 0");
    server.kill();

    // Now the store has them.
    let server = house.serve();
    server.until_metric(&metrics, "whereabouts_journal_calls 0");
    let stored = dial(&server, &key, "c");
    assert_eq!(
        (stored.status, &stored.body["callback_number"]),
        (200, &before.body["callback_number"])
    );
    let end = server.post(
        "/v1/telephony/calls/end",
        &key,
        Some(&json!({"call_id": "c"})),
    );
    assert_eq!(end.status, 204);
}

#[test]
fn a_start_without_the_store_answers_what_was_known_last() {
    let house = House::with_the_sample();
    let (key, _) = keys(&house);
    let server = house.serve();
    seat(&house, &server);
    dial(&server, &key, "c");
    // A server that is told to stop writes down what it knows.
    server.stop();
    std::fs::remove_file(house.store()).unwrap();
    std::fs::write(house.store(), "this is no store").unwrap();

    let server = house.serve();
    let answer = dial(&server, &key, "c2");
    assert_eq!(answer.status, 201);
    assert_eq!(answer.body["degraded"], true);
    assert_eq!(answer.body["lines"][0], "WS 181, floor 5");
    assert_eq!(answer.body["callback_number"], "+12065550141");
    let found = server.ask("GET", "/v1/telephony/locations/maria.chen", &key, None);
    assert_eq!(
        (found.status, &found.body["location_status"]),
        (200, &json!("confirmed"))
    );
    let ready = server.ask("GET", "/readyz", "", None);
    assert_eq!(
        (ready.status, &ready.body["code"]),
        (503, &json!("unavailable"))
    );
    assert_eq!(server.ask("GET", "/healthz", "", None).status, 200);
    let nobody = server.post("/v1/telephony/calls", &key, None);
    assert_eq!(nobody.body["code"], "unreadable");
}

#[test]
fn a_start_on_a_volume_that_is_not_mounted_destroys_nothing() {
    let house = House::with_the_sample();
    let (key, _) = keys(&house);
    let server = house.serve();
    seat(&house, &server);
    dial(&server, &key, "c");
    server.stop();
    let aside = house.store().with_extension("aside");
    std::fs::rename(house.store(), &aside).unwrap();
    // Twice: the first start must leave the second what it needs.
    for call_id in ["c2", "c3"] {
        let server = house.serve();
        let answer = dial(&server, &key, call_id);
        assert_eq!(answer.status, 201);
        assert_eq!(answer.body["degraded"], true);
        assert_eq!(answer.body["lines"][0], "WS 181, floor 5");
        assert_eq!(server.ask("GET", "/readyz", "", None).status, 503);
        server.stop();
        assert!(!house.store().exists(), "it is not made anew");
    }
    std::fs::rename(&aside, house.store()).unwrap();
    let server = house.serve();
    let ready = server.ask("GET", "/readyz", "", None);
    assert_eq!(ready.status, 200);
    // The call that was open has its key, and with it its agent.
    let end = Some(json!({"call_id": "c"}));
    let ended = server.post("/v1/telephony/calls/end", &key, end.as_ref());
    assert_eq!(ended.status, 204);
    let answer = dial(&server, &key, "c4");
    assert_eq!(answer.body["degraded"], false);
    server.stop();
}
