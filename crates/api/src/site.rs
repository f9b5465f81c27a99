//! Sites, floors and seats to choose from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// `GET /v1/sites`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct Sites {
    /// By name.
    pub sites: Vec<SiteSummary>,
}

/// A building of the organisation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct SiteSummary {
    /// Its identifier.
    pub site_id: String,
    /// What people call it.
    pub name: String,
    /// Its address to read aloud.
    pub lines: Vec<String>,
    /// Its floors, lowest first.
    pub floors: Vec<String>,
}

/// `GET /v1/sites/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct SiteDetail {
    /// Its identifier.
    pub site_id: String,
    /// What people call it.
    pub name: String,
    /// Its address to read aloud.
    pub lines: Vec<String>,
    /// Its floors, lowest first.
    pub floors: Vec<FloorDetail>,
}

/// One level of a site.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct FloorDetail {
    /// Its name, such as `5`.
    pub floor: String,
    /// Its plan as an SVG document. Draw it only as an image, never as markup.
    pub plan_svg: Option<String>,
    /// The seats on it, by label.
    pub seats: Vec<SeatSummary>,
}

/// `GET /v1/seats?query=`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct Seats {
    /// Best match first; at most 50.
    pub seats: Vec<SeatSummary>,
}

/// A desk.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, TS, ToSchema)]
pub struct SeatSummary {
    /// Its identifier.
    pub seat_id: String,
    /// What is written on it.
    pub label: String,
    /// The site it is at.
    pub site_id: String,
    /// What people call that site.
    pub site_name: String,
    /// The floor it is on.
    pub floor: String,
    /// The room it is in.
    pub room: Option<String>,
    /// Its place on the plan: 0 to 1 from the left.
    pub x: Option<f64>,
    /// Its place on the plan: 0 to 1 from the top.
    pub y: Option<f64>,
    /// Who else says to sit there now, by display name. A taken seat can be chosen all the same.
    pub taken_by: Option<String>,
}
