//! A small backend: one agent, one enrolment code for ever, and a state that tests set.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::{any, delete, get, post, put},
};
use futures_util::{Stream, StreamExt, stream};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::drilling;

/// The backend while it is up. It comes back on the same port with the same state.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) desk: Desk,
    task: Option<JoinHandle<()>>,
}

#[derive(Clone)]
pub(crate) struct Desk {
    state: watch::Sender<Value>,
    /// Every declaration with its key.
    declared: Arc<Mutex<Vec<(String, Value)>>>,
    /// The access token that is good.
    access: Arc<Mutex<String>>,
    signed_out: Arc<Mutex<u32>>,
}

impl Server {
    pub(crate) async fn new() -> Self {
        let desk = Desk {
            state: watch::Sender::new(state()),
            declared: Arc::default(),
            access: Arc::new(Mutex::new("access-0".to_owned())),
            signed_out: Arc::default(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut server = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            desk,
            task: None,
        };
        server.serve(listener);
        server
    }

    pub(crate) async fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            task.await.unwrap_err();
        }
    }

    pub(crate) async fn start(&mut self) {
        let address = self.url.strip_prefix("http://").unwrap();
        let listener = TcpListener::bind(address).await.unwrap();
        self.serve(listener);
    }

    fn serve(&mut self, listener: TcpListener) {
        let desk = self.desk.clone();
        // Connections live as long as this task: a server that is gone answers nobody.
        self.task = Some(tokio::spawn(async move {
            let router = Router::new()
                .route("/v1/enrolments", post(enrol))
                .route("/v1/tokens", post(rotate))
                .route("/v1/tokens", delete(sign_out))
                .route("/v1/me/events", get(events))
                .route("/v1/me/location", put(declare))
                .route("/v1/roster/events", get(roster))
                .merge(drilling::routes())
                .fallback(any(|| async { refusal(404, "not_found") }))
                .with_state(desk);
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let router = router.clone();
                connections.spawn(async move {
                    let service = hyper_util::service::TowerToHyperService::new(router);
                    hyper_util::server::conn::auto::Builder::new(
                        hyper_util::rt::TokioExecutor::new(),
                    )
                    .http1_only()
                    .serve_connection(hyper_util::rt::TokioIo::new(stream), service)
                    .await
                    .ok();
                });
            }
        }));
    }
}

impl Desk {
    /// Changes the state and pushes it.
    pub(crate) fn push(&self, change: impl FnOnce(&mut Value)) {
        self.state.send_modify(|state| {
            change(state);
            let revision = state["revision"].as_u64().unwrap();
            state["revision"] = json!(revision + 1);
        });
    }

    pub(crate) fn declared(&self) -> Vec<(String, Value)> {
        self.declared.lock().unwrap().clone()
    }

    pub(crate) fn signed_out(&self) -> u32 {
        *self.signed_out.lock().unwrap()
    }

    /// The access token runs out; the refresh token buys this one.
    pub(crate) fn expire(&self, next: &str) {
        next.clone_into(&mut self.access.lock().unwrap());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

fn state() -> Value {
    json!({
        "revision": 1, "agent": agent(),
        "policy": {"confirm": "require", "seat_validity_seconds": 43_200,
                   "home_validity_seconds": 604_800, "other_validity_seconds": 43_200,
                   "callback_window_seconds": 3_600},
        "served": null, "places": [], "proposals": [], "emergency": null, "notices": [],
    })
}

fn agent() -> Value {
    json!({"username": "sam.ortiz", "display_name": "Sam Ortiz", "team": "North",
           "role": "supervisor", "country": "US"})
}

pub(crate) fn refusal(status: u16, code: &str) -> Response {
    let body = json!({"code": code, "detail": "A sentence.", "request_id": "r"});
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

fn pair(access: &str) -> Value {
    json!({"access_token": access, "expires_in": 900, "refresh_token": format!("for-{access}")})
}

async fn enrol(State(desk): State<Desk>, Json(body): Json<Value>) -> Response {
    if body["code"] != "ABCD-EFGH-JKLM" {
        return refusal(401, "code_unknown");
    }
    let mut answer = pair(&desk.access.lock().unwrap());
    answer["agent"] = agent();
    (StatusCode::CREATED, Json(answer)).into_response()
}

async fn rotate(State(desk): State<Desk>, Json(body): Json<Value>) -> Response {
    if body["refresh_token"].as_str().unwrap().starts_with("for-") {
        Json(pair(&desk.access.lock().unwrap())).into_response()
    } else {
        refusal(401, "token_revoked")
    }
}

async fn sign_out(State(desk): State<Desk>, headers: HeaderMap) -> Response {
    if let Err(refusal) = desk.knows(&headers) {
        return refusal;
    }
    *desk.signed_out.lock().unwrap() += 1;
    StatusCode::NO_CONTENT.into_response()
}

impl Desk {
    #[expect(clippy::result_large_err, reason = "a test has the room")]
    fn knows(&self, headers: &HeaderMap) -> Result<(), Response> {
        let good = format!("Bearer {}", self.access.lock().unwrap());
        let given = headers
            .get("authorization")
            .map(|value| value.to_str().unwrap());
        if given == Some(&good) {
            Ok(())
        } else {
            Err(refusal(401, "token_expired"))
        }
    }
}

async fn declare(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    if let Err(refusal) = desk.knows(&headers) {
        return refusal;
    }
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    let version = {
        let mut declared = desk.declared.lock().unwrap();
        declared.push((key, body));
        declared.len()
    };
    let served = json!({
        "version": version, "status": "confirmed", "verdict": "valid", "class": "seat",
        "civic_address": {}, "lines": ["WS 181"],
        "responder_view": {"text": "", "cut": []}, "rule": "seat",
        "since": null, "until": null, "last_known": null,
    });
    desk.push(|state| state["served"] = served.clone());
    Json(served).into_response()
}

async fn events(State(desk): State<Desk>, headers: HeaderMap) -> Response {
    if let Err(refusal) = desk.knows(&headers) {
        return refusal;
    }
    let mut states = desk.state.subscribe();
    states.mark_changed();
    Sse::new(pushed(states, "state")).into_response()
}

async fn roster(headers: HeaderMap, State(desk): State<Desk>) -> Response {
    if let Err(refusal) = desk.knows(&headers) {
        return refusal;
    }
    let frame = json!({"complete": true, "counts": {"confirmed": 1}, "rows": [],
                       "emergencies": []});
    let event = Event::default().event("roster").json_data(frame).unwrap();
    let frames = stream::iter([Ok::<_, Infallible>(event)]).chain(stream::pending());
    Sse::new(frames).into_response()
}

fn pushed(
    states: watch::Receiver<Value>,
    name: &'static str,
) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(states, move |mut states| async move {
        states.changed().await.ok()?;
        let event = Event::default()
            .event(name)
            .json_data(&*states.borrow_and_update())
            .unwrap();
        Some((Ok(event), states))
    })
}
