//! The live view of supervisors and the security desk.

mod board;
pub(super) mod emergencies;
pub(super) mod events;
pub(super) mod list;
