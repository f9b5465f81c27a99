//! Rotating tokens, and signing out.

mod pair;
pub(super) mod rotate;
pub(super) mod sign_out;

pub(super) use pair::Pair;
