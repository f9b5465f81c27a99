//! Telling people of emergency calls: what stands in the outbox is written out and handed over.
//!
//! The notices are queued in the commit that opens the call (see [`crate::store::Notices`]), so that
//! a power cut between the answer and the mail loses none. The [`Dispatcher`] wakes after that commit
//! and hands them over in parallel, each receiver in a lane of its own; what fails is tried again
//! ([`backoff`]) and at last given up, visibly. At least once, under a name that stays the same. No
//! telephony answer waits for any of it.

pub mod backoff;
mod deliver;
mod dispatcher;
mod hook_body;
mod lanes;
mod outlets;
mod particulars;
pub mod templates;

pub use dispatcher::Dispatcher;
pub use hook_body::HookBody;
pub(crate) use outlets::file;
pub use outlets::{Outlets, OutletsError};
