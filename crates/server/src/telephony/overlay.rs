use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use emergency::{CallEvent, CallKey, CallPolicy, EndedBy};
use jiff::Timestamp;

use crate::{
    secret::SecretHash,
    store::{Acknowledged, AgentId, Call, JournaledCall, Over},
};

/// Calls of which the store does not know everything yet, so that banner, roster and callback see them
/// all the same.
#[derive(Debug, Default)]
pub struct Overlay(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    calls: HashMap<CallKey, JournaledCall>,
    /// The keys of the calls by what the platform named them.
    named: HashMap<CallKey, Vec<CallKey>>,
    /// Which call a callback rang for.
    callbacks: HashMap<CallKey, CallKey>,
}

impl Overlay {
    /// Shows a call until the store has it.
    pub fn show(&self, journaled: JournaledCall) {
        let (key, named) = (journaled.call.key.clone(), journaled.call.named_key());
        let mut state = self.lock();
        let keys = state.named.entry(named).or_default();
        if !keys.contains(&key) {
            keys.push(key.clone());
        }
        state.calls.insert(key, journaled);
    }

    /// Shows a call whose callback rings; `callback` names that callback.
    pub fn ring(&self, journaled: JournaledCall, callback: Option<&CallKey>) {
        if let Some(callback) = callback {
            let key = journaled.call.key.clone();
            self.lock().callbacks.insert(callback.clone(), key);
        }
        self.show(journaled);
    }

    /// A callback ended; gives the call it rang for, if that is here.
    pub fn callback_over(
        &self,
        callback: &CallKey,
        at: Timestamp,
        policy: &CallPolicy,
    ) -> Option<Call> {
        let key = self.lock().callbacks.remove(callback)?;
        self.apply(&key, CallEvent::CallbackEnded, at, policy)
    }

    /// Takes a call away, because the store has it now, unless it has changed meanwhile. Says whether
    /// it was taken.
    pub fn take_unchanged(&self, journaled: &JournaledCall) -> bool {
        let key = &journaled.call.key;
        let mut state = self.lock();
        let unchanged = state.calls.get(key) == Some(journaled);
        if unchanged {
            state.calls.remove(key);
            let named = journaled.call.named_key();
            if let Some(keys) = state.named.get_mut(&named) {
                keys.retain(|other| other != key);
                if keys.is_empty() {
                    state.named.remove(&named);
                }
            }
            state.callbacks.retain(|_, call| call != key);
        }
        unchanged
    }

    /// The calls that the platform named so.
    #[must_use]
    pub fn named(&self, named: &CallKey) -> Vec<JournaledCall> {
        let state = self.lock();
        let keys = state.named.get(named).into_iter().flatten();
        keys.filter_map(|key| state.calls.get(key).cloned())
            .collect()
    }

    /// The calls of one agent.
    #[must_use]
    pub fn of(&self, agent: &AgentId) -> Vec<Call> {
        let mut calls = self.all();
        calls.retain(|call| call.agent.as_ref().is_some_and(|a| a.id == *agent));
        calls
    }

    /// Every call of a platform that is known.
    #[must_use]
    pub fn all(&self) -> Vec<Call> {
        self.journaled()
            .into_iter()
            .filter(|journaled| journaled.unverified.is_none())
            .map(|journaled| journaled.call)
            .collect()
    }

    /// Every call with what the platform said.
    #[must_use]
    pub fn journaled(&self) -> Vec<JournaledCall> {
        self.lock().calls.values().cloned().collect()
    }

    /// Notes that what the platform named so is over: the calls in progress, or else the newest. Gives them
    /// as they are now. `unverified` is the key that was presented, when it cannot be told whose it is.
    pub fn end(
        &self,
        (named, unverified): (&CallKey, Option<SecretHash>),
        by: EndedBy,
        at: Timestamp,
        policy: &CallPolicy,
    ) -> Vec<JournaledCall> {
        let named = self.named(named).into_iter();
        let theirs = named.filter(|known| known.unverified == unverified);
        ended_by_name(theirs.map(|known| known.call))
            .into_iter()
            .filter_map(|call| {
                self.apply(&call.key, CallEvent::Ended(by), at, policy)?;
                self.lock().calls.get(&call.key).cloned()
            })
            .collect()
    }

    /// Applies what was reported about a call; gives the call as it is now, if it is here.
    pub fn apply(
        &self,
        key: &CallKey,
        event: CallEvent,
        at: Timestamp,
        policy: &CallPolicy,
    ) -> Option<Call> {
        let mut state = self.lock();
        let call = &mut state.calls.get_mut(key)?.call;
        call.state = call.state.apply(event, at, policy);
        Some(call.clone())
    }

    /// Somebody is handling a call; gives it as it is now, if it is here.
    pub fn acknowledge(&self, key: &CallKey, by: &Acknowledged) -> Option<JournaledCall> {
        let mut state = self.lock();
        let journaled = state.calls.get_mut(key)?;
        journaled.call.handling.add(by.clone());
        Some(journaled.clone())
    }

    /// Ends open calls, because a person says that they are over, and gives them.
    pub fn end_open(&self, which: &Over, at: Timestamp, policy: &CallPolicy) -> Vec<Call> {
        let meant = self.all().into_iter().filter(|call| which.is_meant(call));
        meant
            .filter(|call| call.state.at(at, policy).is_open())
            .filter_map(|call| {
                let event = CallEvent::Ended(EndedBy::Person);
                self.apply(&call.key, event, at, policy)
            })
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Of calls that the platform named alike, those that a report of the end means: those in progress, or else
/// the newest.
pub(super) fn ended_by_name(named: impl IntoIterator<Item = Call>) -> Vec<Call> {
    let mut calls: Vec<Call> = named.into_iter().collect();
    calls.sort_by_key(|call| Reverse((call.state.is_open(), call.started_at())));
    let open = calls.iter().filter(|call| call.state.is_open()).count();
    calls.truncate(open.max(1));
    calls
}
