use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use emergency::{CallEvent, CallKey, CallPolicy, EndedBy};
use jiff::Timestamp;

use crate::store::{AgentId, Call, JournaledCall};

/// Calls of which the store does not know everything yet, so that banner, roster and callback see them
/// all the same.
#[derive(Debug, Default)]
pub struct Overlay(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    calls: HashMap<CallKey, JournaledCall>,
    /// Which call a callback rang for.
    callbacks: HashMap<CallKey, CallKey>,
}

impl Overlay {
    /// Shows a call until the store has it.
    pub fn show(&self, journaled: JournaledCall) {
        let key = journaled.call.key.clone();
        self.lock().calls.insert(key, journaled);
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
            state.callbacks.retain(|_, call| call != key);
        }
        unchanged
    }

    /// One call.
    #[must_use]
    pub fn call(&self, key: &CallKey) -> Option<Call> {
        let state = self.lock();
        state.calls.get(key).map(|journaled| journaled.call.clone())
    }

    /// The calls of one agent.
    #[must_use]
    pub fn of(&self, agent: &AgentId) -> Vec<Call> {
        let mut calls = self.all();
        calls.retain(|call| call.agent.as_ref().is_some_and(|a| a.id == *agent));
        calls
    }

    /// Every call.
    #[must_use]
    pub fn all(&self) -> Vec<Call> {
        self.journaled()
            .into_iter()
            .map(|journaled| journaled.call)
            .collect()
    }

    /// Every call with what the platform said.
    #[must_use]
    pub fn journaled(&self) -> Vec<JournaledCall> {
        self.lock().calls.values().cloned().collect()
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

    /// Ends every open call of an agent, because a person says it is over, and gives those calls.
    pub fn end_calls_of(&self, agent: &AgentId, at: Timestamp, policy: &CallPolicy) -> Vec<Call> {
        let open = self.of(agent).into_iter();
        open.filter(|call| call.state.at(at, policy).is_open())
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
