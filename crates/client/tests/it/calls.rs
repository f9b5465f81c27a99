use std::time::Duration;

use api::{error::ErrorCode, location::ConfirmLocation, place::PlaceReference};
use axum::{body::Body, response::Response};
use client::{Client, Error, IdempotencyKey, Patience};
use secrecy::SecretString;
use serde_json::json;

use crate::server::{Server, answer, patience, plain, refusal, sites};

fn declaration() -> ConfirmLocation {
    ConfirmLocation {
        place: serde_json::from_value::<PlaceReference>(json!({"seat": "SEA-5-181"})).unwrap(),
        declared_age_seconds: Some(3),
        based_on: Some(7),
        override_reason: None,
    }
}

#[tokio::test]
async fn enrolment_sends_the_code_and_keeps_the_first_pair() {
    let server = Server::scripted([answer(
        201,
        &json!({
            "agent": {"username": "maria.chen", "display_name": "Maria Chen", "team": "North",
                      "role": "agent", "country": "US"},
            "access_token": "access-0", "expires_in": 900, "refresh_token": "refresh-0",
        }),
    )])
    .await;
    let code = SecretString::from("ABCD-EFGH-JKLM");
    let (agent, tokens) = server
        .client()
        .enrol(&code, &"x".repeat(300))
        .await
        .unwrap();
    assert_eq!(agent.username, "maria.chen");
    assert!(
        !format!("{tokens:?}").contains("access-0"),
        "tokens are never printed"
    );
    let [arrived] = &server.arrived()[..] else {
        panic!("one request was expected")
    };
    assert_eq!(arrived.what, "POST /v1/enrolments");
    assert_eq!(arrived.headers["x-api-version"], "1");
    assert_eq!(arrived.body["code"], "ABCD-EFGH-JKLM");
    assert_eq!(arrived.body["device_name"].as_str().unwrap().len(), 100);
}

#[tokio::test]
async fn a_declaration_carries_its_key_and_nothing_in_the_address() {
    let server = Server::scripted([refusal(404, "not_found")]).await;
    let (session, _) = server.session();
    let key = IdempotencyKey::from_random([0xab; 16]);
    let error = session.confirm(&declaration(), &key).await.unwrap_err();
    assert!(matches!(error, Error::Refused(refusal) if refusal.code == ErrorCode::NotFound));
    let [arrived] = &server.arrived()[..] else {
        panic!("one request was expected")
    };
    assert_eq!(arrived.what, "PUT /v1/me/location");
    assert_eq!(arrived.headers["idempotency-key"], "ab".repeat(16).as_str());
    assert_eq!(
        arrived.body,
        json!({"place": {"seat": "SEA-5-181"}, "declared_age_seconds": 3, "based_on": 7,
               "override_reason": null})
    );
}

#[tokio::test]
async fn a_refusal_tells_everything_the_server_said() {
    let served = json!({
        "version": 9, "status": "confirmed", "verdict": "valid", "class": "seat",
        "civic_address": {"RD": "Planted"}, "lines": ["Planted"],
        "responder_view": {"text": "Planted", "cut": []}, "rule": "seat",
        "since": null, "until": null, "last_known": null,
    });
    let mut slow_down = answer(
        429,
        &json!({"code": "rate_limited", "detail": "Wait.", "request_id": "r"}),
    );
    slow_down
        .headers_mut()
        .insert("retry-after", "17".parse().unwrap());
    let server = Server::scripted([
        answer(
            409,
            &json!({"code": "superseded", "detail": "Newer.", "request_id": "r", "served": served}),
        ),
        answer(
            422,
            &json!({"code": "not_acceptable", "detail": "No.", "request_id": "r",
                    "problems": [{"code": "missing", "field": "HNO", "text": "Add a number."}]}),
        ),
        slow_down,
        refusal(409, "invented_next_year"),
    ])
    .await;
    let (session, _) = server.session();
    let key = IdempotencyKey::from_random([0; 16]);
    let mut refusals = Vec::new();
    for _ in 0..4 {
        match session.confirm(&declaration(), &key).await {
            Err(Error::Refused(refusal)) => refusals.push(refusal),
            other => panic!("a refusal was expected, not {other:?}"),
        }
    }
    let [superseded, not_acceptable, rate_limited, unknown] = &refusals[..] else {
        unreachable!("four were collected")
    };
    assert_eq!(superseded.code, ErrorCode::Superseded);
    assert_eq!(superseded.served.as_ref().unwrap().version, 9);
    assert!(
        !format!("{superseded:?}").contains("Planted"),
        "no address in a log"
    );
    assert_eq!(not_acceptable.problems[0].text, "Add a number.");
    assert_eq!(rate_limited.retry_after, Some(Duration::from_secs(17)));
    assert_eq!(unknown.code, ErrorCode::Other);
}

#[tokio::test]
async fn what_is_not_whereabouts_is_told_apart_from_what_is_away() {
    let redirect = Response::builder()
        .status(302)
        .header("location", "https://login.example.com/")
        .body(Body::empty())
        .unwrap();
    let server = Server::scripted([
        plain(200, "<html>Welcome to the guest network</html>"),
        plain(404, "nginx"),
        redirect,
        plain(502, "<html>Bad gateway</html>"),
    ])
    .await;
    let (session, _) = server.session();
    let mut errors = Vec::new();
    for _ in 0..4 {
        errors.push(session.sites().await.unwrap_err().to_string());
    }
    insta::assert_snapshot!(errors.join("\n"), @r"
    the server's answer is not one of Whereabouts: it cannot be read
    the server's answer is not one of Whereabouts: an error without a known body
    the server's answer is not one of Whereabouts: an error without a known body
    the server cannot be reached: a gateway answered for it
    ");
}

#[tokio::test]
async fn nobody_listening_and_nobody_answering_are_both_unreachable() {
    let silent = Server::new(|_| None).await;
    let patience = Patience {
        answer: Duration::from_millis(100),
        ..patience()
    };
    let code = SecretString::from("c");
    let client = Client::new(silent.url.clone(), patience).unwrap();
    let error = client.enrol(&code, "d").await.unwrap_err();
    insta::assert_snapshot!(error, @"the server cannot be reached: it did not answer in time");

    let url = silent.url.clone();
    drop(silent);
    let client = Client::new(url, patience).unwrap();
    let error = client.enrol(&code, "d").await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
}

#[tokio::test]
async fn segments_and_queries_are_escaped() {
    let server = Server::scripted([
        refusal(404, "not_found"),
        refusal(404, "not_found"),
        sites(),
    ])
    .await;
    let (session, _) = server.session();
    session.site("S/E A").await.unwrap_err();
    session.seats("WS 181 & 5%").await.unwrap_err();
    session.sites().await.unwrap();
    let asked: Vec<_> = server
        .arrived()
        .into_iter()
        .map(|arrived| arrived.what)
        .collect();
    insta::assert_snapshot!(asked.join("\n"), @r"
    GET /v1/sites/S%2FE%20A
    GET /v1/seats?query=WS+181+%26+5%25
    GET /v1/sites
    ");
}
