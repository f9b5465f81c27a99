//! What this server answers: one endpoint a file.

mod addresses;
mod desk;
mod drills;
mod enrolments;
#[cfg(test)]
mod garbage;
mod me;
mod notifications;
mod operation;
mod places;
mod reports;
mod roster;
mod sites;
mod telephony;
mod text;
mod tokens;
mod verdict;

use std::time::Duration;

use axum::{Router, http::StatusCode, middleware, routing::get};
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use operation::openapi::document;

use crate::http::{App, Refusal};

/// How long an answer may take, except on telephony paths (which have a budget of their own) and
/// streams (which have none).
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Every route, and the document that describes them.
pub(crate) fn all() -> (Router<App>, OpenApi) {
    let timed = operation()
        .merge(agent())
        .merge(supervisor())
        .merge(desk_sign_in());
    let within = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN);
    let (routes, document) = OpenApiRouter::with_openapi(api::openapi::components())
        .merge(timed.layer(within))
        .merge(streams())
        .merge(telephony())
        .split_for_parts();
    let routes = routes
        .merge(desk_page())
        .fallback(|| async { Refusal::not_found("There is nothing at this path.") })
        .method_not_allowed_fallback(|| async { Refusal::method_not_allowed() });
    (routes, operation::openapi::complete(document))
}

fn operation() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(operation::health::answer))
        .routes(routes!(operation::ready::answer))
        .routes(routes!(operation::metrics::answer))
        .routes(routes!(operation::openapi::answer))
}

fn agent() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(enrolments::answer))
        .routes(routes!(tokens::rotate::answer, tokens::sign_out::answer))
        .routes(routes!(me::show::answer))
        .routes(routes!(me::confirm::answer))
        .routes(routes!(me::decline::answer))
        .routes(routes!(me::end_shift::answer))
        .routes(routes!(me::banner_shown::answer))
        .routes(routes!(me::call_over::answer))
        .routes(routes!(me::end_call::answer))
        .routes(routes!(me::read_notice::answer))
        .routes(routes!(me::test_result::answer))
        .routes(routes!(places::list::answer, places::save::answer))
        .routes(routes!(places::change::answer, places::remove::answer))
        .routes(routes!(addresses::interpret::answer))
        .routes(routes!(addresses::check::answer))
        .routes(routes!(sites::list::answer))
        .routes(routes!(sites::show::answer))
        .routes(routes!(sites::seats::answer))
}

fn supervisor() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(roster::list::answer))
        .routes(routes!(roster::emergencies::answer))
        .routes(routes!(roster::acknowledge::answer))
        .routes(routes!(roster::break_glass::answer))
        .routes(routes!(roster::call_over::answer))
        .routes(routes!(notifications::answer))
        .routes(routes!(reports::coverage::answer))
        .routes(routes!(drills::list::answer, drills::start::answer))
        .routes(routes!(drills::show::answer))
}

fn desk_sign_in() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(
        desk::session::open,
        desk::session::show,
        desk::session::close
    ))
}

/// What a browser shows, and no program asks for.
fn desk_page() -> Router<App> {
    Router::new()
        .route("/desk", get(desk::files::folder))
        .route("/desk/", get(desk::files::page))
        .route("/desk/{*path}", get(desk::files::part))
}

fn streams() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me::events::answer))
        .routes(routes!(roster::events::answer))
}

fn telephony() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(telephony::open_call::answer))
        .routes(routes!(telephony::end_call::by_body))
        .routes(routes!(telephony::end_call::by_path))
        .routes(routes!(telephony::location::answer))
        .routes(routes!(telephony::open_callback::answer))
        .routes(routes!(telephony::end_callback::answer))
        .routes(routes!(telephony::route_callback::answer))
        .routes(routes!(telephony::amazon_connect::answer))
        .layer(middleware::from_fn(telephony::last_resort::answer))
}
