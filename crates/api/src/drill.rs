//! Drills: the whole path of an emergency, tried without dialling.

use ::location::Status;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// How many agents one drill reaches, at most.
pub const DRILL_LIMIT: usize = 100;

/// What the table of a drill is called as a file, by when the drill was planned: `drill-2026-11-20T17-02Z.csv`.
#[must_use]
pub fn table_name(started_at: Timestamp) -> String {
    started_at.strftime("drill-%Y-%m-%dT%H-%MZ.csv").to_string()
}

/// `POST /v1/drills`: whom a drill reaches. Either `agents`, or a `sample` of a `team`, of a `site`, or of
/// both.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartDrill {
    /// These, by username.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub agents: Vec<String>,
    /// So many, by lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sample: Option<u32>,
    /// Of this team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub team: Option<String>,
    /// Of this site: those who said to be there, or whose default site it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub site: Option<String>,
}

/// A drill was planned; it begins within two seconds.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct StartedDrill {
    /// Its name.
    pub drill_id: String,
    /// When it was planned.
    pub started_at: Timestamp,
    /// Whom it reaches, by username.
    pub agents: Vec<String>,
}

/// `GET /v1/drills`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Drills {
    /// The newest first, 50 at most.
    pub drills: Vec<DrillReport>,
}

/// One drill.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct DrillReport {
    /// Its name.
    pub drill_id: String,
    /// When it was planned.
    pub started_at: Timestamp,
    /// When it ended; null while it runs.
    pub ended_at: Option<Timestamp>,
    /// Whom it reached, by username.
    pub rows: Vec<DrillRow>,
}

/// How a drill went for one agent. Times are milliseconds from the moment the call was opened; null: it did
/// not come to that.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct DrillRow {
    /// The username.
    pub username: String,
    /// What colleagues call the agent.
    pub display_name: String,
    /// Whether the agent's app was connected when the call was opened.
    pub online: Option<bool>,
    /// How long a telephony platform would have waited for its answer.
    #[ts(type = "number | null")]
    pub answer_ms: Option<u64>,
    /// Until the agent's app said that its banner was on the screen.
    #[ts(type = "number | null")]
    pub banner_ms: Option<u64>,
    /// Until the first notice was accepted by its receiver.
    #[ts(type = "number | null")]
    pub notified_ms: Option<u64>,
    /// Until somebody said that they are handling it.
    #[ts(type = "number | null")]
    pub acknowledged_ms: Option<u64>,
    /// The age of the location that would have been sent.
    pub location_status: Option<Status>,
    /// How it went.
    pub outcome: DrillOutcome,
}

/// How a drill went for one agent: the first stage that was missing.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DrillOutcome {
    /// Everything came.
    Complete,
    /// The agent was in a call, or made one meanwhile; that outranks a drill.
    InCall,
    /// The server stopped meanwhile.
    Interrupted,
    /// The agent's app was connected and showed no banner.
    NoBanner,
    /// Banner and notice came, and nobody said that they are handling it.
    NotAcknowledged,
    /// No notice was accepted by anybody.
    NotNotified,
    /// The store did not take the call.
    NotOpened,
    /// The agent's app was not connected, and showed no banner.
    Offline,
    /// It is not over.
    Running,
}
