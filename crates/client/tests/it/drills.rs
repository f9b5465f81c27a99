//! Starting a drill, and how it went.

use api::{
    drill::{DrillOutcome, StartDrill},
    error::ErrorCode,
};
use client::Error;
use serde_json::json;

use crate::server::{Server, answer, plain, refusal, tokens};

#[tokio::test]
async fn a_drill_is_asked_for_with_nothing_but_whom_it_reaches() {
    let started = json!({
        "drill_id": "dr_1", "started_at": "2026-11-20T17:02:00Z", "agents": ["maria.chen"],
    });
    let server = Server::scripted([answer(201, &started), refusal(409, "drill_running")]).await;
    let (session, _) = server.session();
    let whom = StartDrill {
        sample: Some(5),
        team: Some("Claims".to_owned()),
        ..StartDrill::default()
    };
    let started = session.start_drill(&whom).await.unwrap();
    assert_eq!(started.agents, ["maria.chen"]);
    let again = session.start_drill(&whom).await.unwrap_err();
    assert!(matches!(again, Error::Refused(refusal) if refusal.code == ErrorCode::DrillRunning));
    let arrived = server.arrived();
    assert_eq!(arrived[0].what, "POST /v1/drills");
    assert_eq!(arrived[0].body, json!({"sample": 5, "team": "Claims"}));
}

#[tokio::test]
async fn how_drills_went_is_read_with_what_did_not_come() {
    let row = json!({
        "username": "maria.chen", "display_name": "Maria Chen", "online": false, "answer_ms": 4,
        "banner_ms": null, "notified_ms": 900, "acknowledged_ms": 21_000,
        "location_status": "confirmed", "outcome": "offline",
    });
    let report = json!({
        "drill_id": "dr_1", "started_at": "2026-11-20T17:02:00Z",
        "ended_at": "2026-11-20T17:04:00Z", "rows": [row],
    });
    let server = Server::scripted([answer(200, &json!({"drills": [report]}))]).await;
    let (session, _) = server.session();
    let drills = session.drills().await.unwrap().drills;
    assert_eq!(drills[0].rows[0].banner_ms, None);
    assert_eq!(drills[0].rows[0].outcome, DrillOutcome::Offline);
}

#[tokio::test]
async fn the_table_is_handed_over_as_it_is_written_and_survives_an_old_token() {
    let server = Server::scripted([
        refusal(401, "token_expired"),
        tokens(1),
        plain(200, "drill_id,username\ndr/1,maria.chen\n"),
        refusal(404, "not_found"),
        plain(200, "").map(|_| axum::body::Body::from(vec![0xff, 0xfe])),
    ])
    .await;
    let (session, _) = server.session();
    let table = session.drill_table("dr/1").await.unwrap();
    assert_eq!(table, "drill_id,username\ndr/1,maria.chen\n");
    let gone = session.drill_table("dr_2").await.unwrap_err();
    assert!(matches!(gone, Error::Refused(refusal) if refusal.code == ErrorCode::NotFound));
    let strange = session.drill_table("dr_3").await.unwrap_err();
    assert!(matches!(strange, Error::UnexpectedAnswer(_)), "{strange:?}");
    let asked = server.arrived();
    assert_eq!(asked[0].what, "GET /v1/drills/dr%2F1?format=csv");
    assert_eq!(asked[2].what, asked[0].what);
}
