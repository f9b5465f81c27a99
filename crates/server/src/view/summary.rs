use api::emergency::EmergencySummary;
use emergency::CallPolicy;
use jiff::Timestamp;
use location::PlaceClass;

use super::banner;
use crate::store::Call;

/// Who made a call, as colleagues know them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Caller {
    /// What colleagues call them.
    pub display_name: String,
    /// Their team.
    pub team: String,
}

/// A call as supervisors and the security desk see it; `None` for one that is gone. An address that
/// is the agent's own, home or other, stays locked here.
#[must_use]
pub fn summary(
    call: &Call,
    caller: Option<Caller>,
    site_name: Option<String>,
    policy: &CallPolicy,
    now: Timestamp,
) -> Option<EmergencySummary> {
    let mut emergency = banner::emergency(call, policy, now)?;
    let address_locked = match call.location.class {
        Some(PlaceClass::Home | PlaceClass::Other) => !emergency.lines.is_empty(),
        Some(PlaceClass::Seat) | None => false,
    };
    if address_locked {
        emergency.lines.clear();
    }
    let (display_name, team) = caller
        .map(|caller| (caller.display_name, caller.team))
        .unzip();
    Some(EmergencySummary {
        username: call.agent.as_ref().map(|agent| agent.username.to_string()),
        display_name,
        team,
        site: site_name,
        emergency,
        address_locked,
    })
}
