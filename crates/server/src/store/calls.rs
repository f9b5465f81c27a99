use std::{
    cmp::Reverse,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use async_trait::async_trait;
use emergency::{
    CallId, CallKey, CallPolicy, E164, EmergencyCall, EndedBy, Username, callback::Decision,
    lease::PoolLevel,
};
use jiff::{SignedDuration, Timestamp};
use location::{Country, freshness::Validity};
use serde::{Deserialize, Serialize};

use super::{
    Agent, AgentId, DRILL_LASTS, DrillId, Handling, LocationSnapshot, NotifyPolicy, StoreError,
    TestResult, opaque_id::opaque_id,
};
use crate::{config::CallbackOrder, secret::SecretHash};

opaque_id! {
    /// Names a call here. Opaque, so it may stand in logs; the platform's own name may not.
    CallRef "ca"
}

/// An emergency call that is not gone.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Call {
    /// Its name here.
    pub reference: CallRef,
    /// Its name on the platform, or one of ours when an earlier call had that name, see
    /// [`Call::named_again`].
    pub key: CallKey,
    /// The platform's name, when `key` is one of ours.
    #[serde(default)]
    pub named: Option<CallId>,
    /// The agent, when the platform named one we know.
    pub agent: Option<CallAgent>,
    /// The emergency number as it is known, such as `911`.
    pub dialled: String,
    /// A test call: nobody is sent.
    pub test: bool,
    /// The country whose numbers it may show.
    pub country: Country,
    /// Its phase.
    pub state: EmergencyCall,
    /// The number responders were given.
    pub callback_number: Option<CallbackNumber>,
    /// The location responders were given.
    pub location: LocationSnapshot,
    /// Who is on it, and who was told.
    #[serde(default)]
    pub handling: Handling,
    /// The drill it belongs to, when nobody dialled anything.
    #[serde(default)]
    pub drill: Option<DrillId>,
    /// When the agent's app first said that its banner is on the screen.
    #[serde(default)]
    pub shown_at: Option<Timestamp>,
    /// What the agent heard, of a test call.
    #[serde(default)]
    pub test_result: Option<TestResult>,
}

/// How long after its start a call that has ended is asked for again, at most, by a platform that got no
/// answer. Later it is another call of the same name.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_secs(30);
/// The same for a call whose end was reported before its start.
const ASKED_AGAIN_LATE: SignedDuration = SignedDuration::from_mins(5);

impl Call {
    /// The name by which the platform knows it.
    #[must_use]
    pub fn named_key(&self) -> CallKey {
        CallKey {
            api_key: self.key.api_key.clone(),
            call_id: self
                .named
                .clone()
                .unwrap_or_else(|| self.key.call_id.clone()),
        }
    }

    /// The same call under a name of ours, because the platform gave its name to an earlier call too.
    #[must_use]
    pub fn named_again(mut self) -> Self {
        let named = self.named_key().call_id;
        let own: String = named.as_str().chars().take(200).collect();
        let reference = self.reference.as_str();
        if let Ok(call_id) = format!("{own}~{reference}").parse() {
            self.key.call_id = call_id;
            self.named = Some(named);
        }
        self
    }

    /// Whether a platform that uses the name of this call now means this call, and not another one that
    /// it names alike: it is the same agent, who dialled the same, and it is not over.
    #[must_use]
    pub fn is_asked_again(
        &self,
        agent: Option<&AgentId>,
        test: bool,
        now: Timestamp,
        policy: &CallPolicy,
    ) -> bool {
        let same = self.test == test && self.agent.as_ref().map(|agent| &agent.id) == agent;
        same && match self.state.at(now, policy) {
            EmergencyCall::Open { .. } => true,
            EmergencyCall::Ended {
                started_at,
                ended_at,
                ..
            } => {
                let within = if ended_at <= started_at {
                    ASKED_AGAIN_LATE
                } else {
                    ASKED_AGAIN
                };
                now.duration_since(started_at) <= within
            }
            EmergencyCall::EndReported { .. } | EmergencyCall::Gone => false,
        }
    }

    /// When the platform asked; `None` for a call of which only the end is known.
    #[must_use]
    pub fn started_at(&self) -> Option<Timestamp> {
        match self.state {
            EmergencyCall::Open { started_at, .. } | EmergencyCall::Ended { started_at, .. } => {
                Some(started_at)
            }
            EmergencyCall::EndReported { .. } | EmergencyCall::Gone => None,
        }
    }

