use api::{
    emergency::{Acknowledgement, Callback, CallbackState, Emergency, EndedBy, Phase},
    test_call::TestResult,
};
use emergency::{CallPolicy, EmergencyCall};
use jiff::Timestamp;

use super::address;
use crate::store::{Acknowledged, Call};

/// A call as its agent sees it; `None` for one that is gone, or of which only the end is known.
#[must_use]
pub fn emergency(call: &Call, policy: &CallPolicy, now: Timestamp) -> Option<Emergency> {
    let policy = &call.policy(policy);
    let state = call.state.at(now, policy);
    let (phase, started_at, ended_at, ended_by) = match state {
        EmergencyCall::Open { started_at, .. } => (Phase::Open, started_at, None, None),
        EmergencyCall::Ended {
            started_at,
            ended_at,
            ended_by,
            ..
        } => (Phase::Ended, started_at, Some(ended_at), Some(ended_by)),
        EmergencyCall::EndReported { .. } | EmergencyCall::Gone => return None,
    };
    let number = call.callback_number.as_ref();
    let window = number.and_then(|_| state.callback_window(now, policy));
    let callback = state.callback();
    Some(Emergency {
        call_id: call.key.call_id.to_string(),
        reference: call.reference.to_string(),
        dialled: call.dialled.clone(),
        test: call.test,
        drill: call.drill.is_some(),
        phase,
        started_at,
        ended_at,
        ended_by: ended_by.map(|by| match by {
            emergency::EndedBy::MaxOpen => EndedBy::MaxOpen,
            emergency::EndedBy::Person => EndedBy::Person,
            emergency::EndedBy::Platform => EndedBy::Platform,
        }),
        callback_number: number.map(|number| number.number.to_string()),
        callback_until: window.map(|window| window.until),
        callback_until_final: window.is_some_and(|window| window.settled),
        callback: Callback {
            state: match callback.state {
                emergency::CallbackState::Connected => CallbackState::Connected,
                emergency::CallbackState::None => CallbackState::None,
                emergency::CallbackState::Over => CallbackState::Over,
                emergency::CallbackState::Ringing => CallbackState::Ringing,
            },
            since: callback.since,
        },
        lines: address::lines(call.location.civic_address.as_ref()),
        location_status: call.location.status,
        since: call.location.since,
        // What the platform has to do with it the caller says.
        presence: None,
        presence_trouble: None,
        can_end_call: false,
        acknowledged_by: call.handling.acknowledged.iter().map(said).collect(),
        test_result: call.test_result.as_ref().map(|result| TestResult {
            heard: result.heard,
            at: result.at,
        }),
    })
}

fn said(by: &Acknowledged) -> Acknowledgement {
    Acknowledgement {
        username: by.username.to_string(),
        display_name: by.display_name.clone(),
        role: Some(by.role),
        at: by.at,
    }
}
