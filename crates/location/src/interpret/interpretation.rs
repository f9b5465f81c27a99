use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

use super::refusal;
use crate::{CivicAddress, CivicKey, Problem, ProblemCode};

/// What was understood of a written address.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Interpretation {
    /// The elements that were understood.
    pub fields: CivicAddress,
    /// What keeps the address from being dispatchable. Empty: it is complete.
    pub problems: Vec<Problem>,
    /// Hints and guesses worth confirming, as sentences.
    pub notes: Vec<String>,
    /// Other readings, likeliest first.
    pub candidates: Vec<Candidate>,
    /// Which parts of the text were understood as what, in the order of the text.
    pub spans: Vec<Span>,
}

/// Another reading of the same text.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Candidate {
    /// The elements in this reading.
    pub fields: CivicAddress,
    /// The elements in which it differs from the first reading, in the order of RFC 5139.
    pub differs: Vec<CivicKey>,
}

/// A part of the text.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Span {
    /// What it was understood as; absent when it was not.
    pub field: Option<CivicKey>,
    /// Where it is, in bytes. Both ends are at character boundaries.
    pub bytes: Range<usize>,
}

impl Span {
    /// The same range in UTF-16 code units, as a browser counts; `text` is the text that was read.
    /// A text that is not the same gives a range within it, never a panic.
    #[must_use]
    pub fn utf16(&self, text: &str) -> Range<usize> {
        let units = |end: usize| -> usize {
            text.char_indices()
                .take_while(|(index, _)| *index < end)
                .map(|(_, c)| c.len_utf16())
                .sum()
        };
        units(self.bytes.start)..units(self.bytes.end)
    }
}

impl Interpretation {
    /// Nothing was understood, for one reason.
    pub(super) fn of(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            ..Self::default()
        }
    }

    /// Nothing was understood, for one reason.
    pub(super) fn refused(code: ProblemCode, text: &str) -> Self {
        Self::of(refusal::problem(code, text))
    }
}

impl Candidate {
    /// Another reading beside `first`.
    pub(super) fn beside(first: &CivicAddress, fields: CivicAddress) -> Self {
        let differs = CivicKey::ALL
            .into_iter()
            .filter(|key| first.get(*key) != fields.get(*key))
            .collect();
        Self { fields, differs }
    }
}

impl fmt::Display for Span {
    /// The field and the range, without the text.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.field.map_or("?", CivicKey::as_str);
        write!(formatter, "{name} {}..{}", self.bytes.start, self.bytes.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_counts_as_a_browser_does() {
        let text = "🏢 5 Ø St";
        let span = Span {
            field: None,
            bytes: text.find('Ø').unwrap()..text.len(),
        };
        assert_eq!(span.utf16(text), 5..9);
        assert_eq!(span.utf16("x"), 1..1);
    }
}
