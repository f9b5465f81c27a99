//! What the server pushes.

use std::time::Duration;

use api::{agent::Me, emergency::Emergency, error::ErrorCode, paths, roster::RosterFrame};
use eventsource_stream::{EventStreamError, Eventsource};
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use reqwest::{Method, header};
use serde::Deserialize;
use tokio::time::Instant;

use crate::{
    Error, Refusal, Session,
    backoff::{Backoff, dice},
    client::date,
};

/// How long a state that looks older than the last one waits for a newer one on the same
/// connection, before the server is believed to have gone back (as after a restored backup).
const SECOND_LOOK: Duration = Duration::from_secs(2);

/// Something happened on a stream that is kept open.
#[derive(Debug)]
pub enum Watched<T> {
    /// The server pushed this.
    Frame(T),
    /// The connection is gone; it is tried again by itself.
    Lost {
        /// Why.
        error: Error,
        /// When it is tried again.
        retry_in: Duration,
    },
    /// The server answers; a whole state follows.
    Opened {
        /// The server's clock, to the second.
        date: Option<Timestamp>,
    },
}

/// A pushed state of the agent.
#[derive(Debug)]
pub enum State {
    /// The server is newer than this app and says things that cannot be read here. The emergency
    /// can, and it is what matters.
    EmergencyOnly {
        /// Grows with every change that concerns this agent.
        revision: u64,
        /// The emergency call that is open or whose callback window is.
        emergency: Option<Box<Emergency>>,
    },
    /// The whole.
    Whole(Box<Me>),
}

impl State {
    /// Grows with every change that concerns this agent.
    #[must_use]
    pub fn revision(&self) -> u64 {
        match self {
            Self::EmergencyOnly { revision, .. } => *revision,
            Self::Whole(me) => me.revision,
        }
    }

    fn read(text: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Core {
            revision: u64,
            emergency: Option<Box<Emergency>>,
        }
        if let Ok(me) = serde_json::from_str(text) {
            return Some(Self::Whole(me));
        }
        let core: Core = serde_json::from_str(text).ok()?;
        Some(Self::EmergencyOnly {
            revision: core.revision,
            emergency: core.emergency,
        })
    }
}

impl Session {
    /// Watches the agent's state, reconnecting for ever. Ends only when the session does; says why.
    ///
    /// A state with a smaller revision than the one before is held back for two seconds and
    /// dropped when a newer one comes: connections may overlap, and replicas lag.
    pub async fn watch_me(&self, mut on: impl FnMut(Watched<State>) + Send) -> Box<Refusal> {
        let push = Push {
            path: paths::ME_EVENTS,
            event: "state",
            read: State::read,
            revision: Some(State::revision),
            by_role: false,
        };
        self.watch(push, &mut on).await
    }

    /// Watches the roster, reconnecting for ever, for supervisors and the security desk. Ends when
    /// the session does, or when the role may not watch it; says why.
    pub async fn watch_roster(
        &self,
        mut on: impl FnMut(Watched<RosterFrame>) + Send,
    ) -> Box<Refusal> {
        let push = Push {
            path: paths::ROSTER_EVENTS,
            event: "roster",
            read: |text| serde_json::from_str(text).ok(),
            revision: None,
            by_role: true,
        };
        self.watch(push, &mut on).await
    }

    async fn watch<T: Send>(
        &self,
        push: Push<T>,
        on: &mut (impl FnMut(Watched<T>) + Send),
    ) -> Box<Refusal> {
        let mut backoff = Backoff::default();
        let mut newest = Newest {
            revision: push.revision,
            seen: 0,
        };
        loop {
            let error = match self.listen(push.path).await {
                Ok((date, events)) => {
                    on(Watched::Opened { date });
                    let frames = events.filter_map(|message| {
                        std::future::ready(match message {
                            Ok(message) if message.event != push.event => None,
                            Ok(message) => Some((push.read)(&message.data).ok_or(UNREADABLE)),
                            Err(error) => Some(Err(error)),
                        })
                    });
                    newest.pass(frames, &mut backoff, on).await
                }
                Err(error) => error,
            };
            let asked = match error {
                Error::SignedOut(refusal) => return refusal,
                Error::Refused(refusal) if push.by_role && refusal.code == ErrorCode::Forbidden => {
                    return refusal;
                }
                Error::Refused(ref refusal) => refusal.retry_after,
                Error::UnexpectedAnswer(_) | Error::Unreachable(_) => None,
            };
            let retry_in = backoff.next(asked, dice());
            on(Watched::Lost { error, retry_in });
            tokio::time::sleep(retry_in).await;
        }
    }

    async fn listen(
        &self,
        path: &'static str,
    ) -> Result<
        (
            Option<Timestamp>,
            impl Stream<Item = Result<eventsource_stream::Event, Error>> + Send + use<>,
        ),
        Error,
    > {
        let limit = self.client().patience().answer;
        let response = self
            .open(
                |client| {
                    client
                        .request(Method::GET, path, &[])
                        .header(header::ACCEPT, "text/event-stream")
                },
                limit,
            )
            .await?;
        let is_stream = response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        if !is_stream {
            return Err(Error::UnexpectedAnswer("it is no stream of events"));
        }
        let date = date(response.headers());
        let events = response.bytes_stream().eventsource().map(|event| {
            event.map_err(|error| match error {
                EventStreamError::Transport(error) => Error::from(error),
                EventStreamError::Parser(_) | EventStreamError::Utf8(_) => UNREADABLE,
            })
        });
        Ok((date, events))
    }
}

