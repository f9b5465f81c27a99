use std::{convert::Infallible, sync::Arc, time::Duration};

use api::{
    agent::Me,
    emergency::{CallbackState, Phase},
    paths,
};
use axum::{
    extract::State,
    http::{HeaderName, HeaderValue},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, stream};
use jiff::{SignedDuration, Timestamp};

use crate::{
    http::{App, Refusal, SignedIn},
    push::{Place, Shared, Subscription},
    store::Mine,
    view,
};

/// How often a stream that has nothing to say shows that it lives.
pub(in crate::routes) const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long until a reading that failed is tried again.
const TRY_AGAIN: SignedDuration = SignedDuration::from_secs(1);
/// Tells nginx not to hold frames back.
pub(in crate::routes) const UNBUFFERED: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-accel-buffering"),
    HeaderValue::from_static("no"),
);

/// The whole of what the agent's desktop shows, again whenever it changes.
///
/// Server-sent events of the type `state`; the data is the document of `GET /v1/me`, the id its
/// revision. The first frame comes at once, and a comment every 15 s when there is nothing to say.
/// A frame may repeat a revision; one with a smaller revision than the last is old. The stream ends
/// when the access token does, except while an emergency is open.
#[utoipa::path(
    get,
    path = paths::ME_EVENTS,
    operation_id = "me_events",
    tag = "agent",
    security(("bearer" = [])),
    responses((status = 200, description = "Frames.", body = Me, content_type = "text/event-stream")),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<impl IntoResponse, Refusal> {
    let place = app.places.take(&signed_in.family);
    let place = place.ok_or_else(Refusal::unavailable)?;
    // Connected before the first reading, so that no change falls in between.
    let subscription = app.hub.connect(&signed_in.agent);
    let reading = app.readings.of(&signed_in.agent);
    let mine = reading
        .read(super::load(&app, &signed_in.agent, app.clock.now()))
        .await?;
    if mine.is_none() {
        return Err(Refusal::unauthenticated());
    }
    let desktop = Desktop {
        place,
        reading,
        app,
        signed_in,
        subscription,
        mine,
        sent: None,
        urgent: false,
    };
    Ok((
        [UNBUFFERED],
        Sse::new(desktop.frames()).keep_alive(KeepAlive::new().interval(HEARTBEAT)),
    ))
}

/// One connected desktop.
struct Desktop {
    app: App,
    signed_in: SignedIn,
    subscription: Subscription,
    place: Place,
    /// What every stream of this agent reads together.
    reading: Arc<Shared<Option<Mine>>>,
    /// What was read last; there is always something.
    mine: Arc<Option<Mine>>,
    /// What was sent last.
    sent: Option<Me>,
    /// An emergency is open, as far as was sent.
    urgent: bool,
}

impl Desktop {
    fn frames(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut desktop| async move {
            let frame = desktop.next().await?;
            Some((Ok(frame), desktop))
        })
    }

    /// The next frame; `None` when the stream is over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.sent.is_some() {
                tokio::select! {
                    () = self.subscription.woken() => {}
                    () = self.app.closed() => return None,
                    () = self.place.displaced() => return None,
                }
            }
            let now = self.app.clock.now();
            let again = self.read(now).await;
            let (me, changes) = self.look(now)?;
            self.urgent = is_urgent(&me);
            if !self.urgent && !self.signed_in.may_stay(&self.app).await {
                return None;
            }
            let wake = [
                again,
                changes,
                Some(self.signed_in.until).filter(|until| *until > now),
            ];
            if let Some(moment) = wake.into_iter().flatten().min() {
                self.subscription.wake_at(moment);
            }
            if self.sent.as_ref() != Some(&me) {
                let frame = Event::default()
                    .event("state")
                    .id(me.revision.to_string())
                    .json_data(&me);
                self.sent = Some(me);
                // What was just made from the types of the interface is always JSON.
                return frame.ok();
            }
        }
    }

    /// Reads again. When that fails what was read before stays, and the moment to try again is given:
    /// a fault here must not take an emergency off a screen.
    async fn read(&mut self, now: Timestamp) -> Option<Timestamp> {
        let load = super::load(&self.app, &self.signed_in.agent, now);
        match self.reading.read(load).await {
            Ok(mine) => {
                if mine.is_some() {
                    self.mine = mine;
                }
                None
            }
            Err(fault) => {
                tracing::warn!(store.fault = %fault, "a stream could not read what changed");
                Some(now + TRY_AGAIN)
            }
        }
    }

    /// What is shown now, and when time alone changes it.
    fn look(&self, now: Timestamp) -> Option<(Me, Option<Timestamp>)> {
        let mine = self.mine.as_ref().as_ref()?;
        let journaled = self.app.overlay.of(&self.signed_in.agent);
        let policy = &self.app.policy;
        let changes = view::me_changes_at(mine, &journaled, policy, now);
        let mut me = view::me(mine, &journaled, &self.app.low_pools.borrow(), policy, now);
        if let Some(emergency) = &mut me.emergency {
            self.app.dress(Some(&self.signed_in.agent), emergency);
        }
        Some((me, changes))
    }
}