    /// How long things last for this call: a drill ends by itself, and leaves no callback window.
    #[must_use]
    pub fn policy(&self, policy: &CallPolicy) -> CallPolicy {
        match self.drill {
            Some(_) => CallPolicy {
                max_open: DRILL_LASTS,
                callback_window: SignedDuration::ZERO,
            },
            None => *policy,
        }
    }

    /// Sorts calls for people: real ones before tests, tests before drills, open ones before ended
    /// ones, the newest first.
    #[must_use]
    pub fn order_for_people(&self) -> impl Ord + use<> {
        let open = matches!(self.state, EmergencyCall::Open { .. });
        (
            self.test,
            self.drill.is_some(),
            !open,
            Reverse(self.started_at()),
        )
    }
}

/// The agent of a call, as they were called when it was made.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct CallAgent {
    /// Who.
    pub id: AgentId,
    /// The username.
    pub username: Username,
}

/// The number responders were given.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct CallbackNumber {
    /// The number.
    pub number: E164,
    /// Whose it is.
    pub source: NumberSource,
}

/// Whose a callback number is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberSource {
    /// The agent's own.
    Direct,
    /// The site's, shown when there is nothing better.
    Fallback,
    /// Lent from the pool.
    Pool,
}

/// What the organisation decided about calls.
#[derive(Clone, Copy, Debug)]
pub struct OpenPolicy {
    /// How long things last.
    pub call: CallPolicy,
    /// How long declarations hold.
    pub validity: Validity,
    /// Which number responders are given.
    pub callback: CallbackOrder,
    /// Whether people are told.
    pub notify: NotifyPolicy,
}

/// An emergency number was dialled.
#[derive(Clone, Debug)]
pub struct OpenCall {
    /// What it will be called here, whoever opens it: the store, or an answer without it.
    pub reference: CallRef,
    /// Which call.
    pub key: CallKey,
    /// Whom the platform named.
    pub said_agent: Option<String>,
    /// The emergency number as it is known.
    pub dialled: String,
    /// A test call.
    pub test: bool,
    /// The drill it belongs to, when nobody dialled anything.
    pub drill: Option<DrillId>,
    /// The country of the number, where only one country has it.
    pub country: Option<Country>,
    /// The platform the call is on, by the word that numbers of the pool have for it; absent when
    /// nobody said.
    pub platform: Option<String>,
    /// Now.
    pub at: Timestamp,
    /// What the organisation decided.
    pub policy: OpenPolicy,
}

/// A call is open, durably.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The call.
    pub call: Call,
    /// The agent, when the platform named one we know.
    pub agent: Option<Agent>,
    /// The call was open before; this is the same answer again.
    pub repeated: bool,
}

/// A call ended, somebody says.
#[derive(Clone, Debug)]
pub struct EndCall {
    /// Which.
    pub key: CallKey,
    /// Who says so.
    pub by: EndedBy,
    /// Now.
    pub at: Timestamp,
    /// How long things last.
    pub policy: CallPolicy,
}

/// What became of an end.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// The call is over, or had been before.
    Call(Box<Call>),
    /// The start is not known; the end is remembered for it.
    Remembered,
}

/// Somebody calls a callback number.
#[derive(Clone, Debug)]
pub struct CallbackCaller {
    /// The platform's name for this callback, by which its end is reported.
    pub key: Option<CallKey>,
    /// The number that is called.
    pub number: E164,
    /// Now.
    pub at: Timestamp,
    /// How long things last.
    pub policy: CallPolicy,
}

/// Where a callback goes.
#[derive(Clone, Debug, PartialEq)]
pub struct CallbackRoute {
    /// To whom.
    pub decision: Decision,
    /// That agent; with [`Decision::SecurityDesk`] the person at the desk.
    pub agent: Option<Agent>,
    /// Where that person is reached.
    pub contact: Option<String>,
}

/// A call that was answered without the store, as the journal remembers it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct JournaledCall {
    /// The call as it was answered. Its callback number is never one of the pool.
    pub call: Call,
    /// Whom the platform named.
    pub said_agent: Option<String>,
    /// The key that was presented, when nothing could say whether it is one of ours. Such a call is shown to
    /// nobody and goes into the store once the key is known; if nobody knows it, it never was a call.
    #[serde(default)]
    pub unverified: Option<SecretHash>,
}

