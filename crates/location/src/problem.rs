use serde::{Deserialize, Serialize};

use crate::CivicKey;

/// What keeps an address from being sent to an emergency call taker.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Problem {
    /// Stable name of the problem; programs switch on this.
    pub code: ProblemCode,
    /// The element it is about, where there is one.
    pub field: Option<CivicKey>,
    /// A sentence the agent can act on. Never quotes the address.
    pub text: String,
}

/// Stable names of problems.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// More than one reading is equally likely.
    Ambiguous,
    /// Nothing was written.
    Empty,
    /// Two streets instead of a house number.
    Intersection,
    /// A value that this element cannot have.
    InvalidValue,
    /// A required element is missing.
    Missing,
    /// The text is no address.
    NotAnAddress,
    /// A post-office box: nobody can be sent there.
    PoBox,
    /// The text or a value is too long.
    TooLong,
    /// The country is not one of those supported.
    UnsupportedCountry,
}
