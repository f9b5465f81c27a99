use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use platforms::webhook::{self, Secrets};
use serde_json::{Value, json};
use server::clock::{Clock as _, SystemClock};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};

/// The secret that what is asked of it is signed with.
pub const PLATFORM_SECRET: &str = "a platform's secret of this length";

/// How long a test waits for something to happen on the platform.
const PATIENCE: Duration = Duration::from_secs(40);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A telephony platform behind one web hook, as `docs/TELEPHONY.md` describes it: a real HTTP server that
/// keeps statuses, and takes nothing whose signature is not right.
#[derive(Clone, Debug)]
pub struct Platform {
    url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    statuses: HashMap<String, Entry>,
    asked: Vec<Value>,
    forged: usize,
    behaviour: Behaviour,
    tells_marks: bool,
    ahead: SignedDuration,
}

#[derive(Clone, Debug)]
struct Entry {
    chosen: Value,
    held: Option<(Value, Timestamp)>,
}

/// How it behaves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Behaviour {
    /// It does as it is asked.
    Well,
    /// It does as it is asked, and answers after so long.
    Slow(Duration),
    /// It does nothing, and answers with this status.
    Refuses(u16),
    /// It does as it is asked, and answers something that is no answer.
    Garbage,
    /// It does as it is asked, and drops the connection.
    Hangs,
}

