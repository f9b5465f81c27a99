//! An agent's status on the platform during an emergency call: Do Not Disturb while it is open, and
//! afterwards what it was before.
//!
//! [`Presence`] is one agent's record on one platform: what the status was, what was set, what is to be
//! asked next. Pure: it is told what happened ([`Event`]) and says what to ask of the platform
//! ([`Command`]); whoever runs it keeps every new value durably before it asks. So a crash at any
//! moment costs nothing but another question.
//!
//! Rules:
//! - What the status was is saved before anything is set. It is never our own Do Not Disturb.
//! - Do Not Disturb is set whatever the status was, also when nobody could say what it was, and always
//!   with an end of its own ([`EXPIRY`]): a crash cannot leave it for ever.
//! - It is restored once, when the last of the calls is over, and only when a reading just before said
//!   that the status is still ours. What a person chose meanwhile stays.
//! - A fault is shown ([`Shown`]) and tried again. No call waits for any of it.

mod ask;
mod record;
mod status;

pub use ask::{Answer, Command, Event, Fault};
pub use record::{EXPIRY, Outcome, Presence, RESTORE_FOR, Shown, Trouble};
pub use status::{Current, Mark, Marked, Status, StatusError};

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
