//! Whole situations: what happened, what the clocks say, and what the companion makes of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod declaring;
mod emergency;
mod invariants;
mod language;
mod rig;
mod roster;
mod sample;
mod signing;
mod time;
mod windows;
