//! Reports for compliance.

use std::collections::BTreeMap;

use ::location::{PlaceClass, Rule, Status, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /v1/reports/coverage`: who was covered at a moment, and on what evidence.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct CoverageReport {
    /// The moment.
    pub at: Timestamp,
    /// People by status, every status named.
    pub counts: BTreeMap<Status, u64>,
    /// Everybody who is in the directory now, by username.
    pub rows: Vec<CoverageRow>,
}

/// One agent at that moment. Never holds an address.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
pub struct CoverageRow {
    /// The username on the telephony platform.
    pub username: String,
    /// Their team.
    pub team: String,
    /// What a call at that moment would have been answered by age.
    pub status: Status,
    /// The row of the table "What is served" that applied.
    pub rule: Rule,
    /// The kind of place they had named last.
    pub class: Option<PlaceClass>,
    /// The seat, by its id.
    pub seat: Option<String>,
    /// The site: the seat's, or the default site that stood in.
    pub site: Option<String>,
    /// What checking had found of the address; null without one.
    pub verdict: Option<Verdict>,
    /// The address list that said so.
    pub checked_by: Option<String>,
    /// When they said so.
    pub since: Option<Timestamp>,
    /// Until when it was to stay fresh.
    pub until: Option<Timestamp>,
    /// When the server learned of it.
    pub received_at: Option<Timestamp>,
    /// Which of their declarations it was; 0: they had said nothing.
    pub version: u64,
}
