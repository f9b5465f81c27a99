//! The server as a process, and a client that needs nothing but a socket.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everything one installation has on the disk.
pub(crate) struct House(tempfile::TempDir);

impl House {
    /// With the sample organisation in its store.
    pub(crate) fn with_the_sample() -> Self {
        let house = Self(tempfile::tempdir().unwrap());
        house.run(&["demo"]);
        house
    }

    /// The store's file.
    pub(crate) fn store(&self) -> PathBuf {
        self.0.path().join("whereabouts.db")
    }

    /// Runs a command to its end and gives what it printed.
    pub(crate) fn run(&self, words: &[&str]) -> String {
        let output = self.command(words).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {said}");
        String::from_utf8(output.stdout)
            .unwrap()
            .trim_end()
            .to_owned()
    }

    /// Starts the server and waits until it listens.
    pub(crate) fn serve(&self) -> Running {
        let mut child = self
            .command(&["serve", "--listen", "127.0.0.1:0", "--log-format", "json"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = log
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let line: Value = serde_json::from_str(&line).ok()?;
                Some(line["fields"]["server.address"].as_str()?.to_owned())
            })
            .expect("the server listens");
        // Nobody else reads the rest, and a full pipe would stop the server.
        std::thread::spawn(move || log.for_each(drop));
        Running { child, address }
    }

    /// Starts a server that ends by itself, and gives what it said.
    pub(crate) fn serve_in_vain(&self) -> String {
        let words = ["serve", "--listen", "127.0.0.1:0"];
        let ended = self.command(&words).output().unwrap();
        assert_eq!(ended.status.code(), Some(1));
        String::from_utf8(ended.stderr).unwrap()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_whereabouts-server"));
        command
            .args(words)
            .current_dir(self.0.path())
            .env_clear()
            .env("HOME", self.0.path());
        command
    }
}

/// A server that runs. Killed when dropped.
pub(crate) struct Running {
    child: Child,
    address: String,
}

/// What was answered, and after how long.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) took: Duration,
}

impl Running {
    /// As kill -9 does it.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As a service manager does it.
    pub(crate) fn stop(mut self) {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(told.success());
        assert!(self.child.wait().unwrap().success());
    }

    pub(crate) fn post(&self, path: &str, token: &str, body: Option<&Value>) -> Answer {
        self.ask("POST", path, token, body)
    }

    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<&Value>,
    ) -> Answer {
        let (status, text, took) = self.exchange(method, path, token, body);
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status, body, took }
    }

    /// Asks for the metrics until they say something.
    pub(crate) fn until_metric(&self, key: &str, expected: &str) {
        let began = now();
        loop {
            let (_, text, _) = self.exchange("GET", "/metrics", key, None);
            if text.lines().any(|line| line == expected) {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "never {expected}: {text}");
        }
    }

    fn exchange(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<&Value>,
    ) -> (u16, String, Duration) {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut connection = TcpStream::connect(&self.address).unwrap();
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\n\
             Idempotency-Key: test\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let began = now();
        connection.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        let took = began.elapsed();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned(), took)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a budget of real time is what is tested"
)]
fn now() -> Instant {
    Instant::now()
}
