//! What the tests of this crate share.

mod calls;
mod clock;
mod frames;
mod organisation;
mod page;
mod server;

pub(crate) use calls::journaled;
pub(crate) use clock::SetClock;
pub(crate) use frames::Frames;
pub(crate) use page::{HERE, HOST, Page, sign_page_in};
pub(crate) use server::{Answered, Ask, TestServer, ask_routes};
