//! The Master Street Address Guide: which streets, with which house numbers, a 911 centre knows, and
//! whether an address is one of them.
//!
//! A [`StreetGuide`] is read from a file by a [`Layout`], row by row: what cannot be read is named
//! by line, column and reason, and spoils nothing but its own row. [`StreetGuide::check`] answers
//! in the letters that 911 database operators use ([`Outcome`]), with [`Suggestion`]s that lead to
//! `V`. A community of the guide is what the 911 centre calls a place; it need not be the city of
//! the postal address.

mod check;
mod columns;
mod guide;
mod layout;
mod number;
mod outcome;
mod range;
mod read;
mod spelling;
mod street;
mod suggest;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub use check::{Checked, Question};
pub use guide::StreetGuide;
pub use layout::{Layout, LayoutError};
pub use outcome::Outcome;
pub use read::{GuideFile, RowProblem};
pub use suggest::Suggestion;
