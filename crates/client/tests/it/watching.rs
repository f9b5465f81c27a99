use std::{
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use client::{Client, Error, Patience, Session, State, Tokens, Watched};
use futures_util::{StreamExt, stream};
use secrecy::SecretString;
use serde_json::json;
use tokio::sync::mpsc;

use crate::server::{Saved, Server, patience, plain, refusal, tokens};

/// A stream that says this and then, when `stays`, nothing for ever.
fn events(text: &str, stays: bool) -> Response {
    let said = stream::iter([Ok::<_, std::io::Error>(Bytes::from(text.to_owned()))]);
    let body = if stays {
        Body::from_stream(said.chain(stream::pending()))
    } else {
        Body::from_stream(said)
    };
    Response::builder()
        .header("content-type", "text/event-stream; charset=utf-8")
        .header("date", "Fri, 20 Nov 2026 08:58:00 GMT")
        .body(body)
        .unwrap()
}

fn me(revision: u64) -> String {
    let state = json!({
        "revision": revision,
        "agent": {"username": "maria.chen", "display_name": "Maria Chen", "team": "North",
                  "role": "agent", "country": "US"},
        "policy": {"confirm": "require", "seat_validity_seconds": 1, "home_validity_seconds": 1,
                   "other_validity_seconds": 1, "callback_window_seconds": 3600},
        "served": null, "places": [], "proposals": [], "emergency": null, "notices": [],
    });
    format!(": hello\n\nevent: state\nid: {revision}\ndata: {state}\n\n")
}

/// What a watcher sees, as words.
fn watched(
    session: &Session,
) -> (
    mpsc::UnboundedReceiver<String>,
    tokio::task::JoinHandle<String>,
) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let session = session.clone();
    let task = tokio::spawn(async move {
        let refusal = session
            .watch_me(move |event| {
                let word = match event {
                    Watched::Frame(State::Whole(me)) => format!("revision {}", me.revision),
                    Watched::Frame(State::EmergencyOnly { .. }) => "emergency only".to_owned(),
                    Watched::Lost { error, retry_in } => {
                        assert!(retry_in >= Duration::from_millis(500), "{retry_in:?}");
                        assert!(retry_in <= Duration::from_secs(10), "{retry_in:?}");
                        error.to_string()
                    }
                    Watched::Opened { date } => format!("opened {}", date.unwrap()),
                };
                sender.send(word).ok();
            })
            .await;
        format!("{:?}", refusal.code)
    });
    (receiver, task)
}

#[tokio::test]
async fn a_stream_that_ends_is_opened_again() {
    let visits = AtomicU32::new(0);
    let server = Server::new(move |arrived| {
        assert_eq!(arrived.headers["accept"], "text/event-stream");
        Some(match visits.fetch_add(1, Ordering::Relaxed) {
            0 => events(&format!("{}{}", me(4), me(3)), false),
            1 => plain(503, "restarting"),
            _ => events(&me(5), true),
        })
    })
    .await;
    let (session, _) = server.session();
    let (mut seen, task) = watched(&session);
    let mut words = Vec::new();
    for _ in 0..6 {
        words.push(seen.recv().await.unwrap());
    }
    task.abort();
    insta::assert_snapshot!(words.join("\n"), @r"
    opened 2026-11-20T08:58:00Z
    revision 4
    the server cannot be reached: the stream ended
    the server cannot be reached: a gateway answered for it
    opened 2026-11-20T08:58:00Z
    revision 5
    ");
}

#[tokio::test]
async fn silence_is_a_lost_connection() {
    let server = Server::new(|_| Some(events(&me(1), true))).await;
    let client = Client::new(
        server.url.clone(),
        Patience {
            silence: Duration::from_millis(300),
            ..patience()
        },
    )
    .unwrap();
    let pair = Tokens {
        access: SecretString::from("access-0"),
        refresh: SecretString::from("refresh-0"),
    };
    let session = Session::new(client, pair, std::sync::Arc::new(Saved::default()));
    let (mut seen, task) = watched(&session);
    let mut words = Vec::new();
    for _ in 0..3 {
        words.push(seen.recv().await.unwrap());
    }
    task.abort();
    insta::assert_snapshot!(words.join("\n"), @r"
    opened 2026-11-20T08:58:00Z
    revision 1
    the server cannot be reached: it did not answer in time
    ");
}

#[tokio::test]
async fn a_stream_begins_with_a_fresh_token_when_the_old_one_has_run_out() {
    let server = Server::new(|arrived| {
        Some(match arrived.what.as_str() {
            "POST /v1/tokens" => tokens(1),
            _ if arrived.bearer() == "access-1" => events(&me(1), true),
            _ => refusal(401, "token_expired"),
        })
    })
    .await;
    let (session, saved) = server.session();
    let (mut seen, task) = watched(&session);
    assert!(seen.recv().await.unwrap().starts_with("opened"));
    assert_eq!(seen.recv().await.unwrap(), "revision 1");
    task.abort();
    assert_eq!(saved.all(), ["access-1 refresh-1"]);
}

#[tokio::test]
async fn revoked_tokens_end_the_watch() {
    let first = Mutex::new(Some(events(&me(1), false)));
    let server = Server::new(move |_| {
        let first = first.lock().unwrap().take();
        Some(first.unwrap_or_else(|| refusal(401, "token_revoked")))
    })
    .await;
    let (session, _) = server.session();
    let (_seen, task) = watched(&session);
    assert_eq!(task.await.unwrap(), "TokenRevoked");
}

#[tokio::test]
async fn what_is_no_stream_is_not_mistaken_for_one() {
    let server = Server::new(|_| Some(plain(200, "<html>Welcome</html>"))).await;
    let (session, _) = server.session();
    let (mut seen, task) = watched(&session);
    let word = seen.recv().await.unwrap();
    task.abort();
    assert!(word.contains("it is no stream of events"), "{word}");
    assert!(matches!(
        session.sites().await,
        Err(Error::UnexpectedAnswer(_))
    ));
}
