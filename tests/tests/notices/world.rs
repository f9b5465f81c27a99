//! A server that sends, and a telephony platform that asks it.

use std::time::Duration;

use anyhow::Context as _;
use reqwest::Method;
use serde_json::{Value, json};
use system_tests::{Backend, MailServer, Role, key, sign_in};
use tokio::time::{Instant, sleep};

use crate::SERVER;

/// Every telephony answer has this long, whatever is broken.
const BUDGET: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(40);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The running server and the keys to it.
pub(crate) struct World {
    pub(crate) backend: Backend,
    telephony: String,
    admin: String,
    metrics: String,
}

impl World {
    /// Started, with `settings` and mail handed to `server`. Maria's contact is `wardens.seattle@example.com`.
    pub(crate) async fn start(server: &MailServer, settings: &[(&'static str, &str)]) -> Self {
        let url = format!("smtp://127.0.0.1:{}", server.port());
        let mail = [
            ("WHEREABOUTS_SMTP_URL", url.as_str()),
            ("WHEREABOUTS_SMTP_FROM", "911-alerts@example.com"),
        ];
        Self::start_as(&[&mail, settings].concat()).await
    }

    /// Started with these settings and nothing else.
    pub(crate) async fn start_as(settings: &[(&'static str, &str)]) -> Self {
        let mut backend = Backend::stopped(SERVER).unwrap();
        for (name, value) in settings {
            backend.set(name, *value);
        }
        backend.restart().await.unwrap();
        Self {
            telephony: backend.key(Role::Telephony, "pbx").unwrap(),
            admin: backend.key(Role::Admin, "ops").unwrap(),
            metrics: backend.key(Role::Metrics, "watch").unwrap(),
            backend,
        }
    }

    /// Imports a file's text.
    pub(crate) fn import(&self, kind: &str, csv: &str) {
        self.backend.import(kind, csv).unwrap();
    }

    /// Somebody confirms a seat.
    pub(crate) async fn sit(&self, username: &str, seat: &str) {
        let session = sign_in(&self.backend, username).await.unwrap();
        let place = json!({"place": {"seat": seat}, "declared_age_seconds": 0});
        let place = serde_json::from_value(place).unwrap();
        session
            .confirm(&place, &key(seat.bytes().next_back().unwrap()))
            .await
            .unwrap();
    }

    /// An emergency number is dialled; the answer has to come in time.
    pub(crate) async fn dial(&self, call_id: &str, agent: &str, dialled: &str) -> Value {
        let (answer, took) = self.dial_and_time(call_id, agent, dialled).await;
        assert!(took <= BUDGET, "the answer took {took:?}");
        answer
    }

    /// The same, with how long it took.
    pub(crate) async fn dial_and_time(
        &self,
        call_id: &str,
        agent: &str,
        dialled: &str,
    ) -> (Value, Duration) {
        let body = json!({"call_id": call_id, "agent": agent, "dialled": dialled});
        let began = Instant::now();
        let answer = self.post("/v1/telephony/calls", body).await;
        (answer, began.elapsed())
    }

    pub(crate) async fn hang_up(&self, call_id: &str) {
        self.post("/v1/telephony/calls/end", json!({"call_id": call_id}))
            .await;
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let request = self
            .backend
            .ask(Method::POST, path)
            .bearer_auth(&self.telephony);
        let response = request.json(&body).send().await.unwrap();
        let status = response.status();
        assert!(status.is_success(), "{path} {status}");
        response.json().await.unwrap_or(Value::Null)
    }

    /// Where a callback to this number would go.
    pub(crate) async fn who_has(&self, number: &str) -> Value {
        let path = format!("/v1/telephony/callbacks/{number}");
        let request = self
            .backend
            .ask(Method::GET, &path)
            .bearer_auth(&self.telephony);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// `GET /v1/notifications`.
    pub(crate) async fn notifications(&self) -> Value {
        let request = self
            .backend
            .ask(Method::GET, "/v1/notifications")
            .bearer_auth(&self.admin);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// What is counted, as Prometheus reads it.
    pub(crate) async fn metrics(&self) -> String {
        let request = self
            .backend
            .ask(Method::GET, "/metrics")
            .bearer_auth(&self.metrics);
        request.send().await.unwrap().text().await.unwrap()
    }

    /// Waits until this line is counted.
    pub(crate) async fn counts(&self, line: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.metrics().await.contains(line) {
            assert!(
                Instant::now() < deadline,
                "{line} is not in {}",
                self.metrics().await
            );
            sleep(LOOK_AGAIN).await;
        }
    }

    /// Waits until the notifications are as they should be.
    pub(crate) async fn notified(&self, holds: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let notifications = self.notifications().await;
            if holds(&notifications) {
                return notifications;
            }
            assert!(
                Instant::now() < deadline,
                "{notifications:#}\n{}",
                self.backend.log().context("no log").unwrap()
            );
            sleep(LOOK_AGAIN).await;
        }
    }
}
