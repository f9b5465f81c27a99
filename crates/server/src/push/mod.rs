//! Pushing to desktops: who is connected, and when each must look again.

mod hub;

pub use hub::{Hub, RosterChange, Subscription};
