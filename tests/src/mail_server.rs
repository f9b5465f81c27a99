use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::json;
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::timeout,
};

/// How long a mail may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// A mail that the server took.
#[derive(Clone, Debug, Deserialize)]
pub struct Arrived {
    /// To whom.
    pub to: Vec<String>,
    /// As it came over the wire.
    pub mail: String,
    /// When, in microseconds since 1970.
    pub at_us: i64,
}

impl Arrived {
    /// The only recipient.
    #[must_use]
    pub fn recipient(&self) -> &str {
        self.to.first().map_or("", String::as_str)
    }

    /// One header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.mail.lines().take_while(|line| !line.is_empty());
        let mut named = lines.filter_map(|line| line.split_once(": "));
        let found = named.find(|(header, _)| header.eq_ignore_ascii_case(name))?;
        Some(found.1.trim())
    }

    /// The mail with its soft line ends (RFC 2045 section 6.7) taken out, so that text can be looked
    /// for in it.
    #[must_use]
    pub fn unfolded(&self) -> String {
        self.mail.replace("\r\n", "\n").replace("=\n", "")
    }
}

/// How the way to a mail server is protected.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tls<'a> {
    /// From the first byte, with this certificate and key.
    Implicit(&'a Path, &'a Path),
    /// Not at all.
    None,
    /// After the greeting.
    StartTls(&'a Path, &'a Path),
}

/// A real mail server as a process: aiosmtpd of Debian, on loopback.
#[derive(Debug)]
pub struct MailServer {
    process: Child,
    orders: ChildStdin,
    arrived: UnboundedReceiver<Arrived>,
    port: u16,
}

impl MailServer {
    /// Starts one on a port of its own.
    ///
    /// # Errors
    /// When it does not start, as without the package `python3-aiosmtpd`.
    pub fn start() -> Result<Self> {
        Self::start_with(0, Tls::None, None)
    }

    /// Starts one on a port, that wants TLS and a sign-in (name and password) where they are given.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start_with(port: u16, tls: Tls<'_>, sign_in: Option<(&str, &str)>) -> Result<Self> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/mail/server.py");
        let mut command = Command::new(python());
        command
            .args([script, "--port", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let pair = match tls {
            Tls::Implicit(certificate, key) => Some(("implicit", certificate, key)),
            Tls::None => None,
            Tls::StartTls(certificate, key) => Some(("starttls", certificate, key)),
        };
        if let Some((word, certificate, key)) = pair {
            command
                .args(["--tls", word, "--certificate"])
                .arg(certificate);
            command.arg("--key").arg(key);
        }
        if let Some((name, password)) = sign_in {
            command.args(["--sign-in", name, password]);
        }
        let mut process = command.spawn().context("there is no Python")?;
        let orders = process.stdin.take().context("it is piped")?;
        let mut said = BufReader::new(process.stdout.take().context("it is piped")?).lines();
        let first = said.next().context("is python3-aiosmtpd installed?")??;
        let Listening { port } = serde_json::from_str(&first)?;
        let (sender, arrived) = unbounded_channel();
        thread::spawn(move || {
            for line in said.map_while(Result::ok) {
                if let Ok(mail) = serde_json::from_str(&line) {
                    // The test may be over.
                    sender.send(mail).ok();
                }
            }
        });
        Ok(Self {
            process,
            orders,
            arrived,
            port,
        })
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on it takes so long for every mail.
    ///
    /// # Errors
    /// When it has ended.
    pub fn take_seconds(&mut self, seconds: f64) -> Result<()> {
        self.order(&json!({ "delay": seconds }))
    }

    /// From now on it does not know these mailboxes.
    ///
    /// # Errors
    /// When it has ended.
    pub fn refuse(&mut self, recipients: &[&str]) -> Result<()> {
        self.order(&json!({ "refuse": recipients }))
    }

    /// From now on it answers every mail with this; `None`: it takes them again.
    ///
    /// # Errors
    /// When it has ended.
    pub fn answer(&mut self, answer: Option<&str>) -> Result<()> {
        self.order(&json!({ "fail": answer }))
    }

    /// The next mail.
    ///
    /// # Errors
    /// When none comes in time.
    pub async fn next(&mut self) -> Result<Arrived> {
        let mail = timeout(PATIENCE, self.arrived.recv()).await;
        mail.context("no mail came")?
            .context("the mail server ended")
    }

    /// So many mails.
    ///
    /// # Errors
    /// When fewer come in time.
    pub async fn take(&mut self, count: usize) -> Result<Vec<Arrived>> {
        let mut mails = Vec::with_capacity(count);
        while mails.len() < count {
            let so_far = mails.len();
            let mail = self.next().await;
            mails.push(mail.with_context(|| format!("{so_far} of {count} mails came"))?);
        }
        Ok(mails)
    }

    /// Whatever has come and was not looked at.
    pub fn rest(&mut self) -> Vec<Arrived> {
        std::iter::from_fn(|| self.arrived.try_recv().ok()).collect()
    }

    fn order(&mut self, order: &serde_json::Value) -> Result<()> {
        Ok(writeln!(self.orders, "{order}")?)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[derive(Deserialize)]
struct Listening {
    port: u16,
}

/// The Python that Debian's packages belong to, also where another one comes first.
fn python() -> PathBuf {
    let debian = PathBuf::from("/usr/bin/python3");
    if debian.exists() {
        debian
    } else {
        PathBuf::from("python3")
    }
}
