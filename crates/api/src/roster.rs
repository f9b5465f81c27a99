//! The live view of supervisors and the security desk.

use std::collections::BTreeMap;

use ::location::{PlaceClass, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::emergency::EmergencySummary;

/// How an agent is covered.
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, TS, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RosterStatus {
    /// A fresh location is served.
    Confirmed,
    /// The agent would not say.
    Declined,
    /// No desktop is connected and no fresh location is on file.
    Offline,
    /// The location is old or contradicted.
    Stale,
    /// The agent never said.
    Unknown,
}

/// One agent. Never holds a home address.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct RosterRow {
    /// The username on the telephony platform.
    pub username: String,
    /// What colleagues call them.
    pub display_name: String,
    /// Their team.
    pub team: String,
    /// How they are covered.
    pub status: RosterStatus,
    /// What checking found; null without a location.
    pub verdict: Option<Verdict>,
    /// What people call the site; null away from every site.
    pub site: Option<String>,
    /// What is written on the seat.
    pub seat: Option<String>,
    /// What kind of place it is.
    pub class: Option<PlaceClass>,
    /// When the agent said so.
    pub since: Option<Timestamp>,
    /// Until when it stays fresh.
    pub until: Option<Timestamp>,
    /// Whether a desktop is connected.
    pub online: bool,
    /// Whether an emergency call is open.
    pub emergency: bool,
    /// Their status on the platform during an emergency call, in the platform's words; null without one.
    pub presence: Option<String>,
    /// Whether somebody else says to sit there too.
    pub conflict: bool,
}

/// `GET /v1/roster`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Roster {
    /// Everybody by status, whatever the filter.
    pub counts: BTreeMap<RosterStatus, u64>,
    /// By display name, then username.
    pub rows: Vec<RosterRow>,
    /// Pass as `after` for the next page; null on the last.
    pub next: Option<String>,
}

/// A `roster` frame of `GET /v1/roster/events`. The first holds every row.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct RosterFrame {
    /// Whether `rows` is everybody (replace) or the changed ones (merge by username).
    pub complete: bool,
    /// Everybody by status.
    pub counts: BTreeMap<RosterStatus, u64>,
    /// Rows that changed.
    pub rows: Vec<RosterRow>,
    /// Every open emergency and every open callback window.
    pub emergencies: Vec<EmergencySummary>,
}
