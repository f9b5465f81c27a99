//! What the tests over real parts share.
//!
//! The server under test is the real one, as a process of its own, so that it can be killed, restarted and
//! kept from its files. Only its clock is ours: see [`ShiftedClock`] and the program
//! `whereabouts-test-server`.

mod backend;
mod mail_server;
mod people;
mod platform;
mod shifted_clock;

pub use backend::{Backend, Role};
pub use mail_server::{Arrived, MailServer, Tls};
pub use people::{key, sign_in};
pub use platform::{Behaviour, PLATFORM_SECRET, Platform};
pub use shifted_clock::ShiftedClock;
