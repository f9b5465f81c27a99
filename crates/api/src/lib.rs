//! The wire: request and response types, error codes, paths and the OpenAPI document.
//!
//! Every type stands here once and is used by the server, the client and, through generated
//! TypeScript, by the screens. Times are RFC 3339 in UTC, telephone numbers E.164, JSON is
//! `snake_case`. Agent and supervisor requests refuse unknown fields; telephony requests ignore
//! them, because nothing there may make a call fail.

pub mod address;
pub mod agent;
pub mod break_glass;
pub mod desk;
mod discreet;
pub mod drill;
pub mod emergency;
pub mod enrolment;
pub mod error;
pub mod location;
pub mod notification;
pub mod openapi;
pub mod paths;
pub mod place;
pub mod report;
pub mod roster;
pub mod site;
pub mod telephony;
pub mod test_call;
pub mod token;

/// The version of this interface, sent by clients and servers in `X-Api-Version`.
pub const VERSION: &str = "1";