/// Whether this may not be cut off whatever becomes of the token: a call is open, or responders are
/// calling back.
fn is_urgent(me: &Me) -> bool {
    me.emergency.as_ref().is_some_and(|emergency| {
        emergency.phase == Phase::Open
            || match emergency.callback.state {
                CallbackState::Connected | CallbackState::Ringing => true,
                CallbackState::None | CallbackState::Over => false,
            }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Ask, TestServer};

    #[tokio::test]
    async fn every_change_is_the_whole_again_under_a_greater_revision() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let mut desktop = server.stream(paths::ME_EVENTS, &maria).await;
        let first = desktop.next().await;
        assert_eq!(first.event, "state");
        assert_eq!(first.data["served"], Value::Null);
        let served = server.sit(&maria, "SEA-5-181").await;
        let second = desktop.next().await;
        assert_eq!(second.data["served"], served);
        assert!(second.id > first.id);
        assert_eq!(second.id, second.data["revision"].as_u64());
        let me = server.ask(Ask::get(paths::ME).bearer(&maria)).await.good();
        assert_eq!(me, second.data);
    }

    #[tokio::test]
    async fn a_seat_mate_is_told_at_once() {
        let server = TestServer::start().await;
        let (maria, sam) = (
            server.sign_in("maria.chen").await,
            server.sign_in("sam.lee").await,
        );
        server.sit(&maria, "SEA-5-181").await;
        let mut desktop = server.stream(paths::ME_EVENTS, &maria).await;
        assert_eq!(desktop.next().await.data["notices"], json!([]));
        server.sit(&sam, "SEA-5-181").await;
        assert_eq!(
            desktop.next().await.data["notices"][0]["code"],
            "seat_conflict"
        );
    }

    #[tokio::test]
    async fn what_runs_out_is_shown_when_it_does() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        server.sit(&maria, "SEA-5-181").await;
        server.clock.advance(12 * 3_600 - 60);
        let maria = server.sign_in("maria.chen").await;
        let mut desktop = server.stream(paths::ME_EVENTS, &maria).await;
        assert_eq!(desktop.next().await.data["served"]["status"], "confirmed");
        server.pass(60).await;
        assert_eq!(desktop.next().await.data["served"]["status"], "stale");
    }

    #[tokio::test]
    async fn a_stream_ends_with_its_token_and_with_the_server() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let mut desktop = server.stream(paths::ME_EVENTS, &maria).await;
        desktop.next().await;
        server.pass(15 * 60).await;
        desktop.end().await;

        let maria = server.sign_in("maria.chen").await;
        let mut desktop = server.stream(paths::ME_EVENTS, &maria).await;
        desktop.next().await;
        let out = Ask::new("DELETE", paths::TOKENS).bearer(&maria);
        assert_eq!(server.ask(out).await.status, 204);
        desktop.end().await;

        let maria = server.sign_in("maria.chen").await;
        let mut desktop = server.stream(paths::ME_EVENTS, &maria).await;
        desktop.next().await;
        server.app.close();
        desktop.end().await;
    }

    #[tokio::test]
    async fn one_stream_too_many_ends_the_oldest() {
        let server = TestServer::start().await;
        let maria = server.sign_in("maria.chen").await;
        let mut oldest = server.stream(paths::ME_EVENTS, &maria).await;
        oldest.next().await;
        let mut others = Vec::new();
        for _ in 0..4 {
            let mut stream = server.stream(paths::ME_EVENTS, &maria).await;
            stream.next().await;
            others.push(stream);
        }
        oldest.end().await;
        server.sit(&maria, "SEA-5-181").await;
        for stream in &mut others {
            assert_eq!(stream.next().await.data["served"]["status"], "confirmed");
        }
    }
}
