//! What the backend sends to, one room for each kind of receiver.
//!
//! A room answers a small trait in the words of the domain, so that the server knows nothing of
//! protocols and a test can stand in for any receiver. [`smtp`] mails, [`webhook`] posts signed
//! JSON; an [`AddressValidator`], such as [`lost`], is asked whether an address exists. Whatever goes wrong with a
//! delivery is a [`DeliveryFault`], which says whether another try can help.
//!
//! Nothing here waits or retries: when to try again is the outbox's business. Nothing is remembered but
//! what a location server lets us keep. Nothing here logs, and no fault quotes a message, an address or an answer: its code is all that may stand in a
//! log.

mod delivery;
pub mod lost;
pub mod smtp;
mod validation;
pub mod webhook;

pub use delivery::{DeliveryFault, FaultCode};
pub use validation::{AddressValidator, FieldFinding, FieldState, Finding, Validation};
