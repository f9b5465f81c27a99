//! Drills: the whole path of an emergency, tried without dialling.

pub(super) mod list;
pub(super) mod show;
pub(super) mod start;
#[cfg(test)]
mod tests;
