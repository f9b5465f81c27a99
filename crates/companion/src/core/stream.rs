//! What the server says.

use std::time::Duration;

use api::{agent::Me, location::ServedLocation};
use client::{State, Watched};
use jiff::SignedDuration;
use location::Status;

use super::{Core, Output, Remembered, StreamId, notices, signing::Account};
use crate::{clock::Now, view::Connection};

/// How long the first state may take before the app shows what it knows without it.
const FIRST_WORD: Duration = Duration::from_secs(2);

/// What the server said.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) id: StreamId,
    pub(super) connection: Connection,
    /// The last whole state; its emergency is kept elsewhere.
    pub(super) me: Option<Box<Me>>,
    /// Whether `me` came from the server in this process's life. What did not confirms nothing.
    live: bool,
    /// Whether any state came from the server in this process's life.
    pub(super) heard: bool,
    /// The server acknowledged this, and no state that holds it has arrived yet.
    acknowledged: Option<Box<ServedLocation>>,
    /// The connection is new, and what it says first is the truth.
    fresh: bool,
    /// Until then nothing is asked of the agent that the server may be about to say.
    pub(super) first_word_by: Option<Duration>,
}

impl Default for Stream {
    fn default() -> Self {
        Self {
            id: StreamId::default(),
            connection: Connection::Connecting,
            me: None,
            live: false,
            heard: false,
            acknowledged: None,
            fresh: false,
            first_word_by: None,
        }
    }
}

impl Stream {
    /// What the server would answer, acknowledged in this process's life.
    pub(super) fn served(&self) -> Option<&ServedLocation> {
        let pushed = self
            .me
            .as_ref()
            .filter(|_| self.live)
            .and_then(|me| me.served.as_ref());
        match (pushed, self.acknowledged.as_deref()) {
            (Some(pushed), Some(acknowledged)) if pushed.version >= acknowledged.version => {
                Some(pushed)
            }
            (_, Some(acknowledged)) => Some(acknowledged),
            (pushed, None) => pushed,
        }
    }

    /// The server acknowledged a declaration, or told of a newer one.
    pub(super) fn acknowledge(&mut self, served: Box<ServedLocation>) {
        let newest = self.acknowledged.as_ref().map_or(0, |known| known.version);
        if served.version >= newest {
            self.acknowledged = Some(served);
        }
    }
}

impl Core {
    pub(super) fn is_online(&self) -> bool {
        self.stream.connection == Connection::Online
    }

    pub(super) fn watched(&mut self, id: StreamId, watched: Watched<State>, now: Now) {
        if id != self.stream.id || self.signing.signed_in().is_none() {
            return;
        }
        match watched {
            Watched::Opened { date } => {
                if let Some(date) = date {
                    self.clock.heard(date, now);
                }
                self.stream.connection = Connection::Online;
                self.stream.fresh = true;
                self.server_is_back(now);
            }
            Watched::Frame(State::Whole(me)) => self.state(me),
            Watched::Frame(State::EmergencyOnly { emergency, .. }) => {
                self.notices.add(notices::update_needed());
                self.stream.heard = true;
                // What is served cannot be read, so it is not known.
                self.stream.live = false;
                self.stream.acknowledged = None;
                self.emergency_told(emergency);
            }
            Watched::Lost { error, retry_in } => {
                tracing::info!(
                    connection.retry_ms = retry_in.as_millis(),
                    "not connected: {error}"
                );
                let since = match self.stream.connection {
                    Connection::Offline { since, .. } => since,
                    Connection::Connecting | Connection::Online => now.wall,
                };
                let retry_in = SignedDuration::try_from(retry_in).unwrap_or(SignedDuration::ZERO);
                let retry_at = now.wall.saturating_add(retry_in).unwrap_or(now.wall);
                self.stream.connection = Connection::Offline { since, retry_at };
            }
        }
    }

    fn state(&mut self, mut me: Box<Me>) {
        let emergency = me.emergency.take().map(Box::new);
        if let Account::SignedIn {
            agent, username, ..
        } = &mut self.signing.account
        {
            username.clone_from(&me.agent.username);
            *agent = Some(me.agent.clone());
        }
        let stream = &mut self.stream;
        let version = me.served.as_ref().map_or(0, |served| served.version);
        let fresh = std::mem::take(&mut stream.fresh);
        stream
            .acknowledged
            .take_if(|acknowledged| fresh || acknowledged.version <= version);
        stream.me = Some(me);
        stream.live = true;
        stream.heard = true;
        self.notices.remove(notices::UPDATE_NEEDED);
        self.emergency_told(emergency);
        self.roster_wanted();
    }

    /// Whether the server is about to say for the first time where the agent is.
    pub(super) fn first_word_is_near(&self, now: Now) -> bool {
        let waited_for = self.stream.first_word_by.is_some_and(|by| by > now.up);
        match self.stream.connection {
            Connection::Connecting | Connection::Online => waited_for && !self.stream.heard,
            Connection::Offline { .. } => false,
        }
    }

    /// Opens the stream, or opens it anew.
    pub(super) fn open_stream(&mut self) {
        self.stream.id = StreamId(self.stream.id.0 + 1);
        self.stream.connection = Connection::Connecting;
        if !self.stream.heard && self.stream.first_word_by.is_none() {
            self.stream.first_word_by = Some(self.last.up + FIRST_WORD);
        }
        self.put(Output::Watch(self.stream.id));
    }

    pub(super) fn close_stream(&mut self) {
        self.stream = Stream {
            id: StreamId(self.stream.id.0 + 1),
            ..Stream::default()
        };
        self.put(Output::Unwatch);
        self.roster_wanted();
    }

    /// The computer slept, or the network changed: nothing that is known can be relied upon.
    pub(super) fn resumed(&mut self) {
        self.put(Output::ReadZone);
        if self.signing.signed_in().is_some() {
            self.open_stream();
            self.roster_again();
        }
    }

    /// When what is served grows stale, if nobody says anything until then.
    pub(super) fn stale_at(&self, now: Now) -> Option<Duration> {
        let served = self.stream.served()?;
        let until = served
            .until
            .filter(|_| served.status == Status::Confirmed)?;
        (until > self.clock.at(now)).then(|| self.clock.up_at(until, now))
    }

    /// What a later process should know.
    pub(super) fn to_remember(&self, now: Now) -> Option<Box<Remembered>> {
        let emergency = self.emergencies.current();
        let (server, username) = match self.signing.signed_in() {
            Some((server, username)) => (server.to_owned(), username.to_owned()),
            None => self.emergencies.whose()?,
        };
        if self.stream.me.is_none() && emergency.is_none() {
            return None;
        }
        Some(Box::new(Remembered {
            server,
            username,
            me: self.stream.me.as_deref().cloned(),
            emergency: emergency.cloned(),
            clock: self.clock.kept(&self.boot, now),
        }))
    }
}
