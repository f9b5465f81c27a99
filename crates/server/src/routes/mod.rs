//! What this server answers: one endpoint a file.

mod health;
mod metrics;
mod openapi;
mod ready;

use std::time::Duration;

use axum::{Router, http::StatusCode};
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use openapi::document;

use crate::http::{App, Refusal};

/// How long an answer may take, except on telephony paths (which have a budget of their own) and
/// streams (which have none).
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Every route, and the document that describes them.
pub(crate) fn all() -> (Router<App>, OpenApi) {
    let (routes, document) = OpenApiRouter::with_openapi(api::openapi::components())
        .merge(open().merge(agent()).layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            ANSWER_WITHIN,
        )))
        .split_for_parts();
    let routes = routes
        .fallback(|| async { Refusal::not_found("There is nothing at this path.") })
        .method_not_allowed_fallback(|| async { Refusal::method_not_allowed() });
    (routes, openapi::complete(document))
}

fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(health::answer))
        .routes(routes!(ready::answer))
        .routes(routes!(metrics::answer))
        .routes(routes!(openapi::answer))
}

fn agent() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
