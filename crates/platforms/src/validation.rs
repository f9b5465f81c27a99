use std::{collections::BTreeMap, fmt};

use async_trait::async_trait;
use jiff::Timestamp;
use location::{CivicAddress, CivicKey, msag::Suggestion};

/// Somebody who knows which addresses exist: a street guide, a location validation server, a
/// carrier.
///
/// A validator answers within its own time or says that it did not; it never fails. Which one is
/// asked first, and what its answer means for the agent, is for the server to decide.
#[async_trait]
pub trait AddressValidator: fmt::Debug + Send + Sync {
    /// Looks at an address that is complete.
    async fn validate(&self, address: &CivicAddress, now: Timestamp) -> Validation;
}

/// What a validator says.
#[derive(Clone, Debug, PartialEq)]
pub enum Validation {
    /// Yes or no.
    Answered(Finding),
    /// Nothing: it does not know this part of the world.
    NotCovered {
        /// The same as a sentence to the agent; absent when there is nothing to say.
        note: Option<String>,
        /// What it would say yes to, if that is what was meant.
        suggestions: Vec<Suggestion>,
    },
    /// Nothing: it is down, slow, or said what cannot be understood.
    Silent {
        /// Why, as a sentence to the agent.
        because: String,
    },
}

/// A yes or a no.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// Who says so, with the version or the date of what it knows.
    pub by: String,
    /// Whether the address exists.
    pub valid: bool,
    /// What was found of each element.
    pub fields: BTreeMap<CivicKey, FieldFinding>,
    /// What is worth knowing and changes nothing, as sentences.
    pub notes: Vec<String>,
    /// What it would say yes to, likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// What was found of one element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldFinding {
    /// Right, wrong, or not looked at.
    pub state: FieldState,
    /// The same as a sentence.
    pub text: String,
}

impl FieldFinding {
    /// Puts the two together.
    #[must_use]
    pub fn new(state: FieldState, text: impl Into<String>) -> Self {
        Self {
            state,
            text: text.into(),
        }
    }
}

/// Whether an element is right, in the words of RFC 5222 section 8.4.2.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FieldState {
    /// It is wrong.
    Invalid,
    /// It was not looked at.
    Unchecked,
    /// It is right.
    Valid,
}
