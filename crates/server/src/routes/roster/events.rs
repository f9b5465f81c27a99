use std::{
    collections::{HashMap, HashSet},
    convert::Infallible,
    time::Duration,
};

use api::{
    emergency::{EmergencySummary, Phase},
    paths,
    roster::{RosterFrame, RosterRow},
};
use axum::{
    extract::State,
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use jiff::Timestamp;
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        watch,
    },
    time::{Instant, sleep_until},
};

use super::board;
use crate::{
    http::{App, Refusal, Watcher},
    push::{Place, RosterChange},
    routes::me::events::{HEARTBEAT, UNBUFFERED},
    store::{AgentId, DESK_NOTED_EVERY, StoreError},
};

/// The shortest time between two frames. The first change after a quiet time goes out at once.
const BETWEEN_FRAMES: Duration = Duration::from_millis(200);

/// The roster, live.
///
/// Server-sent events of the type `roster`. The first frame is complete; those after it hold the rows
/// that changed. Every frame holds the counts and every emergency.
#[utoipa::path(
    get,
    path = paths::ROSTER_EVENTS,
    operation_id = "roster_events",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    responses((status = 200, description = "Frames.", body = RosterFrame, content_type = "text/event-stream")),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    watcher: Watcher,
) -> Result<impl IntoResponse, Refusal> {
    let looked_at_sign_in = app.clock.now();
    let place = app.places.take(&watcher.signed_in.family);
    let place = place.ok_or_else(Refusal::unavailable)?;
    // Followed before the first reading, so that no change falls in between.
    let mut screen = Screen {
        place,
        changes: app.hub.watch_roster(),
        time: app.hub.watch_time(),
        app,
        watcher,
        rows: HashMap::new(),
        emergencies: Vec::new(),
        next_change: None,
        dirty: Dirty::everything(),
        not_before: None,
        looked_at_sign_in,
    };
    let first = screen.frame().await?;
    let frames = stream::unfold((screen, first), |(mut screen, first)| async move {
        let frame = match first {
            Some(first) => first,
            None => screen.next().await?,
        };
        // What was just made from the types of the interface is always JSON.
        let event = Event::default().event("roster").json_data(&frame).ok()?;
        Some((Ok::<_, Infallible>(event), (screen, None)))
    });
    Ok((
        [UNBUFFERED],
        Sse::new(frames).keep_alive(KeepAlive::new().interval(HEARTBEAT)),
    ))
}

/// One screen that shows the roster.
struct Screen {
    app: App,
    watcher: Watcher,
    place: Place,
    changes: broadcast::Receiver<RosterChange>,
    time: watch::Receiver<Timestamp>,
    rows: HashMap<AgentId, RosterRow>,
    emergencies: Vec<EmergencySummary>,
    /// When time alone next changes something that is shown.
    next_change: Option<Timestamp>,
    dirty: Dirty,
    not_before: Option<Instant>,
    /// When the sign-in was last looked at.
    looked_at_sign_in: Timestamp,
}

/// What must be read again.
#[derive(Debug, Default)]
struct Dirty {
    everything: bool,
    agents: HashSet<AgentId>,
    calls: bool,
}

impl Dirty {
    fn everything() -> Self {
        Self {
            everything: true,
            ..Self::default()
        }
    }

    fn is_clean(&self) -> bool {
        !self.everything && !self.calls && self.agents.is_empty()
    }

    fn note(&mut self, change: RosterChange) {
        self.calls = true;
        match change {
            RosterChange::Agent(agent) => {
                self.agents.insert(agent);
            }
            RosterChange::Calls => {}
            RosterChange::Everything => self.everything = true,
        }
    }
}

impl Screen {
    /// The next frame; `None` when the stream is over.
    async fn next(&mut self) -> Option<RosterFrame> {
        loop {
            let quiet = self.not_before.filter(|_| !self.dirty.is_clean());
            tokio::select! {
                () = self.app.closed() => return None,
                () = self.place.displaced() => return None,
                change = self.changes.recv() => match change {
                    Ok(change) => self.dirty.note(change),
                    Err(RecvError::Lagged(_)) => self.dirty.everything = true,
                    Err(RecvError::Closed) => return None,
                },
                ticked = self.time.changed() => {
                    ticked.ok()?;
                    self.look_at_the_clock()?;
                    self.look_at_the_sign_in().await?;
                }
                () = sleep_until(quiet.unwrap_or_else(Instant::now)), if quiet.is_some() => {
                    self.not_before = None;
                }
            }
            if self.dirty.is_clean() || self.not_before.is_some() {
                continue;
            }
            if self.may_have_signed_out() && !self.watcher.signed_in.may_stay(&self.app).await {
                return None;
            }
            match self.frame().await {
                Ok(Some(frame)) => return Some(frame),
                Ok(None) => {}
                Err(fault) => {
                    tracing::warn!(store.fault = %fault, "the roster could not be read again");
                    self.not_before = Some(Instant::now() + Duration::from_secs(1));
                }
            }
        }
    }

    /// Notes what runs out, and ends the stream when the token has, unless an emergency is open.
    fn look_at_the_clock(&mut self) -> Option<()> {
        let now = self.app.clock.now();
        if self.next_change.is_some_and(|moment| moment <= now) {
            self.next_change = None;
            self.dirty.calls = true;
            let due = self
                .rows
                .iter()
                .filter(|(_, row)| row.until.is_some_and(|until| until <= now));
            self.dirty.agents.extend(due.map(|(id, _)| id.clone()));
        }
        if !self.is_urgent() && self.watcher.signed_in.until <= now {
            return None;
        }
        Some(())
    }

