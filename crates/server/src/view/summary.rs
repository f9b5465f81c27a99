use api::emergency::EmergencySummary;
use jiff::Timestamp;
use location::PlaceClass;

use super::{Alert, Viewer, banner};
use crate::{
    config::Policy,
    store::{Agent, Call},
};

/// A call of `caller` as supervisors and the security desk see it; `None` for one that is gone. An address
/// that is the agent's own, home or other, stays locked here.
#[must_use]
pub fn summary(
    call: &Call,
    caller: Option<&Agent>,
    site_name: Option<String>,
    (viewer, alert): (Viewer<'_>, Alert),
    policy: &Policy,
    now: Timestamp,
) -> Option<EmergencySummary> {
    let mut emergency = banner::emergency(call, &policy.calls(), now)?;
    let address_locked = match call.location.class {
        Some(PlaceClass::Home | PlaceClass::Other) => !emergency.lines.is_empty(),
        Some(PlaceClass::Seat) | None => false,
    };
    if address_locked {
        emergency.lines.clear();
    }
    Some(EmergencySummary {
        username: call.agent.as_ref().map(|agent| agent.username.to_string()),
        display_name: caller.map(|caller| caller.display_name.clone()),
        team: caller.map(|caller| caller.team.clone()),
        site: site_name,
        emergency,
        address_locked,
        alerts_you: alert.you,
        handled_by_you: call.handling.is_by(&viewer.agent.id),
        tier: alert.tier,
    })
}
