//! Signing a desktop in with a one-time code.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::agent::Agent;

/// `POST /v1/enrolments`.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolDevice {
    /// The one-time code, as an administrator gave it. Case, spaces and dashes do not matter.
    pub code: String,
    /// What the agent's computer is called, shown where devices are listed; at most 100
    /// characters.
    pub device_name: String,
}

/// 201: the desktop is signed in.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
pub struct EnrolledDevice {
    /// Who it is signed in as.
    pub agent: Agent,
    /// Goes into `Authorization: Bearer`.
    pub access_token: String,
    /// How long the access token lasts, in seconds.
    pub expires_in: u64,
    /// Buys the next pair of tokens, once.
    pub refresh_token: String,
}
