//! The exact moments at which secrets cross the wire.

use api::{enrolment::EnrolledDevice, token};
use secrecy::SecretString;

use crate::Tokens;

impl From<token::Tokens> for Tokens {
    fn from(pair: token::Tokens) -> Self {
        Self {
            access: SecretString::from(pair.access_token),
            refresh: SecretString::from(pair.refresh_token),
        }
    }
}

/// Splits an enrolment into who it is and the first pair of tokens.
pub(crate) fn enrolled(device: EnrolledDevice) -> (api::agent::Agent, Tokens) {
    let tokens = Tokens {
        access: SecretString::from(device.access_token),
        refresh: SecretString::from(device.refresh_token),
    };
    (device.agent, tokens)
}
