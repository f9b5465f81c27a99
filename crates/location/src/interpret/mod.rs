//! Reading an address as a person writes it.
//!
//! [`interpret`] is deterministic, never panics, and takes time in proportion to the text. It
//! never invents: what it cannot read is listed as not understood, and what could be read in more
//! than one way is given in every way.

mod ca;
mod conclusion;
mod detect;
mod dk;
mod draft;
mod gb;
mod interpretation;
mod line;
mod pr;
mod refusal;
mod script;
mod sentence;
mod us;

pub use interpretation::{Candidate, Interpretation, Span};

use std::fmt;

use serde::{Deserialize, Serialize};

use self::{line::Line, script::Script};
use crate::{Country, ProblemCode};

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

    /// Whether it is longer than what is read. Counting stops at the limit, so a text of any
    /// length is refused at once.
    fn is_too_long(&self) -> bool {
        self.0.chars().nth(Self::LIMIT).is_some()
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

/// Reads an address of this country, or of the country that the text bears the marks of.
///
/// Where nothing tells the country, the address is read as an American one and a note says so. The
/// element `country` of the result is the country by whose rules the text was read.
///
/// # Example: a line as it is pasted
/// ```
/// use location::{CivicKey, TypedAddress, interpret};
///
/// let typed = TypedAddress::from("2121 7th Ave, Floor 5, Seattle, WA 98121");
/// let read = interpret(&typed, None);
/// assert!(read.problems.is_empty());
/// assert_eq!(read.fields.get(CivicKey::Country), Some("US"));
/// assert_eq!(read.fields.get(CivicKey::Rd), Some("7th"));
/// assert_eq!(read.fields.get(CivicKey::Flr), Some("5"));
/// ```
#[must_use]
pub fn interpret(typed: &TypedAddress, country: Option<Country>) -> Interpretation {
    let text = typed.as_str();
    if typed.is_too_long() {
        return Interpretation::refused(
            ProblemCode::TooLong,
            "This is too long for an address. Paste the address alone.",
        );
    }
    if text.trim().is_empty() {
        return Interpretation::refused(ProblemCode::Empty, "Write or paste the address.");
    }
    let script = script::script(text);
    if script == Script::Other {
        return Interpretation::refused(
            ProblemCode::NotAnAddress,
            "This is in an alphabet that is not read here. Write the address in Latin letters.",
        );
    }
    let line = Line::new(text);
    if line.words.len() > WORD_LIMIT {
        return Interpretation::refused(
            ProblemCode::TooLong,
            "This is too long for an address. Paste the address alone.",
        );
    }
    let known = country.or_else(|| detect::country(&line));
    let mut read = read(&line, known.unwrap_or(Country::Us));
    if known.is_none() && !read.fields.is_empty() {
        read.notes.push(
            "Nothing says which country this is in; it was read as an address in the United \
             States."
                .to_owned(),
        );
    }
    if script == Script::Mixed {
        read.problems.push(script::mixed());
    }
    read
}

/// The country that a text names or bears the marks of; None when nothing in it tells.
///
/// # Example: a postal code tells
/// ```
/// use location::{Country, TypedAddress, detect_country};
///
/// let typed = TypedAddress::from("111 Wellington St, Ottawa K1A 0A9");
/// assert_eq!(detect_country(&typed), Some(Country::Ca));
/// ```
#[must_use]
pub fn detect_country(typed: &TypedAddress) -> Option<Country> {
    if typed.is_too_long() {
        return None;
    }
    let line = Line::new(typed.as_str());
    (line.words.len() <= WORD_LIMIT)
        .then(|| detect::country(&line))
        .flatten()
}

/// More words than any address has. What is longer is not read, so that the work stays bounded.
const WORD_LIMIT: usize = 120;

/// Reads a line by the rules of one country.
fn read(line: &Line<'_>, country: Country) -> Interpretation {
    match country {
        Country::Us if detect::is_puerto_rican(line) => pr::interpret(line),
        Country::Us => us::interpret(line),
        Country::Pr => pr::interpret(line),
        Country::Ca => ca::interpret(line),
        Country::Dk => dk::interpret(line),
        Country::Gb => gb::interpret(line),
    }
}

#[cfg(test)]
mod tests;
