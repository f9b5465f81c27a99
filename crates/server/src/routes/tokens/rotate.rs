use api::{
    error::{ErrorBody, ErrorCode},
    paths,
    token::{RotateTokens, Tokens},
};
use axum::{Json, extract::State};

use super::Pair;
use crate::{
    http::{App, Caller, Refusal, Strict},
    secret::SecretHash,
    store::Rotation,
};

/// Buys the next pair of tokens.
///
/// A refresh token works once. One that is used again revokes every token of its device, except the
/// one just before the newest within ten minutes: its answer may have been lost.
#[utoipa::path(
    post,
    path = paths::TOKENS,
    operation_id = "rotate_tokens",
    tag = "agent",
    request_body = RotateTokens,
    responses(
        (status = 200, description = "The next pair.", body = Tokens),
        (status = 401, description = "`unauthenticated`: no such token. `token_revoked`: enrol again.", body = ErrorBody),
        (status = 429, description = "`rate_limited`", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    from: Caller,
    Strict(request): Strict<RotateTokens>,
) -> Result<Json<Tokens>, Refusal> {
    let now = app.clock.now();
    let pair = Pair::random();
    let token = SecretHash::of(&request.refresh_token);
    let error = match app.store.rotate(token, pair.kept(now), now).await? {
        Rotation::Rotated { .. } => return Ok(Json(pair.handed_out())),
        Rotation::Revoked => RouteError::Revoked,
        Rotation::Unknown => RouteError::Unknown,
    };
    // Nobody guesses 256 bits, so a token that works is never kept waiting for others' failures: a
    // desktop that lost its stream to that would miss an emergency.
    app.tries.open(&from)?;
    app.tries.failed(&from);
    Err(error.into())
}

/// Why no pair is given.
#[derive(Clone, Copy, Debug)]
enum RouteError {
    Revoked,
    Unknown,
}

impl From<RouteError> for Refusal {
    fn from(error: RouteError) -> Self {
        match error {
            RouteError::Revoked => Self::new(
                ErrorCode::TokenRevoked,
                "This device was signed out; sign in again with a new code.",
            ),
            RouteError::Unknown => Self::unauthenticated(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{Answered, Ask, TestServer};

    async fn signed_in(server: &TestServer) -> Value {
        let code = server.code("maria.chen").await.expose();
        let body = json!({"code": code, "device_name": "Desk 5"});
        server
            .ask(Ask::post(paths::ENROLMENTS).json(body))
            .await
            .good()
    }

    async fn rotate(server: &TestServer, token: &Value) -> Answered {
        let body = json!({"refresh_token": token});
        server.ask(Ask::post(paths::TOKENS).json(body)).await
    }

    async fn me(server: &TestServer, token: &Value) -> Answered {
        let token = token.as_str().unwrap();
        server.ask(Ask::get(paths::ME).bearer(token)).await
    }

    #[tokio::test]
    async fn an_access_token_runs_out_and_the_next_pair_works() {
        let server = TestServer::start().await;
        let first = signed_in(&server).await;
        server.clock.advance(900);
        let late = me(&server, &first["access_token"]).await;
        assert_eq!(late.refused(), "401 token_expired");
        assert_eq!(late.headers["www-authenticate"], "Bearer");
        let next = rotate(&server, &first["refresh_token"]).await.good();
        assert!(me(&server, &next["access_token"]).await.status.is_success());
    }

    #[tokio::test]
    async fn a_lost_answer_is_not_theft_and_an_old_token_is() {
        let server = TestServer::start().await;
        let first = signed_in(&server).await;
        let _lost = rotate(&server, &first["refresh_token"]).await.good();
        server.clock.advance(60);
        let second = rotate(&server, &first["refresh_token"]).await.good();
        let third = rotate(&server, &second["refresh_token"]).await.good();
        let theft = rotate(&server, &first["refresh_token"]).await;
        assert_eq!(theft.refused(), "401 token_revoked");
        let after = me(&server, &third["access_token"]).await;
        assert_eq!(after.refused(), "401 token_revoked");
    }

    #[tokio::test]
    async fn signing_out_ends_it() {
        let server = TestServer::start().await;
        let tokens = signed_in(&server).await;
        let access = tokens["access_token"].as_str().unwrap();
        let out = server
            .ask(Ask::new("DELETE", paths::TOKENS).bearer(access))
            .await;
        assert_eq!(out.status, 204);
        assert_eq!(
            me(&server, &tokens["access_token"]).await.refused(),
            "401 token_revoked"
        );
        assert_eq!(
            rotate(&server, &tokens["refresh_token"]).await.refused(),
            "401 token_revoked"
        );
    }

    #[tokio::test]
    async fn nobodys_token_is_refused_and_counted_and_a_good_one_works_all_the_same() {
        let server = TestServer::start().await;
        let good = signed_in(&server).await;
        for _ in 0..11 {
            assert_eq!(
                rotate(&server, &json!("nobody")).await.refused(),
                "401 unauthenticated"
            );
        }
        assert_eq!(
            rotate(&server, &json!("nobody")).await.refused(),
            "429 rate_limited"
        );
        assert!(
            rotate(&server, &good["refresh_token"])
                .await
                .status
                .is_success()
        );
    }
}
