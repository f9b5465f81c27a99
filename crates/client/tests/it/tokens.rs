use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use api::error::ErrorCode;
use client::Error;
use tokio::sync::oneshot;

use crate::server::{Arrived, Server, refusal, sites, tokens};

/// Takes `access-1` only, and turns `refresh-0` into the first pair.
fn rotating(arrived: &Arrived) -> axum::response::Response {
    match arrived.what.as_str() {
        "POST /v1/tokens" if arrived.body["refresh_token"] == "refresh-0" => tokens(1),
        "POST /v1/tokens" => refusal(401, "token_revoked"),
        _ if arrived.bearer() == "access-1" => sites(),
        _ => refusal(401, "token_expired"),
    }
}

fn rotations(server: &Server) -> usize {
    let arrived = server.arrived();
    arrived
        .iter()
        .filter(|one| one.what == "POST /v1/tokens")
        .count()
}

#[tokio::test]
async fn many_callers_rotate_once() {
    let server = Server::new(|arrived| Some(rotating(arrived))).await;
    let (session, saved) = server.session();
    let callers: Vec<_> = (0..20)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.sites().await })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap().unwrap();
    }
    assert_eq!(rotations(&server), 1);
    assert_eq!(saved.all(), ["access-1 refresh-1"]);
}

#[tokio::test]
async fn a_new_pair_is_saved_before_it_is_used() {
    let early = Arc::new(Mutex::new(None::<Arc<crate::server::Saved>>));
    let seen = Arc::clone(&early);
    let server = Server::new(move |arrived| {
        if arrived.what == "GET /v1/sites" && arrived.bearer() == "access-1" {
            let saved = seen.lock().unwrap().clone().unwrap();
            assert_eq!(
                saved.all(),
                ["access-1 refresh-1"],
                "used before it was saved"
            );
        }
        Some(rotating(arrived))
    })
    .await;
    let (session, saved) = server.session();
    *early.lock().unwrap() = Some(saved);
    session.sites().await.unwrap();
}

#[tokio::test]
async fn a_lost_answer_is_survived_with_the_old_refresh_token() {
    let tries = AtomicU32::new(0);
    let server = Server::new(move |arrived| {
        // The first rotation is done, and its answer never arrives whole.
        if arrived.what == "POST /v1/tokens" && tries.fetch_add(1, Ordering::Relaxed) == 0 {
            return Some(crate::server::plain(502, "gone"));
        }
        Some(rotating(arrived))
    })
    .await;
    let (session, saved) = server.session();
    let error = session.sites().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
    session.sites().await.unwrap();
    assert_eq!(saved.all(), ["access-1 refresh-1"]);
    let offered: Vec<_> = server
        .arrived()
        .into_iter()
        .filter(|arrived| arrived.what == "POST /v1/tokens")
        .map(|arrived| arrived.body["refresh_token"].clone())
        .collect();
    assert_eq!(offered, ["refresh-0", "refresh-0"]);
}

#[tokio::test]
async fn a_rotation_outlives_the_caller_that_began_it() {
    let (begun, wait) = oneshot::channel();
    let begun = Mutex::new(Some(begun));
    let server = Server::new(move |arrived| {
        if arrived.what == "POST /v1/tokens" {
            begun.lock().unwrap().take().unwrap().send(()).unwrap();
        }
        Some(rotating(arrived))
    })
    .await;
    let (session, saved) = server.session();
    let impatient = tokio::spawn({
        let session = session.clone();
        async move { session.sites().await }
    });
    wait.await.unwrap();
    impatient.abort();
    session.sites().await.unwrap();
    assert_eq!(rotations(&server), 1);
    assert_eq!(saved.all(), ["access-1 refresh-1"]);
}

#[tokio::test]
async fn revoked_tokens_end_the_session_and_are_not_offered_again() {
    let server = Server::new(|arrived| {
        Some(match arrived.what.as_str() {
            "POST /v1/tokens" => refusal(401, "token_revoked"),
            _ => refusal(401, "unauthenticated"),
        })
    })
    .await;
    let (session, saved) = server.session();
    for _ in 0..3 {
        let error = session.sites().await.unwrap_err();
        let Error::SignedOut(refusal) = error else {
            panic!("signed out was expected, not {error:?}")
        };
        assert_eq!(refusal.code, ErrorCode::TokenRevoked);
    }
    assert_eq!(rotations(&server), 1);
    assert_eq!(server.arrived().len(), 2);
    assert!(saved.all().is_empty());
}

#[tokio::test]
async fn a_revoked_access_token_is_not_rotated() {
    let server = Server::new(|_| Some(refusal(401, "token_revoked"))).await;
    let (session, _) = server.session();
    let error = session.sites().await.unwrap_err();
    assert!(matches!(error, Error::SignedOut(_)), "{error:?}");
    assert_eq!(rotations(&server), 0);
}

#[tokio::test]
async fn another_role_is_a_refusal_and_not_the_end_of_the_session() {
    let server = Server::scripted([refusal(403, "forbidden"), sites()]).await;
    let (session, _) = server.session();
    let error = session.roster(None).await.unwrap_err();
    assert!(matches!(error, Error::Refused(refusal) if refusal.code == ErrorCode::Forbidden));
    session.sites().await.unwrap();
}
