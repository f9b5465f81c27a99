use emergency::{EmergencyCall, escalation::Standing};
use jiff::Timestamp;

use super::calls::started_at;
use crate::{
    config::{Acknowledge, Policy},
    store::{Agent, Call, told},
};

/// Who looks at emergencies, and among whom.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    /// Who.
    pub agent: &'a Agent,
    /// Everybody who watches.
    pub people: &'a [Agent],
}

/// Whether somebody is to be alerted of a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Alert {
    /// Whether they are, now.
    pub you: bool,
    /// The last tier that has to have been told.
    pub tier: u32,
    /// When time alone tells the next.
    pub next: Option<Timestamp>,
}

/// Whether a viewer is to be alerted of a call of `caller`. Sound does not wait for the store: tiers are
/// told by the time, and what the store passed on stays so when the clock is put back.
#[must_use]
pub fn alert(
    call: &Call,
    caller: Option<&Agent>,
    viewer: Viewer<'_>,
    policy: &Policy,
    now: Timestamp,
) -> Alert {
    let handling = &call.handling;
    let quiet = Alert {
        you: false,
        tier: handling.tier,
        next: None,
    };
    let escalation = policy.escalation();
    let gone = call.state.at(now, &call.policy(&policy.calls())) == EmergencyCall::Gone;
    let Some(started) = started_at(call).filter(|_| !gone) else {
        return quiet;
    };
    let drill = call.drill.is_some();
    if call.test && !drill && !escalation.test_calls {
        return quiet;
    }
    let told = told(viewer.people, caller);
    let (reached, next) =
        match escalation
            .timetable
            .standing(started, &told, &handling.until(now), now)
        {
            // A drill stays with those who are told first.
            _ if drill => (0, None),
            Standing::Settled { .. } => (0, None),
            Standing::Waiting { tier, next } => (u32::try_from(tier).unwrap_or(u32::MAX), next),
        };
    let tier = handling.tier.max(reached);
    let is_told = told.iter().any(|told| {
        told.person == viewer.agent.id && u32::try_from(told.tier).is_ok_and(|of| of <= tier)
    });
    let in_hand = match policy.acknowledge {
        Acknowledge::AnyOne => !handling.acknowledged.is_empty(),
        Acknowledge::EveryOne => handling.is_by(&viewer.agent.id),
    };
    Alert {
        you: is_told && !in_hand,
        tier,
        next,
    }
}
