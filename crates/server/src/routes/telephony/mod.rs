//! What telephony platforms ask. Nothing here answers with a fault, and nothing that can be an
//! emergency is refused; see [`crate::telephony`].

pub(super) mod amazon_connect;
pub(super) mod end_call;
pub(super) mod end_callback;
pub(super) mod last_resort;
pub(super) mod location;
pub(super) mod open_call;
pub(super) mod open_callback;
pub(super) mod route_callback;

use api::error::ErrorCode;
use emergency::{AddrSpec, E164};

use crate::{http::Refusal, telephony::NotAsked};

/// Takes a number as platforms write it.
fn number(text: &str) -> Result<E164, Refusal> {
    AddrSpec::read(text).number().ok_or_else(|| {
        Refusal::not_acceptable(
            "That is no telephone number. Write it as E.164: a plus, the country, the number.",
            Vec::new(),
        )
    })
}

/// 422: clearly an ordinary number.
fn ordinary_number() -> Refusal {
    Refusal::new(
        ErrorCode::OrdinaryNumber,
        "This is an ordinary number, not an emergency number. No emergency call was opened.",
    )
}

impl From<NotAsked> for Refusal {
    fn from(refused: NotAsked) -> Self {
        match refused {
            NotAsked::TooLarge => Self::too_large(),
            NotAsked::Unreadable => Self::unreadable(
                "The body could not be read, and nothing in it looks like an emergency number. \
                 Send JSON with call_id, agent and dialled.",
            ),
        }
    }
}