    /// Looks now and then whether somebody at another process was signed out, which nobody tells this
    /// stream; an open page stays signed in by it.
    async fn look_at_the_sign_in(&mut self) -> Option<()> {
        let now = self.app.clock.now();
        if now.duration_since(self.looked_at_sign_in) < DESK_NOTED_EVERY {
            return Some(());
        }
        self.looked_at_sign_in = now;
        if !self.watcher.is_the_same(&self.app).await {
            return None;
        }
        let may_stay = self.watcher.signed_in.may_stay(&self.app).await;
        (may_stay || self.is_urgent()).then_some(())
    }

    /// Whether the token must be looked at again.
    fn may_have_signed_out(&self) -> bool {
        let own = &self.watcher.signed_in.agent;
        !self.is_urgent() && (self.dirty.everything || self.dirty.agents.contains(own))
    }

    /// While an emergency is open nothing cuts this stream.
    fn is_urgent(&self) -> bool {
        let mut shown = self.emergencies.iter();
        shown.any(|shown| shown.emergency.phase == Phase::Open)
    }

    /// Reads what is dirty again and makes a frame of what changed; `None` when nothing did.
    async fn frame(&mut self) -> Result<Option<RosterFrame>, StoreError> {
        let now = self.app.clock.now();
        let complete = self.dirty.everything;
        let agents = (!complete).then(|| self.dirty.agents.iter().cloned().collect::<Vec<_>>());
        let read = match &agents {
            Some(agents) if agents.is_empty() => HashMap::new(),
            Some(_) | None => board::rows(&self.app, agents, now).await?,
        };
        let (emergencies, next_call_change) =
            board::emergencies(&self.app, &self.watcher.agent, now).await?;
        self.dirty = Dirty::default();
        self.not_before = Some(Instant::now() + BETWEEN_FRAMES);
        let calls_changed = emergencies != self.emergencies;
        self.emergencies = emergencies;
        if complete {
            self.rows.clear();
        }
        let mut changed = Vec::new();
        for (id, row) in read {
            if self.rows.get(&id) != Some(&row) {
                changed.push(row.clone());
                self.rows.insert(id, row);
            }
        }
        let stale = self.rows.values().filter_map(|row| row.until).min();
        self.next_change = stale.into_iter().chain(next_call_change).min();
        if !complete && changed.is_empty() && !calls_changed {
            return Ok(None);
        }
        Ok(Some(RosterFrame {
            complete,
            counts: board::counts(self.rows.values()),
            rows: board::in_order(changed),
            emergencies: self.emergencies.clone(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::store::KeyRole;
    use crate::testing::{Ask, TestServer};

    #[tokio::test]
    async fn the_first_frame_is_everybody_and_the_next_what_changed() {
        let server = TestServer::start().await;
        let (maria, boss) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.ortiz").await,
        );
        let mut screen = server.stream(paths::ROSTER_EVENTS, &boss).await;
        let first = screen.next().await;
        assert_eq!(
            (first.event.as_str(), &first.data["complete"]),
            ("roster", &json!(true))
        );
        assert_eq!(first.data["rows"].as_array().unwrap().len(), 5);
        assert_eq!(first.data["counts"]["offline"], 5);
        server.sit(&maria, "SEA-5-181").await;
        let next = screen.next().await.data;
        assert_eq!(next["complete"], false);
        assert_eq!(next["rows"].as_array().unwrap().len(), 1);
        assert_eq!(next["rows"][0]["seat"], "WS 181");
        assert_eq!(next["counts"]["confirmed"], 1);
    }

    #[tokio::test]
    async fn who_connects_comes_online_and_what_runs_out_is_shown() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        server.sit(&maria, "SEA-5-181").await;
        server.clock.advance(12 * 3_600 - 60);
        let (maria, boss) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.ortiz").await,
        );
        let mut screen = server.stream(paths::ROSTER_EVENTS, &boss).await;
        screen.next().await;
        let desktop = server.stream(paths::ME_EVENTS, &maria).await;
        assert_eq!(screen.next().await.data["rows"][0]["online"], true);
        server.pass(60).await;
        let row = screen.next().await.data["rows"][0].clone();
        assert_eq!(
            (&row["status"], &row["online"]),
            (&json!("stale"), &json!(true))
        );
        drop(desktop);
        let row = screen.next().await.data["rows"][0].clone();
        assert_eq!(
            (&row["status"], &row["online"]),
            (&json!("offline"), &json!(false))
        );
    }

    #[tokio::test]
    async fn a_screen_ends_with_its_token() {
        let server = TestServer::start().await;
        let boss = server.sign_in("sam.ortiz").await;
        let mut screen = server.stream(paths::ROSTER_EVENTS, &boss).await;
        screen.next().await;
        let out = Ask::new("DELETE", paths::TOKENS).bearer(&boss);
        assert_eq!(server.ask(out).await.status, 204);
        screen.end().await;
        let boss = server.sign_in("sam.ortiz").await;
        let mut screen = server.stream(paths::ROSTER_EVENTS, &boss).await;
        screen.next().await;
        server.pass(15 * 60).await;
        screen.end().await;
    }

    #[tokio::test]
    async fn a_screen_ends_with_the_role_also_during_a_call() {
        let server = TestServer::start().await;
        let key = server.key("pbx", KeyRole::Telephony).await;
        let boss = server.sign_in("sam.ortiz").await;
        let mut screen = server.stream(paths::ROSTER_EVENTS, &boss).await;
        screen.next().await;
        let asked = json!({"call_id": "c", "agent": "maria.chen", "dialled": "911"});
        let ask = Ask::post(paths::TELEPHONY_CALLS).bearer(&key).json(asked);
        server.ask(ask).await.good();
        screen.next().await;
        server.demote("sam.ortiz").await;
        server.pass(61).await;
        screen.end().await;
    }
}
