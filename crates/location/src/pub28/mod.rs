//! The words of USPS Publication 28, as data: street suffixes, directions, states and unit
//! designators, each with the ways it is written.

mod directional;
mod slip;
mod state;
mod suffix;
mod unit;

pub(crate) use directional::Directional;
pub(crate) use state::{misspelled_state, province, state, state_bit};
pub(crate) use suffix::{OTHER_STREET_TYPES, StreetSuffix, SuffixKind, misspelled};
pub(crate) use unit::{Designator, Identifier};
