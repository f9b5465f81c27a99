use api::token::Tokens;
use jiff::{SignedDuration, Timestamp};

use crate::{secret::Token, store::NewTokens};

/// How long an access token lasts.
const ACCESS_LASTS: SignedDuration = SignedDuration::from_mins(15);

/// A new pair of tokens, on its way to a device. Only the hashes stay here.
#[derive(Debug)]
pub(in crate::routes) struct Pair {
    access: Token,
    refresh: Token,
}

impl Pair {
    /// A new pair.
    pub(in crate::routes) fn random() -> Self {
        Self {
            access: Token::random(),
            refresh: Token::random(),
        }
    }

    /// What the store keeps of it.
    pub(in crate::routes) fn kept(&self, now: Timestamp) -> NewTokens {
        NewTokens {
            access: self.access.hash(),
            refresh: self.refresh.hash(),
            access_expires_at: now + ACCESS_LASTS,
        }
    }

    /// What the device is handed.
    pub(in crate::routes) fn handed_out(&self) -> Tokens {
        Tokens {
            access_token: self.access.expose().to_owned(),
            expires_in: ACCESS_LASTS.as_secs().unsigned_abs(),
            refresh_token: self.refresh.expose().to_owned(),
        }
    }
}
