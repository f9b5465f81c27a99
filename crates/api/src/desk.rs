//! The security desk's page in a browser: signing in, and who is signed in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::agent::Agent;

/// The header in which the page sends [`DeskSession::csrf_token`] back with everything that changes something.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// `POST /desk/session`.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenDesk {
    /// The one-time code, as an administrator gave it. Case, spaces and dashes do not matter.
    pub code: String,
}

/// Who is signed in on the page. The cookie itself no script can read.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
pub struct DeskSession {
    /// Who.
    pub agent: Agent,
    /// Goes into `X-CSRF-Token` of everything that changes something.
    pub csrf_token: String,
    /// When the sign-in ends however much the page is used. It outlasts an emergency call that is open
    /// then.
    pub ends_at: Timestamp,
    /// The server's clock, for counting from its times.
    pub now: Timestamp,
}
