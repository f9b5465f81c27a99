//! Rotating tokens.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// `POST /v1/tokens`.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateTokens {
    /// The newest refresh token.
    pub refresh_token: String,
}

/// 200: the next pair.
#[derive(Clone, Deserialize, Serialize, TS, ToSchema)]
pub struct Tokens {
    /// Goes into `Authorization: Bearer`.
    pub access_token: String,
    /// How long the access token lasts, in seconds.
    pub expires_in: u64,
    /// Buys the next pair, once.
    pub refresh_token: String,
}
