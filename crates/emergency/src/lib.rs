//! The life of an emergency call.
//!
//! Pure, like `location`: recognises emergency numbers in the forms they are dialled
//! ([`Dialled`]), moves a call through its phases ([`EmergencyCall`]), lends callback numbers and
//! takes them back ([`lease`]), says to whom a callback goes ([`callback`]), what people are told of
//! the call ([`notification`]) and who is told next ([`escalation`]), keeps and restores the agent's
//! status ([`presence`]), and when everything about the
//! call must be gone. Time enters as an argument; nothing here waits, stores or sends.
//!
//! The rule above all others: nothing here may keep an emergency call from being made. Every
//! function that a telephony answer needs is total, and whatever is in doubt is an emergency.

mod addr_spec;
mod call;
pub mod callback;
mod dialled;
mod e164;
pub mod escalation;
mod ids;
pub mod lease;
mod national_numbers;
pub mod notification;
pub mod presence;
mod us_number;

pub use addr_spec::AddrSpec;
pub use call::{
    CallEvent, CallPolicy, Callback, CallbackState, CallbackWindow, EmergencyCall, EndedBy,
};
pub use dialled::{Dialled, Recognised};
pub use e164::{E164, E164Error};
pub use ids::{CallId, CallKey, IdError, Username};
pub use national_numbers::{EmergencyNumber, local_number};
pub use us_number::{NotUsNumber, UsNumber};
