//! Every path of the document is fed what nobody should send: each is answered in the one envelope
//! with a stable code, none with a fault, and nothing personal reaches a log.

use std::{
    io,
    sync::{Arc, Mutex},
};

use api::error::ErrorCode;
use axum::body::Body;
use futures_util::stream;
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::{
    http::BODY_LIMIT,
    routes::document,
    store::KeyRole,
    testing::{Answered, Ask, Page, TestServer},
};

/// What must never stand in a log.
const PLANTED: [&str; 4] = ["742 Evergreen", "Plantedville", "5550177", "planted-secret"];

/// An operation of the document.
struct Operation {
    method: String,
    path: String,
    takes_body: bool,
}

impl Operation {
    fn all() -> Vec<Self> {
        let document: Value = serde_json::from_str(&document()).unwrap();
        let paths = document["paths"].as_object().unwrap().clone();
        paths
            .iter()
            .flat_map(|(path, item)| {
                item.as_object()
                    .unwrap()
                    .iter()
                    .map(|(method, operation)| Self {
                        method: method.to_uppercase(),
                        path: path.clone(),
                        takes_body: operation.get("requestBody").is_some(),
                    })
            })
            .collect()
    }

    fn is_stream(&self) -> bool {
        self.path.ends_with("/events")
    }

    /// With something in the place of every parameter.
    fn at(&self, parameter: &str) -> String {
        let mut path = self.path.clone();
        while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
            path.replace_range(start..=end, parameter);
        }
        path
    }
}

/// Bodies that are wrong in every way, with something personal in each.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(10));
    let wrong_types = json!({
        "code": {}, "device_name": 5, "refresh_token": [], "place": "742 Evergreen",
        "declared_age_seconds": "742 Evergreen", "reason": 7, "label": null, "class": "palace",
        "civic_address": "Plantedville", "address": ["742 Evergreen"], "text": {}, "country": 911,
        "call_id": {"a": "planted-secret"}, "agent": ["742 Evergreen"], "dialled": {"n": "+12065550177"},
        "number": {"n": "+12065550177"}, "Details": "742 Evergreen",
    });
    let controls = json!({
        "code": "\u{0}\u{1}", "device_name": "742 Evergreen\u{0}", "refresh_token": "planted-secret\u{7}",
        "place": {"address": {"RD": "742 Evergreen\u{0}", "A3": "Plantedville"}},
        "declared_age_seconds": 0, "reason": "\u{0}", "label": "\u{1b}[2J", "class": "home",
        "civic_address": {"RD": "742 Evergreen\u{0}"}, "address": {"RD": "742 Evergreen\u{0}"},
        "text": "742 Evergreen\u{0}", "call_id": "\u{0}", "agent": "742 Evergreen\u{0}",
        "dialled": "+12065550177\u{0}", "number": "+12065550177\u{0}",
    });
    vec![
        ("nothing", Vec::new()),
        (
            "text",
            b"742 Evergreen, Plantedville +12065550177 planted-secret".to_vec(),
        ),
        (
            "cut off",
            br#"{"place":{"address":{"RD":"742 Evergreen"#.to_vec(),
        ),
        ("null", b"null".to_vec()),
        ("a number", b"12065550177".to_vec()),
        ("an array", br#"["742 Evergreen"]"#.to_vec()),
        ("wrong types", wrong_types.to_string().into_bytes()),
        ("controls", controls.to_string().into_bytes()),
        (
            "unknown fields",
            br#"{"742 Evergreen":"Plantedville"}"#.to_vec(),
        ),
        ("no text", vec![0xff, 0xfe, 0x00, 0x80]),
        ("deep", deep.into_bytes()),
        (
            "a number too large",
            br#"{"declared_age_seconds":1e999,"call_id":1e999}"#.to_vec(),
        ),
        ("too large", vec![b'x'; BODY_LIMIT + 1]),
    ]
}

/// Wrong in the path or the query.
const PARAMETERS: [&str; 8] = [
    "%00",
    "%FF%FE",
    "742%20Evergreen",
    "%2B12065550177",
    "..%2F..%2Fetc%2Fpasswd",
    "'%20OR%201=1--",
    "%F0%9F%9A%91",
    "%7B%22a%22:1%7D",
];

struct Case {
    what: String,
    answer: Answered,
}

