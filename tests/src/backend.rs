use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use reqwest::{Method, RequestBuilder};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

/// How long the server may take to be ready, or gone, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often something is looked at that cannot say by itself when it is so.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
/// More than any answer may take.
const ANSWER: Duration = Duration::from_secs(15);

/// What a key is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// Imports and settings.
    Admin,
    /// `/metrics`.
    Metrics,
    /// The telephony platform.
    Telephony,
}

/// The server as a process, with the sample organisation, in a folder of its own.
#[derive(Debug)]
pub struct Backend {
    binary: PathBuf,
    folder: TempDir,
    address: String,
    process: Option<Child>,
    settings: Vec<(&'static str, String)>,
    http: reqwest::Client,
}

impl Backend {
    /// Starts the program at this path, which takes the file that moves its clock as the first argument, and
    /// waits until it is ready. Tests name it as `env!("CARGO_BIN_EXE_whereabouts-test-server")`.
    ///
    /// # Errors
    /// When it does not start, with what it said.
    pub async fn start(binary: &str) -> Result<Self> {
        let mut backend = Self::stopped(binary)?;
        backend.restart().await?;
        Ok(backend)
    }

    /// The same, before it was started for the first time.
    ///
    /// # Errors
    /// When the sample organisation cannot be loaded.
    pub fn stopped(binary: &str) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let backend = Self {
            binary: binary.into(),
            folder: tempfile::tempdir()?,
            address: format!("127.0.0.1:{port}"),
            process: None,
            settings: Vec::new(),
            http: reqwest::Client::builder()
                .no_proxy()
                .timeout(ANSWER)
                .build()?,
        };
        fs::create_dir(backend.home())?;
        backend.run(&["demo"])?;
        Ok(backend)
    }

    /// Sets a key of its configuration, by its environment variable, from the next start on.
    pub fn set(&mut self, variable: &'static str, value: impl Into<String>) {
        self.settings.push((variable, value.into()));
    }

    /// Where everything of it lies: the store, its keys, what it said, and its home.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where it answers.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The file of the store.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("whereabouts.db")
    }

    /// Where it keeps what must not lie beside the store.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Everything it has said.
    ///
    /// # Errors
    /// When it was never started.
    pub fn log(&self) -> Result<String> {
        Ok(fs::read_to_string(self.log_file())?)
    }

    /// A request to it.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url() + path)
    }

    /// Runs an administrator's command and returns what it printed.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn run(&self, words: &[&str]) -> Result<String> {
        let output = self.command().args(words).output()?;
        ensure!(
            output.status.success(),
            "`{}` failed: {}",
            words.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Imports a file with this text.
    ///
    /// # Errors
    /// When it is refused, with why.
    pub fn import(&self, kind: &str, csv: &str) -> Result<()> {
        let file = format!("{kind}.csv");
        fs::write(self.folder.path().join(&file), csv)?;
        self.run(&[kind, "import", &file]).map(drop)
    }

    /// A fresh one-time code.
    ///
    /// # Errors
    /// When none was printed.
    pub fn enrol(&self, username: &str) -> Result<String> {
        last_word(&self.run(&["enrol", username])?)
    }

    /// A fresh key for a machine.
    ///
    /// # Errors
    /// When none was printed.
    pub fn key(&self, role: Role, name: &str) -> Result<String> {
        let role = match role {
            Role::Admin => "admin",
            Role::Metrics => "metrics",
            Role::Telephony => "telephony",
        };
        last_word(&self.run(&["keys", "create", "--role", role, "--name", name])?)
    }

    /// Moves its clock to so many seconds after the real one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_clock(&self, seconds: i64) -> Result<()> {
        let beside = self.folder.path().join("clock.new");
        fs::write(&beside, seconds.to_string())?;
        Ok(fs::rename(beside, self.clock_file())?)
    }

    /// Starts it without waiting for anything.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn launch(&mut self) -> Result<()> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log_file())?;
        let child = self
            .command()
            .args(["serve", "--listen", &self.address])
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", self.binary.display()))?;
        self.process = Some(child);
        Ok(())
    }

    /// Starts it, with the same files at the same address, and waits until it is ready.
    ///
    /// # Errors
    /// When it ends, or does not get ready in time.
    pub async fn restart(&mut self) -> Result<()> {
        self.launch()?;
        self.answers("/readyz", 200).await
    }

    /// Waits until this path answers with this status.
    ///
    /// # Errors
    /// When it ends, or does not in time.
    pub async fn answers(&mut self, path: &str, status: u16) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.ask(Method::GET, path).send().await;
            if answer.is_ok_and(|answer| answer.status() == status) {
                return Ok(());
            }
            let ended = self.process.as_mut().map(Child::try_wait).transpose()?;
            if ended.flatten().is_some() || Instant::now() > deadline {
                bail!("{path} does not answer {status}:\n{}", self.log()?);
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    /// Ends it as a power cut would.
    ///
    /// # Errors
    /// When it does not run.
    pub fn kill(&mut self) -> Result<()> {
        let mut process = self.process.take().context("it does not run")?;
        process.kill()?;
        process.wait()?;
        Ok(())
    }

    /// Asks it to end, and waits until it has.
    ///
    /// # Errors
    /// When it does not end in time.
    pub async fn shut_down(&mut self) -> Result<ExitStatus> {
        let mut process = self.process.take().context("it does not run")?;
        let pid = Pid::from_child(&process);
        kill_process(pid, Signal::TERM)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = process.try_wait()? {
                return Ok(status);
            }
            if Instant::now() > deadline {
                process.kill()?;
                bail!("it did not end when asked:\n{}", self.log()?);
            }
            sleep(LOOK_AGAIN).await;
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .arg(self.clock_file())
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.home())
            .env("RUST_LOG", "info")
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    fn clock_file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // It may have ended by itself; waiting only reaps it.
            process.kill().ok();
            process.wait().ok();
        }
    }
}

fn last_word(said: &str) -> Result<String> {
    let word = said.split_whitespace().next_back();
    word.map(str::to_owned).context("no secret was printed")
}
