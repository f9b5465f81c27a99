use api::agent::Role;
use async_trait::async_trait;
use emergency::{
    CallPolicy, Username,
    escalation::{Duty, Told, tiers},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Agent, AgentId, Call, CallRef, NotifyPolicy, StoreError, contact_key};
use crate::config::Escalation;

/// Who is on a call, and how far it was passed on while nobody was. Kept with the call, sealed under its
/// key, and gone with it.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Handling {
    /// Who said that they are handling it, the first first; each once.
    pub acknowledged: Vec<Acknowledged>,
    /// The last tier that was told; the first, 0, is told with the call.
    pub tier: u32,
}

/// Somebody said that they are handling a call.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Acknowledged {
    /// Who.
    pub id: AgentId,
    /// The username.
    pub username: Username,
    /// What colleagues call them.
    pub display_name: String,
    /// What they are here.
    pub role: Role,
    /// When.
    pub at: Timestamp,
}

impl Handling {
    /// Whether this person said so.
    #[must_use]
    pub fn is_by(&self, agent: &AgentId) -> bool {
        self.acknowledged.iter().any(|by| by.id == *agent)
    }

    /// Adds one more; who said so before stays as they were. Says whether it is new.
    pub fn add(&mut self, by: Acknowledged) -> bool {
        if self.is_by(&by.id) {
            return false;
        }
        self.acknowledged.push(by);
        self.acknowledged.sort_by_key(|by| by.at);
        true
    }

    /// The same with what another copy of the call knows. Says whether that was more.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut more = other.tier > self.tier;
        self.tier = self.tier.max(other.tier);
        for by in &other.acknowledged {
            more |= self.add(by.clone());
        }
        more
    }

    /// As the timetable takes them. One that seems to come from the future was said before the clock was
    /// put back, and counts from now.
    #[must_use]
    pub fn until(&self, now: Timestamp) -> Vec<emergency::escalation::Acknowledged<AgentId>> {
        let said = self.acknowledged.iter();
        said.map(|by| emergency::escalation::Acknowledged {
            person: by.id.clone(),
            at: by.at.min(now),
        })
        .collect()
    }
}

/// What was passed on.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Escalated {
    /// How many calls were.
    pub calls: usize,
    /// When to look again; absent when nothing is to be passed on.
    pub next: Option<Timestamp>,
}

/// Acknowledging and passing on.
#[async_trait]
pub trait Handlings: Send + Sync {
    /// Somebody is handling a call. Said again it changes nothing, what they said first stands. Gives
    /// the call as it is now; `None` when it is gone.
    async fn acknowledge_call(
        &self,
        call: &CallRef,
        by: Acknowledged,
        policy: CallPolicy,
    ) -> Result<Option<Call>, StoreError>;

    /// Tells the next tiers of calls that are not in hand and whose time has come, each once, whatever
    /// happened in between. What is told and that it was told is one commit.
    async fn escalate(
        &self,
        now: Timestamp,
        escalation: &Escalation,
        notify: NotifyPolicy,
        policy: CallPolicy,
    ) -> Result<Escalated, StoreError>;
}

/// The roles of those who watch for emergencies.
pub const WATCHERS: [Role; 3] = [Role::Admin, Role::Security, Role::Supervisor];

/// In which tier each of those who watch is told of somebody's call.
#[must_use]
pub fn told(people: &[Agent], caller: Option<&Agent>) -> Vec<Told<AgentId>> {
    let duty = |person: &Agent| match person.role {
        Role::Admin => Some(Duty::Administrator),
        Role::Agent => None,
        Role::Security => Some(Duty::Security),
        Role::Supervisor => Some(Duty::Supervisor {
            of_the_caller: caller
                .is_none_or(|caller| contact_key(&caller.team) == contact_key(&person.team)),
        }),
    };
    let (people, duties): (Vec<&Agent>, Vec<Duty>) = people
        .iter()
        .filter_map(|person| Some((person, duty(person)?)))
        .unzip();
    let tiers = tiers(&duties).into_iter();
    people
        .into_iter()
        .zip(tiers)
        .map(|(person, tier)| Told {
            person: person.id.clone(),
            tier,
        })
        .collect()
}
