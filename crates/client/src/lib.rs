//! The backend's interface as typed calls and streams over HTTP.
//!
//! A [`Client`] knows where the server is and how long to wait for it; a [`Session`] is a client
//! that is signed in: it carries the tokens, rotates them once for everybody who waits, and hands
//! every new pair to a [`TokenStore`] before it is used. Nothing here decides anything about
//! locations or calls, and nothing here is kept on disk.
//!
//! Errors are told apart by what a caller can do about them, see [`Error`]. No address, number or
//! token stands in a URL, an error or a log line.

mod address;
mod agent;
mod backoff;
mod client;
mod error;
mod secret;
mod server_url;
mod session;
mod supervisor;
mod watch;

pub use agent::IdempotencyKey;
pub use client::{Client, Patience};
pub use error::{Error, Refusal};
pub use server_url::{ServerUrl, ServerUrlError};
pub use session::{Session, TokenStore, Tokens};
pub use watch::{State, Watched};
