//! Telling people of an emergency call: what is told, to whom, and what a template gets to say it with.
//!
//! The law names three things (47 CFR 9.16(b)(2)): that a call was made, a number that calls back, and
//! the location as it was sent. [`Notification`] has a slot for each, always all three; one with
//! nothing in it reads "not available" ([`Slot`], [`Phrases`]). [`Particulars`] is the same in words,
//! for the templates.

mod address;
mod particulars;
mod phrases;
mod recipients;
mod slots;

pub use address::{MailAddress, MailAddressError};
pub use particulars::{CallParticulars, CallbackParticulars, LocationParticulars, Particulars};
pub use phrases::{Language, Phrases, UnknownLanguage};
pub use recipients::{Recipients, RefusedAddress};
pub use slots::{CallMade, Caller, LocationAsSent, Notification, Slot};
