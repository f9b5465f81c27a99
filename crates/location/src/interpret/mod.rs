//! Reading an address as a person writes it.
//!
//! [`interpret`] is deterministic, never panics, and takes time in proportion to the text. It
//! never invents: what it cannot read is listed as not understood, and what could be read in more
//! than one way is given in every way.

mod draft;
mod interpretation;
mod line;
mod us;

pub use interpretation::{Candidate, Interpretation, Span};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Country, Problem, ProblemCode};

/// An address as somebody wrote it: one line or several, any punctuation.
///
/// `Debug` shows its length only.
#[derive(Clone, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(transparent)]
pub struct TypedAddress(String);

impl TypedAddress {
    /// The most characters that are read. No address is nearly as long.
    pub const LIMIT: usize = 2_000;

    /// Takes the text as it is.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TypedAddress {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for TypedAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TypedAddress({} bytes)", self.0.len())
    }
}

/// Reads an address of one country.
///
/// American addresses are read, and Puerto Rican ones as far as they are written like them. For
/// the other countries the answer is the problem `unsupported_country`: their fields can be filled
/// in by hand.
///
/// # Example: a line as it is pasted
/// ```
/// use location::{CivicKey, Country, TypedAddress, interpret};
///
/// let typed = TypedAddress::from("2121 7th Ave, Floor 5, Seattle, WA 98121");
/// let read = interpret(&typed, Country::Us);
/// assert!(read.problems.is_empty());
/// assert_eq!(read.fields.get(CivicKey::Rd), Some("7th"));
/// assert_eq!(read.fields.get(CivicKey::Flr), Some("5"));
/// ```
#[must_use]
pub fn interpret(typed: &TypedAddress, country: Country) -> Interpretation {
    let text = typed.as_str();
    // Counting stops at the limit, so a line of any length is refused at once.
    if text.chars().nth(TypedAddress::LIMIT).is_some() {
        return Interpretation::refused(
            ProblemCode::TooLong,
            "This is too long for an address. Paste the address alone.",
        );
    }
    match country {
        Country::Pr | Country::Us => us::interpret(text, country),
        Country::Ca | Country::Dk | Country::Gb => Interpretation {
            problems: vec![Problem {
                code: ProblemCode::UnsupportedCountry,
                field: None,
                text: "Addresses of this country cannot be read from one line yet. Fill in the \
                       fields instead."
                    .to_owned(),
            }],
            ..Interpretation::default()
        },
    }
}

#[cfg(test)]
mod tests;
