use reqwest::{Method, StatusCode};
use serde_json::Value;
use system_tests::Role;

/// The server as a process, and the telephony platform that asks it.
pub(crate) struct Backend {
    pub(crate) url: String,
    telephony_key: String,
    server: system_tests::Backend,
}

impl Backend {
    pub(crate) async fn start() -> Self {
        let binary = env!("CARGO_BIN_EXE_whereabouts-test-server");
        let server = system_tests::Backend::start(binary).await.unwrap();
        Self {
            url: server.url(),
            telephony_key: server.key(Role::Telephony, "pbx").unwrap(),
            server,
        }
    }

    /// A one-time code for this agent's desktop.
    pub(crate) fn enrol(&self, username: &str) -> String {
        self.server.enrol(username).unwrap()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.server.kill().unwrap();
    }

    /// Starts it with the same files at the same address.
    pub(crate) async fn restart(&mut self) {
        self.server.restart().await.unwrap();
    }

    /// Moves its clock to so many seconds ahead of the real one.
    pub(crate) fn set_clock(&self, seconds: i64) {
        self.server.set_clock(seconds).unwrap();
    }

    /// What the telephony platform asks, and what it is told.
    pub(crate) async fn telephony(&self, method: Method, path: &str, body: Value) -> Value {
        let request = self
            .server
            .ask(method, &format!("/v1/telephony/{path}"))
            .bearer_auth(&self.telephony_key)
            .json(&body);
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        if status == StatusCode::NO_CONTENT || text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap()
        }
    }
}
