//! Where an agent is, and what may be said about it.
//!
//! This crate is pure: no I/O, no clock, no async. It turns what a person typed into fielded
//! addresses ([`CivicAddress`]), says whether they are complete enough to send
//! ([`DispatchableLocation`]), renders them for the systems that consume them ([`render`]), and
//! decides by age what may be served to an emergency call ([`freshness`]). Tables of places
//! ([`gazetteer`]) help to read; how well is measured by [`score`](mod@score).
//!
//! It does not decide anything about calls (crate `emergency`), and it stores nothing.

mod building;
mod civic_address;
mod civic_key;
mod country;
mod dispatchable;
pub mod freshness;
pub mod gazetteer;
mod interpret;
pub mod msag;
mod problem;
mod pub28;
pub mod render;
pub mod score;
mod site;
mod words;

pub use civic_address::{CivicAddress, CivicValueError};
pub use civic_key::{CivicKey, UnknownCivicKey};
pub use country::{Country, UnsupportedCountry};
pub use dispatchable::DispatchableLocation;
pub use interpret::{Candidate, Interpretation, Span, TypedAddress, detect_country, interpret};
pub use problem::{Problem, ProblemCode};
pub use site::{Floor, IdError, Seat, SeatId, Site, SiteId};
pub use words::{PlaceClass, Rule, Status, Verdict};
