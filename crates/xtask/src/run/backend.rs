//! The backend with the sample organisation, as an administrator would start it.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{machine, process::Invocation};

use super::children::Child;

/// Where the backend listens unless somebody already does.
const USUAL_PORT: u16 = 8911;

/// How long it may take to say that it is ready.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running backend on SQLite in a folder of its own.
#[derive(Debug)]
pub(super) struct Backend {
    child: Child,
    folder: PathBuf,
    url: String,
}

impl Backend {
    /// Loads the sample organisation into `folder` and starts to serve. `page` is what browsers are shown.
    pub(super) fn start(folder: &Path, page: &Path) -> Result<Self> {
        println!(
            "==> the backend, with the sample organisation, in {}",
            folder.display()
        );
        command(folder).arg("demo").run()?;
        let address = format!("127.0.0.1:{}", free_port()?);
        let serve = command(folder)
            .args(["serve", "--listen", &address])
            .variable("WHEREABOUTS_SERVER_DESK_DIR", page);
        let child = Child::start(&serve)?;
        let mut backend = Self {
            child,
            folder: folder.to_owned(),
            url: format!("http://{address}"),
        };
        backend.wait_until_ready(&address)?;
        Ok(backend)
    }

    /// Where it answers.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Where the security desk watches, in a browser.
    pub(super) fn page(&self) -> String {
        format!("{}/desk/", self.url)
    }

    /// A fresh one-time code for this agent's desktop.
    pub(super) fn enrol(&self, agent: &str) -> Result<String> {
        self.last_word(&["enrol", agent])
            .context("no enrolment code could be made")
    }

    /// A fresh key for the telephony platform.
    pub(super) fn telephony_key(&self) -> Result<String> {
        self.last_word(&["keys", "create", "--role", "telephony", "--name", "demo"])
            .context("no key for the telephony platform could be made")
    }

    /// Lets it finish what it is doing, and ends it.
    pub(super) fn stop(self) -> Result<()> {
        self.child.end().map(drop)
    }

    fn wait_until_ready(&mut self, address: &str) -> Result<()> {
        let elapsed = machine::stopwatch();
        while !is_ready(address) {
            if self.child.has_ended() {
                bail!("the backend ended before it was ready; what it said is above");
            }
            if elapsed() > PATIENCE {
                bail!("the backend was not ready within {} s", PATIENCE.as_secs());
            }
            machine::pause(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Runs one administrative command and takes the secret it prints last.
    fn last_word(&self, arguments: &[&str]) -> Result<String> {
        let invocation = command(&self.folder).args(arguments);
        let said = invocation
            .output()
            .with_context(|| format!("`{invocation}` failed"))?;
        let word = said.split_whitespace().last();
        word.map(str::to_owned)
            .with_context(|| format!("`{invocation}` printed nothing"))
    }
}

/// A command of the backend, all of whose files lie in this folder: what it keeps elsewhere by default would outlive
/// the store, and contradict the next one in its place.
fn command(folder: &Path) -> Invocation {
    Invocation::new(super::PROFILE.built("whereabouts-server"))
        .within(folder)
        .variable("WHEREABOUTS_STORE_SNAPSHOT_FILE", "last-known")
        .variable("WHEREABOUTS_STORE_JOURNAL_DIR", "journal")
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", USUAL_PORT))
        .or_else(|_| TcpListener::bind(("127.0.0.1", 0)))
        .context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

fn is_ready(address: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 "))
}
