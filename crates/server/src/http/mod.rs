//! HTTP: what is around the routes, and what they share. The routes themselves are in
//! [`crate::routes`].

mod app;
mod body;
mod caller;
mod desk;
mod envelope;
mod layers;
mod meter;
mod platform;
mod refusal;
mod segment;
mod serve;
mod tries;

pub use app::{App, Ground, Shared};
pub use body::{BODY_LIMIT, HEAD_LIMIT, Head, Strict, Whole};
pub use caller::{Monitor, Operator, SignedIn, Watcher};
pub use desk::AtDesk;
pub(crate) use desk::foreign;
pub(crate) use layers::OwnHeaders;
pub use meter::Metrics;
pub use platform::Platform;
pub use refusal::Refusal;
pub use segment::Segment;
pub(crate) use segment::percent_decoded;
pub use serve::{listen, router, serve};
pub use tries::{Caller, Tries};
