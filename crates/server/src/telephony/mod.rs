//! What telephony platforms are told, within the time budget and whatever is broken.
//!
//! Nothing here refuses what can be an emergency and nothing here answers with a fault. Bodies are read
//! leniently ([`Asked`]), the [`Desk`] answers, [`without_store`] is what it answers when the store
//! cannot be asked, and the [`Overlay`] shows such calls to everybody else.

mod answer;
mod asked;
pub mod connect_event;
mod desk;
mod named;
mod overlay;
mod text;
pub mod without_store;

pub use answer::{amazon_connect, unknown_location};
pub use asked::{Asked, NotAsked, call_id};
pub use desk::{Desk, KeyCheck, Taken};
pub use named::{CallingBack, named_call};
pub use overlay::Overlay;
