//! The one error envelope.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::location::ServedLocation;

/// The body of every answer that is not a success.
#[derive(Clone, Debug, Deserialize, Serialize, TS, ToSchema)]
pub struct ErrorBody {
    /// Stable name; programs switch on this.
    pub code: ErrorCode,
    /// A sentence a person can act on. Holds no address, number or token.
    pub detail: String,
    /// Names this request in the server's log.
    pub request_id: String,
    /// What keeps the address from being acceptable, with `not_acceptable`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<::location::Problem>>", optional)]
    pub problems: Vec<::location::Problem>,
    /// The newer declaration that stands, with `superseded`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub served: Option<Box<ServedLocation>>,
}

/// Stable names of errors. A client that meets one it does not know reads [`ErrorCode::Other`].
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 409: two calls have this name; name one by its `reference`.
    Ambiguous,
    /// 409: too much time passed since the agent said so; ask the agent again.
    AskAgain,
    /// 401: the enrolment code has run out.
    CodeExpired,
    /// 401: no such enrolment code.
    CodeUnknown,
    /// 401: the enrolment code was used before.
    CodeUsed,
    /// 409: a drill is running; wait for its end.
    DrillRunning,
    /// 403: this role may not do this.
    Forbidden,
    /// 409: the idempotency key was used for something else.
    IdempotencyKeyReused,
    /// 405: this path does not take this method; see `Allow`.
    MethodNotAllowed,
    /// 422: understood, but not acceptable; see `problems`.
    NotAcceptable,
    /// 404: there is no such thing.
    NotFound,
    /// 422: clearly an ordinary number, not an emergency number.
    OrdinaryNumber,
    /// 429: too many tries; wait as `Retry-After` says.
    RateLimited,
    /// 409: a newer declaration stands; see `served`.
    Superseded,
    /// 401: the access token has run out; rotate it.
    TokenExpired,
    /// 401: the token was revoked; enrol again.
    TokenRevoked,
    /// 413: the body is too large.
    TooLarge,
    /// 401: no credentials, or none that are known.
    Unauthenticated,
    /// 503: a fault here; try again as `Retry-After` says. Never on telephony paths.
    Unavailable,
    /// 400: the request could not be read.
    Unreadable,
    /// A code this client does not know.
    #[serde(other)]
    Other,
}
