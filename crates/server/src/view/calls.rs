use emergency::{CallPolicy, EmergencyCall};
use jiff::Timestamp;

use crate::store::Call;

/// The calls of the store and those that so far stand only in the journal, as one list: real ones
/// before tests, tests before drills, open ones before ended ones, the newest first; those that are gone left out.
#[must_use]
pub fn merge(
    stored: Vec<Call>,
    journaled: Vec<Call>,
    policy: &CallPolicy,
    now: Timestamp,
) -> Vec<Call> {
    let mut calls = journaled;
    for call in stored {
        // What the platform was told is what stands in the journal.
        if !calls.iter().any(|known| known.key == call.key) {
            calls.push(call);
        }
    }
    for call in &mut calls {
        call.state = call.state.at(now, &call.policy(policy));
    }
    calls.retain(|call| started_at(call).is_some());
    calls.sort_by_key(Call::order_for_people);
    calls
}

/// When time alone next changes one of these calls.
#[must_use]
pub fn next_change(calls: &[Call], policy: &CallPolicy) -> Option<Timestamp> {
    calls
        .iter()
        .filter_map(|call| call.state.deadline(&call.policy(policy)))
        .min()
}

/// When the platform asked; `None` for what is no call to show.
pub(super) fn started_at(call: &Call) -> Option<Timestamp> {
    match call.state {
        EmergencyCall::Open { started_at, .. } | EmergencyCall::Ended { started_at, .. } => {
            Some(started_at)
        }
        EmergencyCall::EndReported { .. } | EmergencyCall::Gone => None,
    }
}
