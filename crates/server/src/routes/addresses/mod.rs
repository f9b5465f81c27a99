//! Reading and checking written addresses.

pub(super) mod check;
pub(super) mod interpret;
mod several_units;
