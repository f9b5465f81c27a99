//! A server that answers what a test tells it to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method},
    response::Response,
};
use client::{Client, Patience, ServerUrl, Session, TokenStore, Tokens};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) what: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Arrived {
    pub(crate) fn bearer(&self) -> &str {
        let value = self.headers["authorization"].to_str().unwrap();
        value.strip_prefix("Bearer ").unwrap()
    }
}

type Answer = Arc<dyn Fn(&Arrived) -> Option<Response> + Send + Sync>;

#[derive(Clone)]
struct Desk {
    answer: Answer,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

/// A server on a port of its own; it goes when the test does.
pub(crate) struct Server {
    pub(crate) url: ServerUrl,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Answers with what `answer` makes of each request; `None` never answers.
    pub(crate) async fn new(
        answer: impl Fn(&Arrived) -> Option<Response> + Send + Sync + 'static,
    ) -> Self {
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let desk = Desk {
            answer: Arc::new(answer),
            arrived: Arc::clone(&arrived),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(respond).with_state(desk);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url: url.parse().unwrap(),
            arrived,
            task,
        }
    }

    /// Answers with these, in order, and with 500 from then on.
    pub(crate) async fn scripted(answers: impl IntoIterator<Item = Response>) -> Self {
        let answers = Mutex::new(VecDeque::from_iter(answers));
        Self::new(move |_| {
            let next = answers.lock().unwrap().pop_front();
            Some(next.unwrap_or_else(|| plain(500, "the script is over")))
        })
        .await
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.url.clone(), patience()).unwrap()
    }

    /// Signed in with the tokens `access-0` and `refresh-0`.
    pub(crate) fn session(&self) -> (Session, Arc<Saved>) {
        let saved = Arc::new(Saved::default());
        let tokens = Tokens {
            access: SecretString::from("access-0"),
            refresh: SecretString::from("refresh-0"),
        };
        let session = Session::new(self.client(), tokens, saved.clone());
        (session, saved)
    }

    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Short, so that a test of silence does not take long, and long enough for a busy machine.
pub(crate) fn patience() -> Patience {
    Patience {
        connect: Duration::from_secs(5),
        answer: Duration::from_secs(5),
        silence: Duration::from_secs(5),
    }
}

/// A store that remembers what it was given.
#[derive(Default)]
pub(crate) struct Saved(pub(crate) Mutex<Vec<String>>);

impl Saved {
    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl TokenStore for Saved {
    fn save<'a>(
        &'a self,
        tokens: &'a Tokens,
    ) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async {
            // Somebody who used the pair too early would do so here.
            tokio::task::yield_now().await;
            let pair = format!(
                "{} {}",
                tokens.access.expose_secret(),
                tokens.refresh.expose_secret()
            );
            self.0.lock().unwrap().push(pair);
        })
    }
}

pub(crate) fn plain(status: u16, text: &str) -> Response {
    Response::builder()
        .status(status)
        .body(Body::from(text.to_owned()))
        .unwrap()
}

pub(crate) fn answer(status: u16, body: &Value) -> Response {
    plain(status, &body.to_string())
}

pub(crate) fn refusal(status: u16, code: &str) -> Response {
    answer(
        status,
        &json!({"code": code, "detail": "A sentence.", "request_id": "r"}),
    )
}

pub(crate) fn tokens(number: u32) -> Response {
    answer(
        200,
        &json!({
            "access_token": format!("access-{number}"),
            "expires_in": 900,
            "refresh_token": format!("refresh-{number}"),
        }),
    )
}

pub(crate) fn sites() -> Response {
    answer(200, &json!({"sites": []}))
}

async fn respond(State(desk): State<Desk>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let method: Method = head.method;
    let arrived = Arrived {
        what: format!("{method} {}", head.uri),
        headers: head.headers,
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
    };
    desk.arrived.lock().unwrap().push(arrived.clone());
    match (desk.answer)(&arrived) {
        Some(response) => response,
        None => std::future::pending().await,
    }
}
