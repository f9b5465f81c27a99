//! Addresses that agents save.

pub(super) mod change;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod save;

use api::place;
use location::DispatchableLocation;

use super::{text::written, verdict::found};
use crate::{
    http::{App, Refusal},
    store::{AgentId, SavePlace},
    view,
};

/// The longest label, in characters.
const LABEL_LIMIT: usize = 60;

/// Takes an address to save. Only what is complete enough to send help to is saved, so that a saved
/// address can be confirmed with one key. What checking finds is kept with it and keeps nothing from
/// being saved.
async fn to_save(
    app: &App,
    agent: AgentId,
    asked: &place::SavePlace,
) -> Result<SavePlace, Refusal> {
    let at = app.clock.now();
    let label = written("label", &asked.label, LABEL_LIMIT)?;
    let complete = DispatchableLocation::assess(&asked.civic_address).map_err(|problems| {
        Refusal::not_acceptable(
            "The address is not complete enough to send help to.",
            problems,
        )
    })?;
    let address = complete.civic_address();
    let check = app.validators.check(address, at).await;
    app.offered.remember(&agent, &check);
    Ok(SavePlace {
        verdict: found(app, &agent, address, &check),
        checked: check.checked(at),
        agent,
        label,
        class: view::place_class(asked.class),
        civic_address: address.clone(),
        at,
    })
}

fn no_such_place() -> Refusal {
    Refusal::not_found("There is no such saved address.")
}
