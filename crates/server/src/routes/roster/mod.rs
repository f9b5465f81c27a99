//! The live view of supervisors and the security desk.

pub(super) mod acknowledge;
mod board;
pub(super) mod break_glass;
pub(super) mod call_over;
pub(super) mod emergencies;
pub(super) mod events;
pub(super) mod list;
