//! What is known of places: which cities there are, which ZIP code is whose, and where it lies.
//!
//! The tables are text in the crate's `data` folder; where they come from stands in
//! `docs/DATA.md`. They are evidence and not truth: in about one line of twenty the table is wrong
//! or lacks the place, so that nothing is refused because of them.

mod ca;
mod centroid;
mod county;
pub(crate) mod dk;
pub(crate) mod gb;
mod name;
mod us;

pub(crate) use ca::{place as ca_place, province_of};
pub use centroid::{Centroid, centroid};
pub use county::county;
pub(crate) use name::{Name, NameWords};
pub(crate) use us::{Zip, place as us_place, zip};
