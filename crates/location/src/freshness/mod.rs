//! What may be served, by age and evidence: a fresh coarse location beats a stale precise one.
//!
//! [`serve`] is the table "What is answered" of docs/TELEPHONY.md as one total function. Time is an
//! argument; the caller has already turned a declaration's age into the moment it was made.

mod standing;
mod table;

pub use standing::{DeclaredPlace, Sighting, Standing, Validity};
pub use table::{SEAT_UNCONFIRMED, Serving, is_believable, serve};
