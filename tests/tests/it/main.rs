//! The server as a process: started, stopped, killed, locked out of its files, and fed with nonsense.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod desktop;
mod fault;
mod nonsense;
mod process;
mod telephony;

/// The production server with a clock that can be moved.
const SERVER: &str = env!("CARGO_BIN_EXE_whereabouts-test-server");
