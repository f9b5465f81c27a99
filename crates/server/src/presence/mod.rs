//! Agents' status on the telephony platform during emergency calls.
//!
//! The [`Keeper`] sees to it that whoever is on an emergency call is set to Do Not Disturb and gets back
//! afterwards what they had. It runs beside everything else and is told of calls by nobody: it looks which
//! are open. So no telephony answer waits for it, and none is lost that nobody told it of. What to ask
//! when is decided by [`emergency::presence`]; every step is in the store before the next question is
//! asked.
//!
//! Tests (933) set no presence. Of calls that only the journal knows the status is left alone until the
//! store has them.

mod keeper;
mod platform;
mod statuses;

pub use keeper::Keeper;
pub use platform::{Platform, PlatformError};
pub use statuses::Statuses;
