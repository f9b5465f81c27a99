use api::telephony::{AgentLocation, AmazonConnectAnswer, Answer};
use emergency::UsNumber;
use jiff::Timestamp;
use location::{CivicAddress, Status, render};

use crate::{
    config::Policy,
    store::{Call, LocationSnapshot},
    view,
};

/// A call as the platform is answered. `call_id` is the platform's own name for it, as it was given.
#[must_use]
pub(super) fn answer(call: &Call, call_id: &str, policy: &Policy, now: Timestamp) -> Answer {
    let sent = Sent::of(&call.location, policy);
    let number = call.callback_number.as_ref();
    let window = number.and_then(|_| {
        let calls = policy.calls();
        call.state.at(now, &calls).callback_window(now, &calls)
    });
    Answer {
        call_id: call_id.to_owned(),
        agent: call.agent.as_ref().map(|agent| agent.username.to_string()),
        test: call.test,
        location_status: call.location.status,
        verdict: call.location.verdict,
        civic_address: sent.civic_address,
        civic_address_json: sent.json,
        lines: sent.lines,
        rule: call.location.rule,
        degraded: call.location.degraded,
        callback_number: number.map(|number| number.number.to_string()),
        callback_until: window.map(|window| window.until),
        callback_until_final: window.is_some_and(|window| window.settled),
    }
}

/// What is served about an agent, without any call.
#[must_use]
pub(super) fn agent_location(
    username: Option<String>,
    snapshot: &LocationSnapshot,
    policy: &Policy,
) -> AgentLocation {
    let sent = Sent::of(snapshot, policy);
    AgentLocation {
        agent: username,
        location_status: snapshot.status,
        verdict: snapshot.verdict,
        civic_address: sent.civic_address,
        civic_address_json: sent.json,
        lines: sent.lines,
        rule: snapshot.rule,
        since: snapshot.since,
        until: snapshot.until,
        degraded: snapshot.degraded,
    }
}

/// Where somebody is of whom nothing is known, because nothing can be asked.
#[must_use]
pub fn unknown_location() -> AgentLocation {
    agent_location(
        None,
        &LocationSnapshot::nothing_known(true),
        &Policy::default(),
    )
}

/// The same answer for Amazon Connect: a flat map of texts. `CivicAddress` is left out when there
/// is no address, `agent_did_number` when there is no number that a carrier in the United States
/// accepts as the caller's.
#[must_use]
pub fn amazon_connect(answer: &Answer, sample: bool) -> AmazonConnectAnswer {
    let number = answer
        .callback_number
        .as_ref()
        .filter(|number| {
            number
                .parse()
                .is_ok_and(|number| UsNumber::valid(&number, sample).is_ok())
        })
        .cloned();
    let status = match answer.location_status {
        Status::Confirmed => "confirmed",
        Status::Declined => "declined",
        Status::Stale => "stale",
        Status::Unknown => "unknown",
    };
    [
        ("CivicAddress", answer.civic_address_json.clone()),
        ("agent_did_number", number),
        ("call_id", Some(answer.call_id.clone())),
        ("location_status", Some(status.to_owned())),
        ("location_text", Some(answer.lines.join(", "))),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
    .collect()
}

/// An address in every form a platform may want.
struct Sent {
    civic_address: CivicAddress,
    json: Option<String>,
    lines: Vec<String>,
}

impl Sent {
    fn of(snapshot: &LocationSnapshot, policy: &Policy) -> Self {
        let Some(address) = &snapshot.civic_address else {
            return Self {
                civic_address: CivicAddress::new(),
                json: None,
                lines: Vec::new(),
            };
        };
        let rendering = view::profile(policy).render(address);
        Self {
            civic_address: rendering.fields,
            json: Some(rendering.text),
            lines: render::lines(address),
        }
    }
}
