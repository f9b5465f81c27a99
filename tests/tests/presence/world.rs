//! A server, a platform, an agent's desktop.

use std::{fs, time::Duration};

use client::Session;
use reqwest::Method;
use serde_json::{Value, json};
use system_tests::{Backend, PLATFORM_SECRET, Platform, Role, sign_in};
use tokio::time::{Instant, sleep};

use crate::SERVER;

/// Every telephony answer has this long, whatever is broken.
const BUDGET: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(40);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What the platform calls the status it sets.
pub(crate) const QUIET: &str = "Do not disturb (911)";

/// The running parts.
pub(crate) struct World {
    pub(crate) backend: Backend,
    pub(crate) platform: Platform,
    pub(crate) maria: Session,
    telephony: String,
    boss: String,
}

impl World {
    /// With the platform's web hook; Maria is at lunch.
    pub(crate) async fn start() -> Self {
        Self::with(Platform::start().await.unwrap(), true).await
    }

    /// Without: presence is kept in the server.
    pub(crate) async fn built_in() -> Self {
        Self::with(Platform::start().await.unwrap(), false).await
    }

    async fn with(platform: Platform, connected: bool) -> Self {
        platform.choose("maria.chen", "lunch", "At lunch", false);
        let mut backend = Backend::stopped(SERVER).unwrap();
        let secret_file = backend.folder().join("platform-secret");
        fs::write(&secret_file, PLATFORM_SECRET).unwrap();
        if connected {
            backend.set("WHEREABOUTS_PLATFORM_URL", platform.url());
            let file = secret_file.to_str().unwrap();
            backend.set("WHEREABOUTS_PLATFORM_SECRET_FILE", file);
        }
        backend.restart().await.unwrap();
        Self {
            telephony: backend.key(Role::Telephony, "pbx").unwrap(),
            boss: bearer(&backend, "sam.ortiz").await,
            maria: sign_in(&backend, "maria.chen").await.unwrap(),
            backend,
            platform,
        }
    }

    /// An emergency number is dialled by Maria; the answer has to come in time.
    pub(crate) async fn dial(&self, call_id: &str, dialled: &str) {
        let body = json!({"call_id": call_id, "agent": "maria.chen", "dialled": dialled});
        let began = Instant::now();
        self.post("/v1/telephony/calls", body).await;
        let took = began.elapsed();
        assert!(took <= BUDGET, "the answer took {took:?}");
    }

    pub(crate) async fn hang_up(&self, call_id: &str) {
        self.post("/v1/telephony/calls/end", json!({"call_id": call_id}))
            .await;
    }

    /// A supervisor has a drill run for Maria.
    pub(crate) async fn drill(&self) {
        self.post_as(&self.boss, "/v1/drills", json!({"agents": ["maria.chen"]}))
            .await;
    }

    async fn post(&self, path: &str, body: Value) {
        self.post_as(&self.telephony, path, body).await;
    }

    async fn post_as(&self, bearer: &str, path: &str, body: Value) {
        let request = self.backend.ask(Method::POST, path);
        let request = request.bearer_auth(bearer).json(&body);
        let status = request.send().await.unwrap().status();
        assert!(status.is_success(), "{path} {status}");
    }

    /// Maria's call, as her banner shows it.
    pub(crate) async fn banner(&self) -> Value {
        let me = self.maria.me().await.unwrap();
        serde_json::to_value(me.emergency).unwrap()
    }

    /// Waits until the banner is as it should be.
    pub(crate) async fn banner_comes_to(&self, holds: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let banner = self.banner().await;
            if holds(&banner) {
                return banner;
            }
            let log = || self.backend.log().unwrap();
            assert!(Instant::now() < deadline, "{banner:#}\n{}", log());
            sleep(LOOK_AGAIN).await;
        }
    }

    /// Maria's row of the roster.
    pub(crate) async fn row(&self) -> Value {
        let request = self.backend.ask(Method::GET, "/v1/roster?query=maria.chen");
        let answer = request.bearer_auth(&self.boss).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["rows"][0].clone()
    }
}

/// An access token.
async fn bearer(backend: &Backend, username: &str) -> String {
    let code = backend.enrol(username).unwrap();
    let enrol = backend.ask(Method::POST, "/v1/enrolments");
    let body = json!({"code": code, "device_name": "the desk"});
    let answer = enrol.json(&body).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}
