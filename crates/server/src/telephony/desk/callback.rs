use std::sync::{MutexGuard, PoisonError};

use api::telephony::{Bypass, CallbackDecision, CallbackPriority, CallbackTarget};
use emergency::{CallEvent, CallKey, E164, callback::Decision};
use jiff::Timestamp;
use tokio::time::{Instant, timeout};
use tracing::warn;

use super::{COMMIT, Desk, READ, WHOLE, guard::whatever_happens, key};
use crate::{
    http::Platform,
    store::{Call, CallbackCaller, CallbackRoute, JournaledCall, StoreError},
    telephony::without_store,
    view,
};

impl Desk {
    /// A callback arrives: says where it goes, and lets the agent's banner ring.
    pub async fn ring(
        &self,
        platform: &Platform,
        number: E164,
        call_id: Option<&str>,
    ) -> CallbackDecision {
        let deadline = Instant::now() + WHOLE;
        let ringing = self.let_it_ring(platform, number, call_id);
        whatever_happens(ringing, deadline, || decision(None)).await
    }

    async fn let_it_ring(
        &self,
        platform: &Platform,
        number: E164,
        call_id: Option<&str>,
    ) -> CallbackDecision {
        let callback = call_id.map(|call_id| key(platform, call_id));
        let caller = CallbackCaller {
            key: callback.clone(),
            number: number.clone(),
            at: self.clock.now(),
            policy: self.calls(),
        };
        let stored = timeout(COMMIT, self.store.callback_rings(caller)).await;
        let stored = stored.unwrap_or(Err(StoreError::Busy));
        let Some(calls) = self.calls_to_decide_by(&number, &stored) else {
            return decision(stored.ok());
        };
        let route = self.route_by(&calls, &number);
        self.ring_shown(&calls, &route, &number, callback.as_ref());
        decision(Some(route))
    }

    /// Where a callback would go. Changes nothing.
    pub async fn route(&self, number: &E164) -> CallbackDecision {
        let deadline = Instant::now() + WHOLE;
        whatever_happens(self.look_route_up(number), deadline, || decision(None)).await
    }

    async fn look_route_up(&self, number: &E164) -> CallbackDecision {
        let now = self.clock.now();
        let stored = timeout(READ, self.store.callback_route(number, now, self.calls())).await;
        let stored = stored.unwrap_or(Err(StoreError::Busy));
        match self.calls_to_decide_by(number, &stored) {
            Some(calls) => decision(Some(self.route_by(&calls, number))),
            None => decision(stored.ok()),
        }
    }

    /// Where a callback to what is no number of ours would go.
    #[must_use]
    pub fn nobodys(&self) -> CallbackDecision {
        decision(None)
    }

    /// A callback ended. One that nobody knows is no error.
    pub async fn end_callback(&self, platform: &Platform, call_id: &str) {
        let deadline = Instant::now() + WHOLE;
        whatever_happens(self.note_callback_end(platform, call_id), deadline, || ()).await;
    }

    async fn note_callback_end(&self, platform: &Platform, call_id: &str) {
        let (at, policy) = (self.clock.now(), self.calls());
        let callback = key(platform, call_id);
        if let Some(call) = self.overlay.callback_over(&callback, at, &policy) {
            self.wake(&call);
        }
        let over = timeout(COMMIT, self.store.callback_over(&callback, at, policy)).await;
        if let Err(fault) = over.unwrap_or(Err(StoreError::Busy)) {
            warn!(store.fault = %fault, "the end of a callback waits for the store");
            self.late_ends().push((callback, at));
        }
    }

    /// Gives the store the ends of callbacks that it did not take when they were reported.
    pub(super) async fn end_callbacks_late(&self) {
        let waiting = std::mem::take(&mut *self.late_ends());
        for (callback, at) in waiting {
            let over = self.store.callback_over(&callback, at, self.calls()).await;
            if over.is_err() {
                self.late_ends().push((callback, at));
            }
        }
    }

    fn late_ends(&self) -> MutexGuard<'_, Vec<(CallKey, Timestamp)>> {
        self.late_ends
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The calls to decide by instead of the store's decision: when the store gave none, or does not
    /// know a call that showed this number.
    fn calls_to_decide_by(
        &self,
        number: &E164,
        stored: &Result<CallbackRoute, StoreError>,
    ) -> Option<Vec<Call>> {
        let shown = self.overlay.all();
        let known = match stored {
            Ok(_) if !shown.iter().any(|call| shows(call, number)) => return None,
            Ok(_) => self.last_known.world(),
            Err(fault) => {
                warn!(store.fault = %fault, "where a callback goes is decided without the store");
                self.last_known.world()
            }
        };
        let now = self.clock.now();
        Some(view::merge(known.calls.clone(), shown, &self.calls(), now))
    }

    fn route_by(&self, calls: &[Call], number: &E164) -> CallbackRoute {
        let world = self.last_known.world();
        without_store::callback_route(&world, number, calls, self.clock.now(), &self.calls())
    }

    /// Lets the banner ring for the call that a decision without the store points to.
    fn ring_shown(
        &self,
        calls: &[Call],
        route: &CallbackRoute,
        number: &E164,
        callback: Option<&emergency::CallKey>,
    ) {
        let Decision::Agent { agent, .. } = &route.decision else {
            return;
        };
        let whose = |call: &&Call| {
            shows(call, number) && call.agent.as_ref().is_some_and(|a| a.username == *agent)
        };
        let Some(call) = calls.iter().find(whose) else {
            return;
        };
        let mut call = call.clone();
        call.state = call
            .state
            .apply(CallEvent::CallbackRinging, self.clock.now(), &self.calls());
        self.wake(&call);
        self.overlay.ring(
            JournaledCall {
                call,
                said_agent: None,
                unverified: None,
            },
            callback,
        );
    }
}

fn shows(call: &Call, number: &E164) -> bool {
    call.callback_number
        .as_ref()
        .is_some_and(|shown| shown.number == *number)
}

/// A decision on the wire; without one, nobody knows the number.
fn decision(route: Option<CallbackRoute>) -> CallbackDecision {
    let (target, agent, contact, until) = match route {
        Some(CallbackRoute {
            decision: Decision::Agent { agent, until },
            contact,
            ..
        }) => (
            CallbackTarget::Agent,
            Some(agent.to_string()),
            contact,
            until,
        ),
        Some(CallbackRoute {
            decision: Decision::SecurityDesk,
            contact,
            ..
        }) => (CallbackTarget::SecurityDesk, None, contact, None),
        Some(CallbackRoute {
            decision: Decision::Unknown,
            ..
        })
        | None => (CallbackTarget::Unknown, None, None, None),
    };
    CallbackDecision {
        decision: target,
        agent,
        contact,
        priority: CallbackPriority::Highest,
        bypass: vec![Bypass::RoutingRules, Bypass::Capacity, Bypass::Presence],
        until,
    }
}