impl Platform {
    /// Listens on this machine.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let platform = Self {
            url: format!("http://{}/ask", listener.local_addr()?),
            state: Arc::new(Mutex::new(State {
                statuses: HashMap::new(),
                asked: Vec::new(),
                forged: 0,
                behaviour: Behaviour::Well,
                tells_marks: true,
                ahead: SignedDuration::ZERO,
            })),
        };
        let here = platform.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let here = here.clone();
                tokio::spawn(async move { here.serve(connection).await.ok() });
            }
        });
        Ok(platform)
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on it behaves so.
    pub fn behave(&self, behaviour: Behaviour) {
        self.lock().behaviour = behaviour;
    }

    /// It cannot tell whose Do Not Disturb it is.
    pub fn tell_no_marks(&self) {
        self.lock().tells_marks = false;
    }

    /// Lets its time pass.
    pub fn pass(&self, time: SignedDuration) {
        self.lock().ahead += time;
    }

    /// What time it is there.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        SystemClock.now() + self.lock().ahead
    }

    /// A person chooses a status.
    pub fn choose(&self, agent: &str, id: &str, name: &str, quiet: bool) {
        let chosen = json!({"id": id, "name": name, "do_not_disturb": quiet});
        let entry = Entry { chosen, held: None };
        self.lock().statuses.insert(agent.to_owned(), entry);
    }

    /// The name of an agent's status.
    #[must_use]
    pub fn status(&self, agent: &str) -> String {
        let now = self.now();
        let status = entry(&mut self.lock(), agent, now)["status"]["name"].clone();
        status.as_str().unwrap_or_default().to_owned()
    }

    /// Everything it was asked of this kind, in order.
    #[must_use]
    pub fn asked(&self, verb: &str) -> Vec<Value> {
        let state = self.lock();
        let of = state.asked.iter().filter(|asked| asked["verb"] == verb);
        of.cloned().collect()
    }

    /// How many requests had no right signature.
    #[must_use]
    pub fn forged(&self) -> usize {
        self.lock().forged
    }

    /// Waits until an agent's status has this name.
    ///
    /// # Panics
    /// When it does not come to that.
    pub async fn comes_to(&self, agent: &str, name: &str) {
        self.until(|platform| platform.status(agent) == name, name)
            .await;
    }

    /// Waits until it was asked so often.
    ///
    /// # Panics
    /// When it is not.
    pub async fn is_asked(&self, verb: &str, times: usize) -> Vec<Value> {
        self.until(|platform| platform.asked(verb).len() >= times, verb)
            .await;
        self.asked(verb)
    }

    async fn until(&self, holds: impl Fn(&Self) -> bool, what: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < deadline, "{what}: {:#?}", self.lock());
            sleep(LOOK_AGAIN).await;
        }
    }

    async fn serve(&self, mut connection: TcpStream) -> Result<()> {
        let Some((head, body)) = read(&mut connection).await? else {
            return Ok(());
        };
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let found = lines.find(|(header, _)| header.eq_ignore_ascii_case(name));
            found.map_or("", |(_, value)| value)
        };
        let secrets = Secrets::read(PLATFORM_SECRET)?;
        let (stamp, signature) = (header(webhook::TIMESTAMP), header(webhook::SIGNATURE));
        let right = webhook::verify(&secrets, stamp, signature, body.as_bytes(), self.now());
        let asked: Value = serde_json::from_str(&body)?;
        let names_itself = asked["id"] == header(webhook::ID);
        if right.is_err() || !names_itself {
            self.lock().forged += 1;
            return answer(&mut connection, 401, "").await;
        }
        let behaviour = {
            let mut state = self.lock();
            state.asked.push(asked.clone());
            state.behaviour
        };
        if let Behaviour::Refuses(status) = behaviour {
            return answer(&mut connection, status, "").await;
        }
        if let Behaviour::Slow(wait) = behaviour {
            sleep(wait).await;
        }
        let (status, said) = self.does(&asked);
        match behaviour {
            Behaviour::Hangs => Ok(()),
            Behaviour::Garbage => answer(&mut connection, 200, "<html>{\"status\":").await,
            Behaviour::Refuses(_) | Behaviour::Slow(_) | Behaviour::Well => {
                answer(&mut connection, status, &said.to_string()).await
            }
        }
    }

    /// Does what is asked.
    fn does(&self, asked: &Value) -> (u16, Value) {
        let now = self.now();
        let mut state = self.lock();
        let agent = asked["agent"].as_str().unwrap_or_default().to_owned();
        match asked["verb"].as_str() {
            Some("presence.read") => (200, entry(&mut state, &agent, now)),
            Some("presence.set") => {
                let current = entry(&mut state, &agent, now);
                let tells_marks = state.tells_marks;
                let Some(kept) = state.statuses.get_mut(&agent) else {
                    return (500, Value::Null);
                };
                if asked["do_not_disturb"] == true {
                    let lasts = asked["expires_in_seconds"].as_i64().unwrap_or(1);
                    let until = now + SignedDuration::from_secs(lasts);
                    kept.held = Some((asked["mark"].clone(), until));
                } else if tells_marks && current["mark"] != asked["only_if_mark"] {
                    return (409, Value::Null);
                } else {
                    kept.held = None;
                    let status = asked.get("status").filter(|status| !status.is_null());
                    kept.chosen = status.cloned().unwrap_or_else(available);
                }
                (200, entry(&mut state, &agent, now))
            }
            Some("call.end" | "task.create") => (202, Value::Null),
            _ => (400, Value::Null),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn available() -> Value {
    json!({"id": "available", "name": "Available", "do_not_disturb": false})
}

/// An agent's status as it is answered.
fn entry(state: &mut State, agent: &str, now: Timestamp) -> Value {
    let tells_marks = state.tells_marks;
    let empty = || Entry {
        chosen: available(),
        held: None,
    };
    let kept = state.statuses.entry(agent.to_owned()).or_insert_with(empty);
    if kept.held.as_ref().is_some_and(|(_, until)| *until <= now) {
        kept.held = None;
    }
    let (status, mark) = match &kept.held {
        Some((mark, _)) => {
            let quiet =
                json!({"id": "dnd", "name": "Do not disturb (911)", "do_not_disturb": true});
            (quiet, mark.clone())
        }
        None => (kept.chosen.clone(), Value::Null),
    };
    if tells_marks {
        json!({"status": status, "mark": mark})
    } else {
        json!({"status": status})
    }
}

/// Reads one request.
async fn read(connection: &mut TcpStream) -> Result<Option<(String, String)>> {
    let mut read = Vec::new();
    loop {
        let mut more = [0; 4_096];
        let count = connection.read(&mut more).await?;
        if count == 0 {
            return Ok(None);
        }
        read.extend_from_slice(&more[..count]);
        let text = String::from_utf8_lossy(&read);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, length)| length.parse().ok())
            .unwrap_or(0);
        if body.len() >= length {
            return Ok(Some((head.to_owned(), body.to_owned())));
        }
    }
}

async fn answer(connection: &mut TcpStream, status: u16, body: &str) -> Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(body.as_bytes()).await?;
    Ok(())
}
