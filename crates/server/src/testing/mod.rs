//! What the tests of this crate share.

mod calls;
mod clock;
mod frames;
mod organisation;
mod server;

pub(crate) use calls::journaled;
pub(crate) use clock::SetClock;
pub(crate) use frames::Frames;
pub(crate) use server::{Answered, Ask, TestServer, ask_routes};
