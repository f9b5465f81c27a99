//! The telephony platform of the tests.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use system_tests::{Backend, Role};
use tokio::time::Instant;

/// Every answer has this long, whatever is broken.
pub(crate) const BUDGET: Duration = Duration::from_millis(500);

/// An answer, and how long it took.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) took: Duration,
}

impl Answered {
    /// The body of an answer that came in time, as every one must.
    pub(crate) fn in_time(self) -> Value {
        assert!(self.took <= BUDGET, "it took {:?}", self.took);
        assert!(self.status < 300, "{} {}", self.status, self.body);
        self.body
    }
}

/// Asks as a PBX does.
pub(crate) struct Telephony<'a> {
    backend: &'a Backend,
    key: String,
}

impl<'a> Telephony<'a> {
    pub(crate) fn new(backend: &'a Backend) -> Self {
        let key = backend.key(Role::Telephony, "pbx").unwrap();
        Self::with_key(backend, key)
    }

    pub(crate) fn with_key(backend: &'a Backend, key: String) -> Self {
        Self { backend, key }
    }

    pub(crate) async fn dial(&self, call_id: &str, agent: &str, dialled: &str) -> Answered {
        let body = json!({"call_id": call_id, "agent": agent, "dialled": dialled});
        self.ask(Method::POST, "/v1/telephony/calls", Some(body))
            .await
    }

    pub(crate) async fn hang_up(&self, call_id: &str) -> Answered {
        let body = json!({ "call_id": call_id });
        self.ask(Method::POST, "/v1/telephony/calls/end", Some(body))
            .await
    }

    pub(crate) async fn locate(&self, agent: &str) -> Answered {
        let path = format!("/v1/telephony/locations/{agent}");
        self.ask(Method::GET, &path, None).await
    }

    pub(crate) async fn who_has(&self, number: &str) -> Answered {
        let path = format!("/v1/telephony/callbacks/{number}");
        self.ask(Method::GET, &path, None).await
    }

    pub(crate) async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answered {
        let mut request = self.backend.ask(method, path).bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let began = Instant::now();
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        Answered {
            status,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            took: began.elapsed(),
        }
    }
}
