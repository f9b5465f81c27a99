//! What the backend sends to, one room for each kind of receiver.
//!
//! A room answers a small trait in the words of the domain, so that the server knows nothing of
//! protocols and a test can stand in for any receiver. [`smtp`] mails, [`webhook`] posts signed
//! JSON; an [`AddressValidator`], such as [`lost`], is asked whether an address exists. An agent's status is
//! kept by an [`presence::AgentPresence`], their call is ended by a [`CallControl`], and what a platform's people
//! have to do goes to a [`TaskQueue`]. Whatever goes wrong with a delivery is a [`DeliveryFault`], which says
//! whether another try can help; with a question to a platform it is a [`PlatformFault`], which says whether it
//! may have been done all the same.
//!
//! Nothing here waits or retries: when to try again is the outbox's business. Nothing is remembered but
//! what a location server lets us keep. Nothing here logs, and no fault quotes a message, an address or an answer: its code is all that may stand in a
//! log.

mod call_control;
mod delivery;
mod fault;
pub mod lost;
pub mod presence;
pub mod smtp;
mod task;
mod validation;
pub mod webhook;

pub use call_control::{CallControl, CallToEnd};
pub use delivery::{DeliveryFault, FaultCode};
pub use fault::PlatformFault;
pub use task::{Task, TaskQueue};
pub use validation::{AddressValidator, FieldFinding, FieldState, Finding, Validation};
