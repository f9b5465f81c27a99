//! The security desk's page, and signing in on it.

pub(super) mod files;
pub(super) mod session;
#[cfg(test)]
mod tests;
