//! The companion against the real server: a process of its own, its files and its clock, over real
//! connections. The desktop is the one thing that is not real here; tests/e2e has that.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod backend;
#[expect(dead_code, reason = "the rest of it is for the companion's own tests")]
#[path = "../../../crates/companion/tests/driver/desktop.rs"]
mod desktop;
mod journey;
