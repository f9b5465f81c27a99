//! The server as a process, with the sample organisation and a clock that tests move.

use std::{
    fs,
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use reqwest::{Method, StatusCode};
use serde_json::Value;
use tempfile::TempDir;

/// How long a server may take to be ready on a busy machine.
const READY: Duration = Duration::from_secs(60);

pub(crate) struct Backend {
    folder: TempDir,
    pub(crate) url: String,
    telephony_key: String,
    http: reqwest::Client,
    process: Option<Child>,
}

impl Backend {
    pub(crate) async fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut backend = Self {
            folder: tempfile::tempdir().unwrap(),
            url: format!("http://127.0.0.1:{port}"),
            telephony_key: String::new(),
            http: reqwest::Client::builder()
                .timeout(Duration::from_secs(10))
                .build()
                .unwrap(),
            process: None,
        };
        backend.run(&["demo"]);
        let words = ["keys", "create", "--role", "telephony", "--name", "pbx"];
        backend.telephony_key = backend.run(&words);
        backend.restart().await;
        backend
    }

    /// A one-time code for this agent's desktop.
    pub(crate) fn enrol(&self, username: &str) -> String {
        self.run(&["enrol", username])
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Starts it with the same files at the same address.
    pub(crate) async fn restart(&mut self) {
        let address = self.url.strip_prefix("http://").unwrap();
        let process = self
            .command(&["serve", "--listen", address])
            .stdout(Stdio::null())
            .stderr(fs::File::create(self.folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        self.process = Some(process);
        let ready = async {
            let url = format!("{}/readyz", self.url);
            while !self
                .http
                .get(&url)
                .send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                tokio::task::yield_now().await;
            }
        };
        if tokio::time::timeout(READY, ready).await.is_err() {
            let log = fs::read_to_string(self.folder.path().join("log"));
            panic!("the server is not ready: {log:?}");
        }
    }

    /// Moves its clock to so many seconds ahead of the real one.
    pub(crate) fn set_clock(&self, seconds: i64) {
        // The server may look at any moment: it finds the old file or the new one.
        let beside = self.folder.path().join("clock.new");
        fs::write(&beside, seconds.to_string()).unwrap();
        fs::rename(beside, self.folder.path().join("clock")).unwrap();
    }

    /// What the telephony platform asks, and what it is told.
    pub(crate) async fn telephony(&self, method: Method, path: &str, body: Value) -> Value {
        let request = self
            .http
            .request(method, format!("{}/v1/telephony/{path}", self.url))
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

    /// Runs a command; hands back the secret it prints.
    fn run(&self, words: &[&str]) -> String {
        let output = self.command(words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        said.split_whitespace()
            .last()
            .unwrap_or_default()
            .to_owned()
    }

    fn command(&self, words: &[&str]) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_whereabouts-test-server"));
        command
            .arg(folder.join("clock"))
            .args(words)
            .current_dir(folder)
            .env_clear()
            .env("HOME", folder);
        command
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.kill();
    }
}
