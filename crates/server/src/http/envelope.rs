use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::request_id::{MakeRequestId, RequestId};

use super::{OwnHeaders, Refusal};
use crate::random;

/// Makes the ids of requests. They are always made here: what a caller sends in their place could
/// hold anything, and would stand in the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct RequestIds;

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        HeaderValue::try_from(random::id("req"))
            .ok()
            .map(RequestId::new)
    }
}

/// Writes the body of everything that is not a success: the [`Refusal`] of a handler, or, for
/// what axum itself refused, the one that goes with the status.
pub(super) async fn write(request: Request, next: Next) -> Response {
    let request_id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let without_body = request.method() == Method::HEAD;
    let response = next.run(request).await;
    let refused = response.status().is_client_error() || response.status().is_server_error();
    if !refused || response.extensions().get::<OwnHeaders>().is_some() {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let refusal = match parts.extensions.remove::<Refusal>() {
        Some(refusal) => refusal,
        None => {
            let refusal = of_status(parts.status);
            parts.status = refusal.status();
            if let Some(seconds) = refusal
                .clone()
                .into_response()
                .headers_mut()
                .remove(header::RETRY_AFTER)
            {
                parts.headers.insert(header::RETRY_AFTER, seconds);
            }
            refusal
        }
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let body = if without_body {
        Response::default()
    } else {
        Json(refusal.into_body(&request_id)).into_response()
    };
    let (written, body) = body.into_parts();
    parts.headers.extend(written.headers);
    Response::from_parts(parts, body)
}

/// The refusal that goes with a status that no handler chose.
fn of_status(status: StatusCode) -> Refusal {
    match status {
        StatusCode::NOT_FOUND => Refusal::not_found("There is nothing at this path."),
        StatusCode::METHOD_NOT_ALLOWED => Refusal::method_not_allowed(),
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large(),
        status if status.is_client_error() => Refusal::unreadable("The request could not be read."),
        _ => Refusal::unavailable(),
    }
}
