//! The telephony platform behind a web hook: the server as a process, a platform that is a real HTTP server and
//! believes no signature it has not checked, and everything that can go wrong between them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod conformance;
mod during_calls;
mod hang_up;
mod tasks;
mod trouble;
mod world;

/// The production server with a clock that can be moved.
const SERVER: &str = env!("CARGO_BIN_EXE_whereabouts-test-server");