impl Case {
    fn hold(&self) {
        let Self { what, answer } = self;
        assert!(
            !answer.status.is_server_error(),
            "{what}: {} {}",
            answer.status,
            answer.text
        );
        if answer.status.is_client_error() {
            let body: Value = serde_json::from_str(&answer.text)
                .unwrap_or_else(|_| panic!("{what}: no envelope: {}", answer.text));
            let code: ErrorCode = serde_json::from_value(body["code"].clone()).unwrap();
            assert_ne!(code, ErrorCode::Other, "{what}: {}", answer.text);
            assert!(!body["detail"].as_str().unwrap().is_empty(), "{what}");
            assert_eq!(
                body["request_id"],
                answer.headers["x-request-id"].to_str().unwrap()
            );
            // What was accepted is the caller's own, and may be repeated to them.
            for planted in PLANTED {
                let shown = answer.text.contains(planted);
                assert!(!shown, "{what} repeats {planted}: {}", answer.text);
            }
        }
    }
}

#[tokio::test]
async fn nothing_that_can_be_sent_makes_a_fault_or_reaches_a_log() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let server = TestServer::start().await;
    let keys = [
        server.sign_in("maria.chen").await,
        server.sign_in("sam.ortiz").await,
        server.key("pbx", KeyRole::Telephony).await,
        server.key("grafana", KeyRole::Metrics).await,
    ];
    let mut tried = 0_usize;
    for operation in Operation::all() {
        let mut reached = operation.is_stream();
        // One of them signs the page out.
        let page = match operation.path.starts_with("/desk/") {
            true => Some(Page::open(&server, "desk.one").await),
            false => None,
        };
        for (what, answer) in cases(&server, &operation, &keys, page.as_ref()).await {
            let case = Case {
                what: format!("{} {}: {what}", operation.method, operation.path),
                answer,
            };
            case.hold();
            tried += 1;
            reached |= !matches!(case.answer.status.as_u16(), 401 | 403 | 405);
        }
        assert!(
            reached,
            "nobody got to {} {}",
            operation.method, operation.path
        );
    }
    tracing::info!("this log is read");
    assert!(tried > 1_000, "only {tried} cases were tried");
    drop(guard);
    let log = log.text();
    assert!(log.contains("this log is read"));
    for planted in PLANTED.into_iter().chain(keys.iter().map(String::as_str)) {
        assert!(
            !log.contains(planted),
            "{planted} stands in the log:\n{log}"
        );
    }
}

async fn cases(
    server: &TestServer,
    operation: &Operation,
    keys: &[String],
    page: Option<&Page>,
) -> Vec<(String, Answered)> {
    let mut answers = Vec::new();
    let ask = |path: &str, key: Option<&String>| match (key, page) {
        (Some(key), _) => Ask::new(&operation.method, path).bearer(key),
        (None, Some(page)) => page.changes(&operation.method, path),
        (None, None) => Ask::new(&operation.method, path),
    };
    let credentials = keys.iter().map(Some).chain([None]);
    for key in credentials {
        // A stream that is opened has no end; those who may not open it are told so.
        for parameter in PARAMETERS {
            let path = operation.at(parameter);
            if !operation.is_stream() {
                let answer = server.ask(ask(&path, key)).await;
                answers.push((format!("{parameter} in the path"), answer));
                let path = format!("{path}?query={parameter}&status={parameter}&after={parameter}");
                let answer = server.ask(ask(&path, key)).await;
                answers.push((format!("{parameter} in the query"), answer));
            }
        }
        if operation.takes_body {
            for (what, body) in bodies() {
                let ask = ask(&operation.at("x"), key).header("idempotency-key", "k");
                answers.push((what.to_owned(), server.ask(ask.body(body)).await));
            }
            let broken = stream::iter([Ok("{\"742 Evergreen\":"), Err(io::Error::other("gone"))]);
            let ask = ask(&operation.at("x"), key).body(Body::from_stream(broken));
            answers.push(("a body that breaks off".to_owned(), server.ask(ask).await));
        }
    }
    for wrong in ["PATCH", "TRACE", "PLANTED", "OPTIONS"] {
        let ask = Ask::new(wrong, &operation.at("x")).bearer(&keys[0]);
        answers.push((format!("the method {wrong}"), server.ask(ask).await));
    }
    for authorization in [
        "Bearer",
        "Basic !!!",
        "Basic cGxhbnRlZA==",
        "Digest planted-secret",
        "Bearer planted-secret",
    ] {
        let ask = ask(&operation.at("x"), None).header("authorization", authorization);
        answers.push((authorization.to_owned(), server.ask(ask).await));
    }
    answers
}

/// Where the log of a test goes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
