use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};

use emergency::{
    Username,
    presence::{Answer, Command, Event, Fault, Outcome, Presence},
};
use futures_util::{FutureExt as _, future::join_all};
use jiff::Timestamp;
use platforms::{
    PlatformFault,
    presence::{AgentPresence, BuiltIn},
};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    task::{JoinError, JoinSet},
    time::{Interval, MissedTickBehavior, interval, timeout},
};
use tracing::{error, info, warn};

use super::Platform;
use crate::{
    http::App,
    random,
    store::{Absence, AgentId, Call, CallAgent, CallRef, Change, KeptPresence, StoreError},
};

/// How often the time is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// How long any platform may take for an answer, whatever its adapter allows it.
const ANSWER: Duration = Duration::from_secs(10);
/// The most questions at once.
const AT_ONCE: usize = 64;

/// Keeps agents at Do Not Disturb while they are on emergency calls.
#[derive(Debug)]
pub struct Keeper {
    app: App,
    platform: Arc<dyn AgentPresence>,
    built_in: Option<Arc<BuiltIn>>,
    changes: broadcast::Receiver<Change>,
    ticks: Interval,
    asking: JoinSet<(AgentId, Answer, Option<PlatformFault>)>,
    agents: HashMap<AgentId, Known>,
    /// What an earlier process left behind was read.
    loaded: bool,
    /// Calls may have changed since they were looked at.
    changed: bool,
    absence: Absence,
}

/// An agent with a record.
#[derive(Debug)]
struct Known {
    kept: KeptPresence,
    /// The store has it as it is.
    saved: bool,
    /// The platform is being asked.
    asking: bool,
    /// It was told that the platform fails.
    told: bool,
}

