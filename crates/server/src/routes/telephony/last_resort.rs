//! What a telephony platform is answered when a bug makes everything else panic: nothing known, and never a
//! fault.

use std::panic::AssertUnwindSafe;

use api::{
    paths,
    telephony::{Answer, CallbackDecision, CallbackPriority, CallbackTarget},
};
use axum::{
    Json,
    extract::{MatchedPath, Request},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use location::{CivicAddress, Rule, Status};
use tracing::error;

use crate::{http::Refusal, random, telephony};

/// Answers, whatever happens behind.
pub(in crate::routes) async fn answer(request: Request, next: Next) -> Response {
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        // What a panic says may hold anything; where it was, says the hook of `crate::trace`.
        Err(_) => {
            error!(
                alarm = true,
                "a request made the server panic; a telephony platform was answered with nothing known"
            );
            metrics::counter!("whereabouts_panics_total").increment(1);
            metrics::counter!("whereabouts_telephony_last_resorts_total").increment(1);
            nothing_known(path.as_deref().unwrap_or_default())
        }
    }
}

fn nothing_known(path: &str) -> Response {
    match path {
        paths::TELEPHONY_CALLS => (StatusCode::CREATED, Json(call())).into_response(),
        paths::TELEPHONY_AMAZON_CONNECT => {
            let answer = telephony::amazon_connect(&call(), false);
            (StatusCode::CREATED, Json(answer)).into_response()
        }
        paths::TELEPHONY_CALLS_END | paths::TELEPHONY_CALL_END | paths::TELEPHONY_CALLBACKS_END => {
            StatusCode::NO_CONTENT.into_response()
        }
        paths::TELEPHONY_LOCATION => Json(telephony::unknown_location()).into_response(),
        paths::TELEPHONY_CALLBACKS | paths::TELEPHONY_CALLBACK => Json(CallbackDecision {
            decision: CallbackTarget::Unknown,
            agent: None,
            contact: None,
            priority: CallbackPriority::Highest,
            bypass: Vec::new(),
            until: None,
        })
        .into_response(),
        _ => Refusal::unavailable().into_response(),
    }
}

fn call() -> Answer {
    Answer {
        call_id: random::id("call"),
        agent: None,
        test: false,
        location_status: Status::Unknown,
        verdict: None,
        civic_address: CivicAddress::new(),
        civic_address_json: None,
        lines: Vec::new(),
        rule: Rule::None,
        degraded: true,
        callback_number: None,
        callback_until: None,
        callback_until_final: false,
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware, routing::post};

    use super::*;
    use crate::testing::{Ask, ask_routes};

    #[tokio::test]
    async fn a_bug_costs_no_platform_its_answer() {
        for (path, status) in [
            (paths::TELEPHONY_CALLS, 201),
            (paths::TELEPHONY_AMAZON_CONNECT, 201),
            (paths::TELEPHONY_CALLS_END, 204),
            (paths::TELEPHONY_CALLBACKS, 200),
            (paths::TELEPHONY_LOCATION, 200),
        ] {
            let routes = Router::new()
                .route(
                    path,
                    post(|| async {
                        if std::hint::black_box(true) {
                            panic!("a bug");
                        }
                    }),
                )
                .layer(middleware::from_fn(answer));
            let asked = path.replace("{agent}", "maria.chen");
            let answered = ask_routes(routes, Ask::post(&asked)).await;
            assert_eq!(answered.status, status, "{path}");
            if status == 201 {
                assert_eq!(answered.good()["location_status"], "unknown");
            }
        }
    }
}
