//! What the tests of this crate share.

mod clock;

pub(crate) use clock::SetClock;
