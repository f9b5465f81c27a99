use std::borrow::Cow;

use api::{
    error::{ErrorBody, ErrorCode},
    location::ServedLocation,
};
use axum::{
    body::Body,
    extract::rejection::QueryRejection,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use location::Problem;
use tracing::warn;

use crate::store::StoreError;

/// How long a caller is asked to wait after a fault here, in seconds.
const FAULT_RETRY_SECONDS: u64 = 2;

/// A request that is not answered with a success: what goes into the one error envelope.
///
/// As a response it carries itself as an extension; the layer around all routes
/// ([`super::envelope`]) writes the body, because only there the request's id is known.
#[derive(Clone, Debug)]
pub struct Refusal {
    code: ErrorCode,
    detail: Cow<'static, str>,
    problems: Vec<Problem>,
    retry_after_seconds: Option<u64>,
    served: Option<Box<ServedLocation>>,
}

impl Refusal {
    /// A refusal by its stable code. `detail` is a sentence a person can act on, without any
    /// address, number or token.
    #[must_use]
    pub fn new(code: ErrorCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            detail: detail.into(),
            problems: Vec::new(),
            retry_after_seconds: None,
            served: None,
        }
    }

    /// 503: something here is broken.
    #[must_use]
    pub fn unavailable() -> Self {
        Self {
            retry_after_seconds: Some(FAULT_RETRY_SECONDS),
            ..Self::new(
                ErrorCode::Unavailable,
                "The server cannot do this now. Nothing was changed; try again in a moment.",
            )
        }
    }

    /// 429: too many tries.
    #[must_use]
    pub fn rate_limited(retry_after_seconds: u64) -> Self {
        Self {
            retry_after_seconds: Some(retry_after_seconds.max(1)),
            ..Self::new(
                ErrorCode::RateLimited,
                "There were too many failed tries. Wait a little, then try again.",
            )
        }
    }

    /// 401: nobody we know.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(
            ErrorCode::Unauthenticated,
            "Say who you are: this needs an access token or a key that is known here.",
        )
    }

    /// 403: known, but not for this.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(ErrorCode::Forbidden, "Your role may not do this.")
    }

    /// 404: there is no such thing.
    #[must_use]
    pub fn not_found(detail: &'static str) -> Self {
        Self::new(ErrorCode::NotFound, detail)
    }

    /// 405: the path exists, but does not take this method.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::new(
            ErrorCode::MethodNotAllowed,
            "This path does not take this method; the header Allow names those it takes.",
        )
    }

    /// 413: the body is larger than is read.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(ErrorCode::TooLarge, "The body is larger than 64 KiB.")
    }

    /// 400: the request could not be read.
    #[must_use]
    pub fn unreadable(detail: &'static str) -> Self {
        Self::new(ErrorCode::Unreadable, detail)
    }

    /// 422: understood, but these problems keep it from being acceptable.
    #[must_use]
    pub fn not_acceptable(detail: impl Into<Cow<'static, str>>, problems: Vec<Problem>) -> Self {
        Self {
            problems,
            ..Self::new(ErrorCode::NotAcceptable, detail)
        }
    }

    /// 409: a newer declaration stands.
    #[must_use]
    pub fn superseded(served: ServedLocation) -> Self {
        Self {
            served: Some(Box::new(served)),
            ..Self::new(
                ErrorCode::Superseded,
                "You said something newer from another device; that is what stands.",
            )
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// The status that goes with the code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        status_of(self.code)
    }

    /// The body, for a request with this id.
    #[must_use]
    pub fn into_body(self, request_id: &str) -> ErrorBody {
        ErrorBody {
            code: self.code,
            detail: self.detail.into_owned(),
            request_id: request_id.to_owned(),
            problems: self.problems,
            served: self.served,
        }
    }
}

/// A query that could not be read. What it held is not repeated.
impl From<QueryRejection> for Refusal {
    fn from(_: QueryRejection) -> Self {
        Self::unreadable("A parameter of the query has a value that it cannot have.")
    }
}

/// A fault of the store: said in the log once, here, and to the caller without its reason.
impl From<StoreError> for Refusal {
    fn from(fault: StoreError) -> Self {
        warn!(store.fault = %fault, "the store could not do what a request needed");
        metrics::counter!("whereabouts_store_faults_total").increment(1);
        Self::unavailable()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        if self.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Unreadable => StatusCode::BAD_REQUEST,
        ErrorCode::CodeExpired
        | ErrorCode::CodeUnknown
        | ErrorCode::CodeUsed
        | ErrorCode::TokenExpired
        | ErrorCode::TokenRevoked
        | ErrorCode::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::Ambiguous
        | ErrorCode::DrillRunning
        | ErrorCode::AskAgain
        | ErrorCode::IdempotencyKeyReused
        | ErrorCode::Superseded => StatusCode::CONFLICT,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::NotAcceptable | ErrorCode::OrdinaryNumber => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Other | ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