impl Keeper {
    /// One that has asked nothing yet.
    #[must_use]
    pub fn new(app: App, platform: &Platform) -> Self {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            changes: app.store.subscribe(),
            app,
            platform: platform.presence.clone(),
            built_in: platform.built_in.clone(),
            ticks,
            asking: JoinSet::new(),
            agents: HashMap::new(),
            loaded: false,
            changed: true,
            absence: Absence::of("agents' statuses"),
        }
    }

    /// Keeps until the server closes. What is being asked then is asked again by the next process.
    pub async fn run(mut self) {
        let app = self.app.clone();
        let mut closed = std::pin::pin!(app.closed());
        loop {
            let look = tokio::select! {
                () = &mut closed => return,
                change = self.changes.recv() => {
                    self.changed = true;
                    match change {
                        // A call was opened, most likely; any other change is looked at with the next tick.
                        Ok(Change::NoticesWaiting) | Err(RecvError::Lagged(_)) => true,
                        Ok(Change::Agent { .. } | Change::UnknownAgentsCall) => continue,
                        Err(RecvError::Closed) => return,
                    }
                }
                Some(done) = self.asking.join_next(), if !self.asking.is_empty() => {
                    self.take(done);
                    false
                }
                _ = self.ticks.tick() => self.changed || !self.agents.is_empty(),
            };
            self.load().await;
            if look && self.loaded {
                self.look().await;
            }
            self.keep().await;
            self.ask();
        }
    }

    /// Takes up what an earlier process left behind.
    async fn load(&mut self) {
        if self.loaded {
            return;
        }
        let now = self.app.clock.now();
        let Ok(left) = self.app.store.presences().await else {
            return;
        };
        self.loaded = true;
        for mut kept in left {
            if let Some(built_in) = &self.built_in
                && let Some((mark, until)) = kept.presence.standing()
            {
                built_in.put_back(&kept.agent.username, mark.clone(), until);
            }
            kept.presence = kept.presence.step(Event::Restarted, now);
            let known = Known {
                kept,
                saved: false,
                asking: false,
                told: false,
            };
            self.show(&known.kept);
            self.agents.insert(known.kept.agent.id.clone(), known);
        }
    }

    /// Looks which calls are open.
    async fn look(&mut self) {
        let now = self.app.clock.now();
        let calls = match self.app.store.calls().await {
            Ok(calls) => calls,
            Err(fault) => return self.absence.began(&fault),
        };
        self.absence.over();
        self.changed = false;
        for (agent, open) in self.open(&calls, now) {
            self.start(agent, open, now);
        }
        let there: HashSet<&CallRef> = calls.iter().map(|call| &call.reference).collect();
        let gone = self
            .agents
            .values()
            .filter(|known| !there.contains(&known.kept.call));
        let gone: Vec<AgentId> = gone.map(|known| known.kept.agent.id.clone()).collect();
        for agent in gone {
            self.forget(&agent);
        }
    }

    /// Who is on which calls: everybody with a record, too.
    fn open(&self, calls: &[Call], now: Timestamp) -> Vec<(CallAgent, Vec<CallRef>)> {
        let policy = self.app.policy.calls();
        let mut open: BTreeMap<AgentId, (CallAgent, Vec<CallRef>)> = BTreeMap::new();
        for known in self.agents.values() {
            let agent = known.kept.agent.clone();
            open.insert(agent.id.clone(), (agent, Vec::new()));
        }
        for call in calls.iter().filter(|call| !call.test) {
            if let Some(agent) = &call.agent
                && call.state.at(now, &policy).is_open()
            {
                let empty = || (agent.clone(), Vec::new());
                let (_, theirs) = open.entry(agent.id.clone()).or_insert_with(empty);
                theirs.push(call.reference.clone());
            }
        }
        open.into_values().collect()
    }

    /// Notes the open calls of an agent, the newest first.
    fn start(&mut self, agent: CallAgent, open: Vec<CallRef>, now: Timestamp) {
        let newest = open.first().cloned();
        let open: BTreeSet<CallRef> = open.into_iter().collect();
        let Some(known) = self.agents.get_mut(&agent.id) else {
            let Some(call) = newest else { return };
            let Ok(mark) = random::id("pm").parse() else {
                return;
            };
            let kept = KeptPresence {
                agent,
                call,
                open,
                presence: Presence::begin(mark, now),
            };
            let known = Known {
                kept,
                saved: false,
                asking: false,
                told: false,
            };
            self.agents.insert(known.kept.agent.id.clone(), known);
            return;
        };
        let event = if open.difference(&known.kept.open).next().is_some() {
            Some(Event::Started)
        } else if open.is_empty() && !known.kept.open.is_empty() {
            Some(Event::Ended)
        } else {
            None
        };
        if known.kept.open != open {
            known.saved = false;
            known.kept.open = open;
            known.kept.call = newest.unwrap_or_else(|| known.kept.call.clone());
        }
        if let Some(event) = event {
            known.kept.presence = known.kept.presence.clone().step(event, now);
        }
    }

    /// Has the store keep what changed, and forget what is done. Until it has, nothing more is asked.
    async fn keep(&mut self) {
        let store = &self.app.store;
        let unsaved = self.agents.values().filter(|known| !known.saved);
        let saving = unsaved.map(|known| async move {
            let KeptPresence {
                agent, presence, ..
            } = &known.kept;
            let saved = if is_done(presence) {
                store.forget_presence(&agent.id).await.map(|()| false)
            } else {
                store.keep_presence(known.kept.clone()).await
            };
            (agent.id.clone(), saved)
        });
        let saved: Vec<(AgentId, Result<bool, StoreError>)> = join_all(saving).await;
        for (agent, saved) in saved {
            match saved {
                Ok(true) => {
                    let Some(known) = self.agents.get_mut(&agent) else {
                        continue;
                    };
                    known.saved = true;
                    let kept = known.kept.clone();
                    self.show(&kept);
                }
                Ok(false) => self.forget(&agent),
                Err(fault) => warn!(store.fault = %fault, "an agent's status waits for the store"),
            }
        }
    }

    /// Asks the platform what is to be asked.
    fn ask(&mut self) {
        let now = self.app.clock.now();
        for (id, known) in &mut self.agents {
            if self.asking.len() >= AT_ONCE {
                return;
            }
            if !known.saved || known.asking {
                continue;
            }
            let Some(command) = known.kept.presence.command(now) else {
                continue;
            };
            known.asking = true;
            let (id, agent) = (id.clone(), known.kept.agent.username.clone());
            let platform = self.platform.clone();
            self.asking.spawn(async move {
                let asked = AssertUnwindSafe(ask(&*platform, &agent, &command, now)).catch_unwind();
                match timeout(ANSWER, asked).await {
                    Ok(Ok((answer, fault))) => (id, answer, fault),
                    Ok(Err(_)) => {
                        error!(alarm = true, "a bug keeps a platform from being asked");
                        (id, unanswered(&command), None)
                    }
                    Err(_) => (id, unanswered(&command), None),
                }
            });
        }
    }

    /// Takes what the platform answered.
    fn take(&mut self, done: Result<(AgentId, Answer, Option<PlatformFault>), JoinError>) {
        // Panics are caught inside, and nobody cancels a question.
        let Ok((agent, answer, fault)) = done else {
            return;
        };
        let now = self.app.clock.now();
        let Some(known) = self.agents.get_mut(&agent) else {
            return;
        };
        let (before, call) = (known.kept.presence.clone(), known.kept.call.clone());
        known.kept.presence = before.clone().step(Event::Answered(answer), now);
        known.asking = false;
        known.saved = known.kept.presence == before;
        if let Some(fault) = fault {
            metrics::counter!("whereabouts_presence_faults_total").increment(1);
            // Once for each call.
            if !std::mem::replace(&mut known.told, true) {
                warn!(
                    call.reference = %call,
                    platform.fault = %fault.code(),
                    "an agent's status cannot be set or restored now, and it is tried again"
                );
            }
        }
        if let Some(outcome) = known.kept.presence.outcome() {
            let word = outcome.as_str();
            metrics::counter!("whereabouts_presence_total", "outcome" => word).increment(1);
            info!(call.reference = %call, presence.outcome = word, "an agent's status is done with");
        }
    }

    fn forget(&mut self, agent: &AgentId) {
        self.agents.remove(agent);
        if self.app.statuses.show(agent, None) {
            self.app.hub.wake(agent);
        }
    }

    fn show(&self, kept: &KeptPresence) {
        let agent = &kept.agent.id;
        if self.app.statuses.show(agent, Some(&kept.presence.shown())) {
            self.app.hub.wake(agent);
        }
    }
}

