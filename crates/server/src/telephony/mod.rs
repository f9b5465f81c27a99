//! What telephony platforms are told, within the time budget and whatever is broken.
//!
//! Nothing here refuses what can be an emergency and nothing here answers with a fault. Bodies are read
//! leniently ([`Asked`]); the [`Overlay`] shows calls that the store does not have yet to everybody.

mod asked;
pub mod connect_event;
mod named;
mod overlay;

pub use asked::{Asked, NotAsked, call_id};
pub use named::{CallingBack, e164, named_call};
pub use overlay::Overlay;
