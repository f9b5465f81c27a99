//! Pushing to desktops: who is connected, when each must look again, and what they read together.

mod hub;
mod places;
mod shared;

pub use hub::{Hub, RosterChange, Subscription};
pub use places::{Place, Places};
pub use shared::{Readings, Shared};