/// What time did to calls.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Settled {
    /// How many changed.
    pub changed: usize,
    /// How many are gone for good.
    pub gone: usize,
    /// When time will next change one.
    pub next: Option<Timestamp>,
    /// How much is left of every pool of callback numbers.
    pub pools: Vec<PoolLevel>,
}

/// A job's right to run, claimed once: by the writer that runs it, or by the caller that gives it up.
/// What was given up never runs, so an answer that timed out never lends a number afterwards.
#[derive(Clone, Debug, Default)]
pub struct Claim(Arc<AtomicU8>);

impl Claim {
    const WAITING: u8 = 0;
    const RUNNING: u8 = 1;
    const ABANDONED: u8 = 2;

    /// A job that waits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the job up. `false` when it runs already, or has run: its outcome is then unknown until
    /// the store answers.
    #[must_use]
    pub fn abandon(&self) -> bool {
        self.decide(Self::ABANDONED)
    }

    /// Takes the right to run. `false` when the caller gave the job up.
    #[must_use]
    pub fn start(&self) -> bool {
        self.decide(Self::RUNNING)
    }

    fn decide(&self, to: u8) -> bool {
        // The same party may decide twice: a batch that is rolled back runs its jobs again.
        match self
            .0
            .compare_exchange(Self::WAITING, to, Ordering::AcqRel, Ordering::Acquire)
        {
            Ok(_) => true,
            Err(decided) => decided == to,
        }
    }
}

/// Which open calls a person says are over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Over {
    /// This one, whatever others the platform named alike.
    Call(CallRef),
    /// Every one of this agent: who hangs up, or is seen to have hung up, is in none.
    Of(AgentId),
}

impl Over {
    /// Whether it is one of them.
    #[must_use]
    pub fn is_meant(&self, call: &Call) -> bool {
        match self {
            Self::Call(reference) => call.reference == *reference,
            Self::Of(agent) => call.agent.as_ref().is_some_and(|of| of.id == *agent),
        }
    }
}

/// The life of calls.
#[async_trait]
pub trait Calls: Send + Sync {
    /// Reads the agent's location, lends a number and opens the call, in one job. Asked again it gives
    /// the same answer, see [`Call::is_asked_again`]; another call of the same name gets a name of ours.
    /// A call whose end was reported first is opened and ended at once.
    ///
    /// # Errors
    /// [`StoreError::Abandoned`] when the claim was given up in time.
    async fn open_call(&self, open: OpenCall, claim: Claim) -> Result<Opened, StoreError>;

    /// Ends the calls in progress that the platform named so. Idempotent and order-free: an end without
    /// its start is remembered.
    async fn end_call(&self, end: EndCall) -> Result<Ended, StoreError>;

    /// Ends open calls, because a person says that they are over, and gives them.
    async fn end_open(
        &self,
        which: Over,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<Vec<Call>, StoreError>;

    /// Every call that is not gone: open ones before ended ones, the newest first.
    async fn calls(&self) -> Result<Vec<Call>, StoreError>;

    /// Says where a callback goes, and lets the agent's banner ring.
    async fn callback_rings(&self, caller: CallbackCaller) -> Result<CallbackRoute, StoreError>;

    /// Says where a callback would go. Changes nothing.
    async fn callback_route(
        &self,
        number: &E164,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<CallbackRoute, StoreError>;

    /// A callback ended. Unknown ones are no error. Gives the call it belonged to.
    async fn callback_over(
        &self,
        key: &CallKey,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<Option<Call>, StoreError>;

    /// Does what time demands: ends calls nobody ended, and destroys what must be gone: the call's
    /// row, its key, and what the write-ahead log still holds of them.
    async fn settle_calls(&self, now: Timestamp, policy: CallPolicy)
    -> Result<Settled, StoreError>;

    /// Takes a call from the journal. Idempotent, and lends nothing: the call keeps the number that
    /// was answered, also when the store had got as far as lending another. People are told of it as of
    /// any call; if they were told otherwise before, they are told again.
    async fn replay_call(
        &self,
        journaled: JournaledCall,
        at: Timestamp,
        policy: CallPolicy,
        notify: NotifyPolicy,
    ) -> Result<Call, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_decided_once() {
        let claim = Claim::new();
        assert!(claim.start());
        assert!(!claim.abandon());
        assert!(claim.start(), "a rolled back batch runs its jobs again");
        let claim = Claim::new();
        assert!(claim.clone().abandon());
        assert!(!claim.start());
    }
}
