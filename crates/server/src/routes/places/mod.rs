//! Addresses that agents save.

pub(super) mod change;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod save;

use api::place;
use jiff::Timestamp;
use location::{DispatchableLocation, Verdict};

use super::text::written;
use crate::{
    http::Refusal,
    store::{AgentId, SavePlace},
    view,
};

/// The longest label, in characters.
const LABEL_LIMIT: usize = 60;

/// Takes an address to save. Only what is complete enough to send help to is saved, so that a saved
/// address can be confirmed with one key.
fn to_save(agent: AgentId, asked: &place::SavePlace, at: Timestamp) -> Result<SavePlace, Refusal> {
    let label = written("label", &asked.label, LABEL_LIMIT)?;
    let complete = DispatchableLocation::assess(&asked.civic_address).map_err(|problems| {
        Refusal::not_acceptable(
            "The address is not complete enough to send help to.",
            problems,
        )
    })?;
    Ok(SavePlace {
        agent,
        label,
        class: view::place_class(asked.class),
        civic_address: complete.civic_address().clone(),
        verdict: Verdict::Unchecked,
        at,
    })
}

fn no_such_place() -> Refusal {
    Refusal::not_found("There is no such saved address.")
}
