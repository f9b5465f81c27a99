//! What follows from a finished reading.

use super::{Candidate, Interpretation, draft::Draft};
use crate::{DispatchableLocation, ProblemCode};

/// The outcome of a reading, with what keeps it from being sent.
pub(super) fn concluded(draft: &Draft<'_, '_>, candidates: Vec<Candidate>) -> Interpretation {
    let fields = draft.fields();
    let mut notes = draft.notes();
    if !candidates.is_empty() {
        notes.push("This can be read in more than one way. Check what was understood.".into());
    }
    let problems = match DispatchableLocation::assess(&fields) {
        Ok(location) => {
            notes.extend(location.notes().iter().cloned());
            Vec::new()
        }
        Err(problems) => problems,
    };
    Interpretation {
        fields,
        problems,
        notes,
        candidates,
        spans: draft.spans(),
    }
}

/// Too little was found to call it an address.
pub(super) fn no_address(wanted: &str) -> Interpretation {
    Interpretation::refused(
        ProblemCode::NotAnAddress,
        &format!("This does not read as an address. Write the {wanted}."),
    )
}
