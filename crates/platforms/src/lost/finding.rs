use location::{CivicAddress, CivicKey};

use super::{
    answer::{Found, Named},
    explanation,
};
use crate::{FieldFinding, FieldState, Finding, Validation};

/// What an answer means for an address. Without any element that is valid or invalid the server has
/// said nothing.
pub(super) fn of_found(found: &Found, address: &CivicAddress, host: &str) -> Validation {
    let Some(validation) = &found.validation else {
        return Validation::Silent {
            because: "The location server knows the area and does not check addresses.".to_owned(),
        };
    };
    let has = |state| validation.values().any(|found| *found == state);
    let valid = !has(FieldState::Invalid);
    if valid && !has(FieldState::Valid) {
        return Validation::NotCovered {
            note: Some("The location server has nothing to check this address with.".to_owned()),
            suggestions: Vec::new(),
        };
    }
    let fields = address
        .iter()
        .map(|(key, _)| key)
        .chain(validation.keys().copied())
        .map(|key| {
            let state = validation
                .get(&key)
                .copied()
                .unwrap_or(FieldState::Unchecked);
            (key, FieldFinding::new(state, text(key, state)))
        });
    let mut notes: Vec<String> = found.warnings.iter().map(explanation::warning).collect();
    if valid && validation.get(&CivicKey::Hno) != Some(&FieldState::Valid) {
        notes.insert(
            0,
            "The street is right; whether it has this house number could not be checked."
                .to_owned(),
        );
    }
    Validation::Answered(Finding {
        by: by(found, host),
        valid,
        fields: fields.collect(),
        notes,
        suggestions: Vec::new(),
    })
}

/// What reported errors mean. They are about the server, the area or the request: no error says that
/// an address does not exist.
pub(super) fn of_errors(errors: &[Named]) -> Validation {
    let because: Vec<String> = errors.iter().map(explanation::error).collect();
    let because = because.join(" ");
    if errors.iter().any(|error| error.name == "notFound") {
        return Validation::NotCovered {
            note: Some(because),
            suggestions: Vec::new(),
        };
    }
    Validation::Silent {
        because: if because.is_empty() {
            "The location server did not check the address and does not say why.".to_owned()
        } else {
            because
        },
    }
}

fn text(key: CivicKey, state: FieldState) -> &'static str {
    match (state, key) {
        (FieldState::Invalid, CivicKey::Hno) => {
            "The location server has no such number on this street."
        }
        (FieldState::Invalid, _) => "The location server has something else here.",
        (FieldState::Unchecked, _) => "The location server did not check it.",
        (FieldState::Valid, _) => "The location server has it.",
    }
}

/// Two servers can differ about one address, so it is said which one it was, and how old what it knows
/// is.
fn by(found: &Found, host: &str) -> String {
    let known: String = if found.source.is_empty() {
        host.to_owned()
    } else {
        found
            .source
            .chars()
            .filter(|c| !c.is_control())
            .take(100)
            .collect()
    };
    let day = found.last_updated.get(..10).filter(|day| {
        day.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
    });
    day.map_or_else(
        || format!("LoST {known}"),
        |day| format!("LoST {known} of {day}"),
    )
}
