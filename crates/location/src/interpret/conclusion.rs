//! What follows from a finished reading.

use super::{Candidate, Interpretation, draft::Draft};
use crate::{CivicAddress, DispatchableLocation};

/// The outcome of a reading with these elements, with what keeps them from being sent. `notes` come
/// before those on what would still help responders.
pub(super) fn concluded(
    draft: &Draft<'_, '_>,
    fields: CivicAddress,
    mut notes: Vec<String>,
    candidates: Vec<Candidate>,
) -> Interpretation {
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

/// The notes of a reading, and that there are others.
pub(super) fn notes(draft: &Draft<'_, '_>, candidates: &[Candidate]) -> Vec<String> {
    let mut notes = draft.notes();
    if !candidates.is_empty() {
        notes.push("This can be read in more than one way. Check what was understood.".to_owned());
    }
    notes
}
