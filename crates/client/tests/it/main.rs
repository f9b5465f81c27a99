//! The client against a small server of its own, over real connections.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod calls;
mod drills;
mod server;
mod tokens;
mod watching;
