use std::{fmt, time::Duration};

use api::{
    error::{ErrorBody, ErrorCode},
    location::ServedLocation,
};
use location::Problem;

/// Why a call did not succeed, told apart by what can be done about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server understood, and said no. Repeating the same will not help, unless the refusal
    /// says when.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// The tokens are worth nothing any more: sign in again.
    #[error("signed out: {0}")]
    SignedOut(Box<Refusal>),
    /// Something answered that is not this interface. Repeating may help after an update.
    #[error("the server's answer is not one of Whereabouts: {0}")]
    UnexpectedAnswer(&'static str),
    /// Nothing answered, or not in time. Repeating helps; whether the server acted is not known.
    #[error("the server cannot be reached: {0}")]
    Unreachable(&'static str),
}

/// The server said no.
#[derive(Clone)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Stable name of the reason.
    pub code: ErrorCode,
    /// A sentence a person can act on.
    pub detail: String,
    /// What keeps the address from being acceptable.
    pub problems: Vec<Problem>,
    /// The newer declaration that stands, when this one was superseded.
    pub served: Option<Box<ServedLocation>>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
}

impl Refusal {
    pub(crate) fn new(status: u16, body: ErrorBody, retry_after: Option<Duration>) -> Self {
        Self {
            status,
            code: body.code,
            detail: body.detail,
            problems: body.problems,
            served: body.served,
            retry_after,
        }
    }
}

impl fmt::Debug for Refusal {
    /// Without `served`, which holds an address.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Refusal")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("problems", &self.problems.len())
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.detail)
    }
}

impl std::error::Error for Refusal {}

impl From<reqwest::Error> for Error {
    /// The reason is a word of ours: an error's own text holds the address that was asked.
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::Unreachable("it did not answer in time")
        } else if error.is_connect() {
            Self::Unreachable("no connection")
        } else if error.is_redirect() {
            Self::UnexpectedAnswer("it sends us elsewhere")
        } else if error.is_builder() {
            Self::UnexpectedAnswer("the request cannot be written")
        } else {
            Self::Unreachable("the connection broke")
        }
    }
}
