//! Answers from what was known last, when the store cannot be asked in time. Pure.

use api::agent::Role;
use emergency::{
    CallPolicy, E164, EmergencyCall,
    callback::{Decision, NumberKind, decide},
    lease::Lease,
};
use jiff::Timestamp;

use crate::store::{
    Agent, Call, CallAgent, CallbackRoute, Handling, KnownAgent, KnownWorld, LocationSnapshot,
    OpenCall,
    callback_choice::{Candidates, country_of_call, fallback_number, leases_of},
};

/// The call as it is answered without the store: the location as last known, marked so, and the
/// agent's own or the site's number. Never one of the pool, because nothing is committed.
#[must_use]
pub fn call(world: &KnownWorld, known: Option<&KnownAgent>, open: &OpenCall) -> Call {
    let location = LocationSnapshot {
        degraded: true,
        ..known.map_or(LocationSnapshot::nothing_known(true), |known| {
            LocationSnapshot::of(known, &open.policy.validity, open.at)
        })
    };
    let agent = known.map(|known| &known.agent);
    let country = country_of_call(&location, agent, open.country);
    let near = known
        .into_iter()
        .flat_map(|known| known.seat_site.iter().chain(&known.default_site));
    let candidates = Candidates {
        order: open.policy.callback,
        country,
        agent,
        fallback: fallback_number(near, &world.sites, country),
        pool: &[],
        platform: None,
        site: None,
        test_beside: None,
        sample: world.sample,
    };
    Call {
        reference: open.reference.clone(),
        key: open.key.clone(),
        named: None,
        agent: agent.map(|agent| CallAgent {
            id: agent.id.clone(),
            username: agent.username.clone(),
        }),
        dialled: open.dialled.clone(),
        test: open.test,
        country,
        state: EmergencyCall::started(open.at),
        callback_number: candidates.choose(open.at),
        location,
        handling: Handling::default(),
        drill: open.drill.clone(),
        shown_at: None,
        test_result: None,
    }
}

/// Where a callback goes, by the calls that are known.
#[must_use]
pub fn callback_route(
    world: &KnownWorld,
    number: &E164,
    calls: &[Call],
    now: Timestamp,
    policy: &CallPolicy,
) -> CallbackRoute {
    let (kind, platform) = kind_of(world, number);
    let leases: Vec<Lease> = leases_of(number, calls, now, policy).collect();
    let decision = decide(kind, &leases, now);
    let agents = world.agents.iter().map(|known| &known.agent);
    let agent = match &decision {
        Decision::Agent { agent, .. } => agents.clone().find(|known| known.username == *agent),
        Decision::SecurityDesk => {
            let desks = agents.filter(|agent| agent.role == Role::Security);
            desks
                .clone()
                .find(|desk| desk.contact(platform).is_some())
                .or_else(|| desks.clone().next())
        }
        Decision::Unknown => None,
    };
    CallbackRoute {
        contact: agent.and_then(|agent| agent.contact(platform)),
        agent: agent.cloned(),
        decision,
    }
}

fn kind_of<'a>(world: &'a KnownWorld, number: &E164) -> (NumberKind, Option<&'a str>) {
    if let Some(row) = world.numbers.iter().find(|row| row.number == *number) {
        return (NumberKind::Pool, Some(&row.platform));
    }
    let is_direct = |agent: &Agent| agent.direct_number.as_ref() == Some(number);
    if world.agents.iter().any(|known| is_direct(&known.agent)) {
        return (NumberKind::Direct, None);
    }
    let fallback = world
        .sites
        .iter()
        .any(|row| row.fallback_number.as_ref() == Some(number));
    let kind = if fallback {
        NumberKind::Fallback
    } else {
        NumberKind::Foreign
    };
    (kind, None)
}
