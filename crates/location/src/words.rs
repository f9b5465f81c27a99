//! The closed vocabularies of this crate.

use serde::{Deserialize, Serialize};

/// How old what the agent said is. Says nothing about whether the address was checked.
///
/// `confirmed`: said within its validity, and nothing contradicts it. `declined`: the agent would not
/// say. `stale`: said, but too long ago, or contradicted since. `unknown`: never said.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Said within its validity, and nothing contradicts it.
    Confirmed,
    /// The agent would not say.
    Declined,
    /// Said, but too long ago, or contradicted since.
    Stale,
    /// Never said.
    Unknown,
}

/// What checking found. Says nothing about age.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Valid once corrected, and the agent saw the correction.
    Corrected,
    /// A check said no.
    Invalid,
    /// A check said no and the agent, with a reason, insisted.
    Overridden,
    /// Complete, but no check was configured or could be reached.
    Unchecked,
    /// A check said yes.
    Valid,
}

/// The kinds of place an agent may be at.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceClass {
    /// The agent's home.
    Home,
    /// Any other address the agent gave.
    Other,
    /// A seat at a site.
    Seat,
}

/// By which rule the served location was chosen.
///
/// `seat`, `home`, `other`: a fresh one, whole. `floor`, `site`: what is left of a seat that is no
/// longer certain. `home_stale`, `other_stale`: past its validity, served whole. `default_site`: the
/// agent's default site stands in, because the agent has said nothing. `none`: there is nothing to
/// serve.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The agent's default site stands in, because the agent has said nothing.
    DefaultSite,
    /// The site and floor of a seat that is no longer certain.
    Floor,
    /// A fresh home address.
    Home,
    /// A home address past its validity, served whole.
    HomeStale,
    /// There is nothing to serve.
    None,
    /// Another fresh address.
    Other,
    /// Another address past its validity, served whole.
    OtherStale,
    /// A fresh seat.
    Seat,
    /// The site of a seat that is no longer certain.
    Site,
}