/// Whether there is nothing left to do or to show.
fn is_done(presence: &Presence) -> bool {
    match presence.outcome() {
        Some(Outcome::NothingSet | Outcome::Restored | Outcome::Yielded) => true,
        Some(Outcome::Abandoned) | None => false,
    }
}

async fn ask(
    platform: &dyn AgentPresence,
    agent: &Username,
    command: &Command,
    now: Timestamp,
) -> (Answer, Option<PlatformFault>) {
    let of = PlatformFault::of_presence;
    match command {
        Command::Read => match platform.read(agent, now).await {
            Ok(current) => (Answer::Read(Ok(current)), None),
            Err(fault) => (Answer::Read(Err(of(&fault))), Some(fault)),
        },
        Command::Hold { mark, until } => match platform.hold(agent, mark, *until, now).await {
            Ok(status) => (Answer::Held(Ok(status)), None),
            Err(fault) => (Answer::Held(Err(of(&fault))), Some(fault)),
        },
        Command::Restore { mark, to } => {
            match platform.restore(agent, mark, to.as_ref(), now).await {
                Ok(()) => (Answer::Restored(Ok(())), None),
                Err(fault) => (Answer::Restored(Err(of(&fault))), Some(fault)),
            }
        }
    }
}

fn unanswered(command: &Command) -> Answer {
    match command {
        Command::Read => Answer::Read(Err(Fault::InDoubt)),
        Command::Hold { .. } => Answer::Held(Err(Fault::InDoubt)),
        Command::Restore { .. } => Answer::Restored(Err(Fault::InDoubt)),
    }
}
