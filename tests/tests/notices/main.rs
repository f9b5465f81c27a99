//! Who is told of an emergency call: the server as a process, a real mail server, a receiver of web hooks, and
//! everything that can go wrong between them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod escalation;
mod events;
mod mail;
mod outage;
mod power_cut;
mod purge;
mod storm;
mod templates;
mod tls;
mod webhook;
mod world;

/// The production server with a clock that can be moved.
const SERVER: &str = env!("CARGO_BIN_EXE_whereabouts-test-server");