const UNREADABLE: Error = Error::UnexpectedAnswer("a pushed state cannot be read");

/// One kind of stream.
struct Push<T> {
    path: &'static str,
    event: &'static str,
    read: fn(&str) -> Option<T>,
    revision: Option<fn(&T) -> u64>,
    /// Not everybody may listen; being refused is final.
    by_role: bool,
}

/// Tells old states from new ones, across connections.
struct Newest<T> {
    revision: Option<fn(&T) -> u64>,
    seen: u64,
}

impl<T: Send> Newest<T> {
    /// Hands on the frames of one connection until it ends; says why it did.
    async fn pass(
        &mut self,
        frames: impl Stream<Item = Result<T, Error>> + Send,
        backoff: &mut Backoff,
        on: &mut (impl FnMut(Watched<T>) + Send),
    ) -> Error {
        let mut frames = std::pin::pin!(frames);
        let mut first = true;
        let mut held: Option<(T, Instant)> = None;
        loop {
            let next = match &held {
                Some((_, until)) => tokio::time::timeout_at(*until, frames.next()).await,
                None => Ok(frames.next().await),
            };
            match next {
                Ok(None) => return Error::Unreachable("the stream ended"),
                Ok(Some(Err(error))) => return error,
                Ok(Some(Ok(frame))) => {
                    backoff.reset();
                    let revision = self.revision.map_or(self.seen, |revision| revision(&frame));
                    if revision >= self.seen {
                        held = None;
                        self.hand_on(frame, revision, on);
                    } else if first || held.is_some() {
                        held = Some((frame, Instant::now() + SECOND_LOOK));
                    }
                    first = false;
                }
                Err(_elapsed) => {
                    if let Some((frame, _)) = held.take() {
                        tracing::warn!("the server has gone back to an older state");
                        let revision = self.revision.map_or(0, |revision| revision(&frame));
                        self.hand_on(frame, revision, on);
                    }
                }
            }
        }
    }

    fn hand_on(&mut self, frame: T, revision: u64, on: &mut (impl FnMut(Watched<T>) + Send)) {
        self.seen = revision;
        on(Watched::Frame(frame));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is handed on of these frames, each after so many milliseconds, and when.
    async fn handed_on(frames: &[(u64, u64)]) -> Vec<(u64, u64)> {
        let mut newest = Newest::<u64> {
            revision: Some(|frame| *frame),
            seen: 10,
        };
        let start = Instant::now();
        let mut seen = Vec::new();
        let stream = futures_util::stream::iter(frames.to_vec())
            .then(|(at, frame)| async move {
                tokio::time::sleep_until(start + Duration::from_millis(at)).await;
                Ok(frame)
            })
            .chain(futures_util::stream::pending());
        let mut backoff = Backoff::default();
        let mut on = |watched| {
            if let Watched::Frame(frame) = watched {
                let after = u64::try_from(start.elapsed().as_millis()).unwrap();
                seen.push((after, frame));
            }
        };
        let all = newest.pass(stream, &mut backoff, &mut on);
        tokio::time::timeout(Duration::from_secs(60), all)
            .await
            .unwrap_err();
        seen
    }

    #[tokio::test(start_paused = true)]
    async fn an_older_state_waits_for_a_newer_one() {
        // A lagging replica, then the truth.
        assert_eq!(handed_on(&[(0, 9), (800, 11)]).await, [(800, 11)]);
        // A store that was restored from a backup.
        assert_eq!(
            handed_on(&[(0, 3), (5_000, 4)]).await,
            [(2_000, 3), (5_000, 4)]
        );
        // The same again, changing meanwhile.
        assert_eq!(handed_on(&[(0, 3), (1_000, 4)]).await, [(3_000, 4)]);
        // The same state again is news: what is overlaid does not count as a change.
        assert_eq!(handed_on(&[(0, 10), (1, 10)]).await, [(0, 10), (1, 10)]);
        // A newer one, then an older one on the same connection.
        assert_eq!(handed_on(&[(0, 12), (10, 11)]).await, [(0, 12)]);
    }

    #[test]
    fn an_emergency_is_read_even_when_the_rest_is_from_the_future() {
        let text = r#"{"revision":7,"served":{"rule":"invented"},"emergency":{
            "call_id":"c","dialled":"911","test":false,"phase":"open",
            "started_at":"2026-11-20T08:00:00Z","ended_at":null,"ended_by":null,
            "callback_number":null,"callback_until":null,"callback_until_final":false,
            "callback":{"state":"none","since":null},"lines":[],"location_status":"unknown",
            "since":null,"presence":null,"can_end_call":false,"acknowledged_by":[]}}"#;
        let Some(State::EmergencyOnly {
            revision: 7,
            emergency: Some(emergency),
        }) = State::read(text)
        else {
            panic!("the emergency must be read");
        };
        assert_eq!(emergency.call_id, "c");
        assert!(State::read("{}").is_none());
    }
}
