//! What telephony platforms are told, within the time budget and whatever is broken.
//!
//! Nothing here refuses what can be an emergency and nothing here answers with a fault.

mod asked;
pub mod connect_event;

pub use asked::{Asked, NotAsked, call_id};
