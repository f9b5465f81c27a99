use emergency::{CallKey, EmergencyCall};
use location::Country;

use crate::store::{Call, CallRef, Handling, JournaledCall, LocationSnapshot};

/// A call as the journal remembers it.
pub(crate) fn journaled(call_id: &str) -> JournaledCall {
    JournaledCall {
        call: Call {
            reference: CallRef::random(),
            key: CallKey {
                api_key: "connect".to_owned(),
                call_id: call_id.parse().unwrap(),
            },
            named: None,
            agent: None,
            dialled: "911".to_owned(),
            test: false,
            country: Country::Us,
            state: EmergencyCall::started("2026-11-20T10:00:00Z".parse().unwrap()),
            callback_number: None,
            location: LocationSnapshot::nothing_known(true),
            handling: Handling::default(),
            drill: None,
            shown_at: None,
            test_result: None,
        },
        said_agent: Some("planted.agent".to_owned()),
        unverified: None,
    }
}
