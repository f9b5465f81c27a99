//! What every request passes on its way in and every answer on its way out.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, header},
    middleware,
    response::{IntoResponse as _, Response},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    request_id::{PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};
use tracing::{Span, debug, error, info_span};

use super::{
    Refusal,
    envelope::{self, RequestIds},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const API_VERSION: HeaderName = HeaderName::from_static("x-api-version");

/// Lays everything around the routes.
pub(super) fn around(routes: Router) -> Router {
    routes.layer(
        ServiceBuilder::new()
            .map_request(without_request_id)
            .layer(SetRequestIdLayer::new(REQUEST_ID, RequestIds))
            .layer(
                TraceLayer::new_for_http()
                    .make_span_with(span)
                    .on_request(())
                    .on_response(answered)
                    .on_eos(())
                    .on_failure(()),
            )
            .layer(PropagateRequestIdLayer::new(REQUEST_ID))
            .map_response(with_headers)
            .layer(middleware::from_fn(envelope::write))
            .layer(CatchPanicLayer::custom(panicked)),
    )
}

fn without_request_id(mut request: Request) -> Request {
    request.headers_mut().remove(REQUEST_ID);
    request
}

/// Marks an answer that is written for a browser to show: it says itself what may be kept and done with it,
/// and has no envelope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnHeaders;

/// The headers of every answer. Everything said here is somebody's: it is kept nowhere on the way,
/// shown in no frame and taken for no page, unless it is one.
fn with_headers(mut response: Response) -> Response {
    let is_page = response.extensions().get::<OwnHeaders>().is_some();
    let headers = response.headers_mut();
    headers.insert(API_VERSION, HeaderValue::from_static(api::VERSION));
    if !is_page {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
        );
    }
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// Names the route as it is written here, never the path as it was asked: that may hold a number.
fn span(request: &Request) -> Span {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(MatchedPath::as_str);
    info_span!("request", request.id = id, http.method = %request.method(), http.route = route)
}

fn answered(response: &Response, latency: Duration, _: &Span) {
    debug!(
        http.status = response.status().as_u16(),
        http.duration_ms = latency.as_secs_f64() * 1_000.0,
        "answered"
    );
}

/// A panic is a bug. What it says may hold anything, so only that it happened is said here; where,
/// says the hook of [`crate::trace`].
fn panicked(_: Box<dyn Any + Send>) -> Response {
    error!("a request made the server panic");
    metrics::counter!("whereabouts_panics_total").increment(1);
    Refusal::unavailable().into_response()
}

#[cfg(test)]
mod tests {
    use axum::routing::get;

    use super::*;
    use crate::testing::{Ask, TestServer, ask_routes};

    #[tokio::test]
    async fn every_answer_says_what_it_is_and_who_asked() {
        let server = TestServer::start().await;
        let asked = Ask::get("/nowhere").header("x-request-id", "742 Evergreen");
        let answer = server.ask(asked).await;
        assert_eq!(answer.refused(), "404 not_found");
        let id = answer.headers["x-request-id"].to_str().unwrap();
        assert!(
            id.starts_with("req_"),
            "what a caller sends is not taken over: {id}"
        );
        for (name, value) in [
            ("x-api-version", api::VERSION),
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-type", "application/json"),
        ] {
            assert_eq!(answer.headers[name], value);
        }
        let wrong = server.ask(Ask::post(api::paths::ME)).await;
        assert_eq!(wrong.refused(), "405 method_not_allowed");
        assert_eq!(wrong.headers["allow"], "GET,HEAD");
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_in_the_envelope() {
        let routes = Router::new().route(
            "/",
            get(|| async {
                if std::hint::black_box(true) {
                    panic!("742 Evergreen");
                }
            }),
        );
        let answer = ask_routes(around(routes), Ask::get("/")).await;
        assert_eq!(answer.refused(), "503 unavailable");
        assert!(!answer.text.contains("Evergreen"));
    }
}
