//! Whether a location validation server (LVF) knows an address: LoST `findService` with
//! `validateLocation` (RFC 5222).
//!
//! The server compares literally, so it is asked with types and directions spelled out, and it says
//! of each element whether it is valid, invalid or unchecked. A house number that it leaves unchecked,
//! because it knows the street only by its middle line, is a pass with a note. What it says is kept
//! until it expires. Without an answer within [`PATIENCE`] there is none.
//!
//! Who lives or sits at the address is none of its business: names, seats and free text stay here.

mod answer;
mod cache;
mod explanation;
mod finding;
mod request;
mod server;
#[cfg(test)]
mod tests;

pub use answer::AnswerError;
pub use server::{LostServer, LostServerError, PATIENCE};
