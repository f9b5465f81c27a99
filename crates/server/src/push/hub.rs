use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use tokio::sync::{broadcast, watch};

use crate::store::AgentId;

/// Roster changes that a watcher may fall behind before it reads everything again.
const ROSTER_BACKLOG: usize = 4_096;

/// Wakes the streams of agents, and those who watch the roster.
///
/// A wake carries nothing: who is woken reads the store again. So a lost wake costs no state, only
/// the time until the next one, and many wakes at once cost one reading.
#[derive(Debug)]
pub struct Hub {
    state: Mutex<State>,
    roster: broadcast::Sender<RosterChange>,
    ticks: watch::Sender<Timestamp>,
}

/// What those who watch the roster must read again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RosterChange {
    /// The row of one agent, and the emergencies.
    Agent(AgentId),
    /// The emergencies: a call of nobody we know.
    Calls,
    /// All of it.
    Everything,
}

#[derive(Debug, Default)]
struct State {
    connected: HashMap<AgentId, Connected>,
    /// When which agent must look again although nothing changed: something runs out.
    due: BTreeSet<(Timestamp, AgentId)>,
}

#[derive(Debug)]
struct Connected {
    wakes: watch::Sender<u64>,
    streams: usize,
}

impl Hub {
    /// Nobody is connected.
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::default(),
            roster: broadcast::Sender::new(ROSTER_BACKLOG),
            ticks: watch::Sender::new(Timestamp::MIN),
        })
    }

    /// Connects one stream of an agent, until the subscription is dropped.
    #[must_use]
    pub fn connect(self: &Arc<Self>, agent: &AgentId) -> Subscription {
        let (wakes, first) = {
            let mut state = self.lock();
            let connected = state
                .connected
                .entry(agent.clone())
                .or_insert_with(|| Connected {
                    wakes: watch::Sender::new(0),
                    streams: 0,
                });
            connected.streams += 1;
            (connected.wakes.subscribe(), connected.streams == 1)
        };
        if first {
            self.tell_roster(RosterChange::Agent(agent.clone()));
        }
        Subscription {
            hub: Arc::clone(self),
            agent: agent.clone(),
            wakes,
        }
    }

    /// Something that this agent's desktop, or their row of the roster, shows has changed.
    pub fn wake(&self, agent: &AgentId) {
        if let Some(connected) = self.lock().connected.get(agent) {
            connected.wakes.send_modify(|count| *count += 1);
        }
        self.tell_roster(RosterChange::Agent(agent.clone()));
    }

    /// A call of nobody we know has changed.
    pub fn wake_for_call(&self) {
        self.tell_roster(RosterChange::Calls);
    }

    /// Anything may have changed.
    pub fn wake_all(&self) {
        for connected in self.lock().connected.values() {
            connected.wakes.send_modify(|count| *count += 1);
        }
        self.tell_roster(RosterChange::Everything);
    }

    /// It is `now`: wakes everybody whose time has come.
    pub fn wake_due(&self, now: Timestamp) {
        let due: HashSet<AgentId> = {
            let mut state = self.lock();
            let mut due = HashSet::new();
            while state.due.first().is_some_and(|(moment, _)| *moment <= now) {
                due.extend(state.due.pop_first().map(|(_, agent)| agent));
            }
            due
        };
        for agent in due {
            self.wake(&agent);
        }
        self.ticks.send_replace(now);
    }

    /// Whether a desktop of this agent is connected.
    #[must_use]
    pub fn is_online(&self, agent: &AgentId) -> bool {
        self.lock().connected.contains_key(agent)
    }

    /// How many agents are connected, and by how many streams.
    #[must_use]
    pub fn connections(&self) -> (usize, usize) {
        let state = self.lock();
        let streams = state.connected.values().map(|agent| agent.streams).sum();
        (state.connected.len(), streams)
    }

    /// Follows what may have changed on the roster.
    #[must_use]
    pub fn watch_roster(&self) -> broadcast::Receiver<RosterChange> {
        self.roster.subscribe()
    }

    /// Follows the time, by the second.
    #[must_use]
    pub fn watch_time(&self) -> watch::Receiver<Timestamp> {
        self.ticks.subscribe()
    }

    fn tell_roster(&self, change: RosterChange) {
        // Nobody watches: nothing to tell.
        let _ = self.roster.send(change);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connected stream.
#[derive(Debug)]
pub struct Subscription {
    hub: Arc<Hub>,
    agent: AgentId,
    wakes: watch::Receiver<u64>,
}

impl Subscription {
    /// Waits for the next wake. Wakes while nobody waited count as one.
    pub async fn woken(&mut self) {
        // The sender is in the hub for as long as this subscription is.
        let _ = self.wakes.changed().await;
    }

    /// Asks to be woken at a moment, because something runs out then.
    pub fn wake_at(&self, moment: Timestamp) {
        self.hub.lock().due.insert((moment, self.agent.clone()));
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let last = {
            let mut state = self.hub.lock();
            let Some(connected) = state.connected.get_mut(&self.agent) else {
                return;
            };
            connected.streams -= 1;
            let last = connected.streams == 0;
            if last {
                state.connected.remove(&self.agent);
            }
            last
        };
        if last {
            self.hub
                .tell_roster(RosterChange::Agent(self.agent.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn agent(name: &str) -> AgentId {
        AgentId::from_stored(name.to_owned())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_wake_reaches_the_one_and_no_other() {
        let hub = Hub::new();
        let (mut one, mut other) = (hub.connect(&agent("one")), hub.connect(&agent("other")));
        hub.wake(&agent("one"));
        hub.wake(&agent("one"));
        one.woken().await;
        assert!(one.woken().now_or_never().is_none(), "two wakes are one");
        assert!(other.woken().now_or_never().is_none());
        hub.wake_all();
        other.woken().await;
    }

    #[tokio::test]
    async fn what_runs_out_wakes_in_time() {
        let hub = Hub::new();
        let mut one = hub.connect(&agent("one"));
        one.wake_at(at("2026-11-20T09:00:00Z"));
        hub.wake_due(at("2026-11-20T08:59:59Z"));
        assert!(one.woken().now_or_never().is_none());
        hub.wake_due(at("2026-11-20T09:00:00Z"));
        one.woken().await;
    }

    #[tokio::test]
    async fn the_roster_learns_who_comes_and_goes() {
        let hub = Hub::new();
        let mut roster = hub.watch_roster();
        let (first, second) = (hub.connect(&agent("one")), hub.connect(&agent("one")));
        assert_eq!(
            roster.try_recv().unwrap(),
            RosterChange::Agent(agent("one"))
        );
        assert_eq!(hub.connections(), (1, 2));
        drop(first);
        assert!(hub.is_online(&agent("one")));
        assert!(roster.try_recv().is_err(), "one stream is left");
        drop(second);
        assert!(!hub.is_online(&agent("one")));
        assert_eq!(
            roster.try_recv().unwrap(),
            RosterChange::Agent(agent("one"))
        );
    }
}
