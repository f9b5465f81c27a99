use api::{
    enrolment::{EnrolDevice, EnrolledDevice},
    error::{ErrorBody, ErrorCode},
    paths,
};
use axum::{Json, extract::State, http::StatusCode};

use super::{text::written, tokens::Pair};
use crate::{
    http::{App, Caller, Refusal, Strict},
    secret::{EnrolmentCode, EnrolmentCodeError},
    store::{AgentId, NewDevice, Redeemed},
    view,
};

/// The longest name of a computer, in characters.
const NAME_LIMIT: usize = 100;

/// Signs a desktop in with a one-time code.
#[utoipa::path(
    post,
    path = paths::ENROLMENTS,
    operation_id = "enrol_device",
    tag = "agent",
    request_body = EnrolDevice,
    responses(
        (status = 201, description = "The desktop is signed in.", body = EnrolledDevice),
        (status = 401, description = "`code_unknown`, `code_expired` or `code_used`", body = ErrorBody),
        (status = 422, description = "`not_acceptable`: the computer's name.", body = ErrorBody),
        (status = 429, description = "`rate_limited`", body = ErrorBody),
    ),
)]
pub(super) async fn answer(
    State(app): State<App>,
    from: Caller,
    Strict(request): Strict<EnrolDevice>,
) -> Result<(StatusCode, Json<EnrolledDevice>), Refusal> {
    let name = written("device_name", &request.device_name, NAME_LIMIT)?;
    let _turn = app.tries.enter(&from).await?;
    let (code, _) = match proven(&app, &request.code).await? {
        Ok(proven) => proven,
        Err(error) => {
            app.tries.failed(&from);
            return Err(error.into());
        }
    };
    let now = app.clock.now();
    let pair = Pair::random();
    let device = NewDevice {
        lookup: code.lookup().to_owned(),
        name,
        tokens: pair.kept(now),
        at: now,
    };
    // Whoever gets here holds the code, so what became of it is theirs to know.
    let agent = match app.store.redeem(device).await? {
        Redeemed::Expired => return Err(RouteError::Expired.into()),
        Redeemed::SignedIn { agent, .. } => agent,
        Redeemed::Unknown => return Err(RouteError::Unknown.into()),
        Redeemed::Used => return Err(RouteError::Used.into()),
    };
    let agent = app.store.agent(&agent).await?.ok_or(RouteError::Unknown)?;
    let tokens = pair.handed_out();
    let enrolled = EnrolledDevice {
        agent: view::agent(&agent),
        access_token: tokens.access_token,
        expires_in: tokens.expires_in,
        refresh_token: tokens.refresh_token,
    };
    Ok((StatusCode::CREATED, Json(enrolled)))
}

/// Reads a code, checks that it is one that was handed out, and says for whom. Takes as long for one that
/// was not.
pub(super) async fn proven(
    app: &App,
    typed: &str,
) -> Result<Result<(EnrolmentCode, AgentId), RouteError>, Refusal> {
    let Ok(code) = typed.parse::<EnrolmentCode>() else {
        return Ok(Err(RouteError::Unknown));
    };
    let kept = app.store.code(code.lookup()).await?;
    let (hash, agent) = kept.map(|row| (row.hash, row.agent)).unzip();
    match (code.proves(hash).await, agent) {
        (Ok(true), Some(agent)) => Ok(Ok((code, agent))),
        (Ok(_) | Err(EnrolmentCodeError::Unreadable), _) => Ok(Err(RouteError::Unknown)),
        (Err(EnrolmentCodeError::Unavailable), _) => Err(Refusal::unavailable()),
    }
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug)]
pub(super) enum RouteError {
    Expired,
    Unknown,
    Used,
}

impl From<RouteError> for Refusal {
    fn from(error: RouteError) -> Self {
        match error {
            RouteError::Expired => Self::new(
                ErrorCode::CodeExpired,
                "This code has run out. Ask for a new one.",
            ),
            RouteError::Unknown => Self::new(
                ErrorCode::CodeUnknown,
                "There is no such code. Check it letter by letter, or ask for a new one.",
            ),
            RouteError::Used => Self::new(
                ErrorCode::CodeUsed,
                "This code was used before. Each works once; ask for a new one.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Answered, Ask, TestServer};

    async fn enrol(server: &TestServer, code: &str) -> Answered {
        let body = json!({"code": code, "device_name": "Desk 5"});
        server.ask(Ask::post(paths::ENROLMENTS).json(body)).await
    }

    #[tokio::test]
    async fn a_code_signs_one_desktop_in() {
        let server = TestServer::start().await;
        let code = server.code("maria.chen").await.expose();
        let answer = enrol(&server, &code.to_lowercase().replace('-', " ")).await;
        assert_eq!(answer.status, 201);
        let device = answer.good();
        assert_eq!(device["agent"]["username"], "maria.chen");
        assert_eq!(device["expires_in"], 900);
        let token = device["access_token"].as_str().unwrap();
        let me = server.ask(Ask::get(paths::ME).bearer(token)).await;
        assert_eq!(me.good()["agent"]["display_name"], "Maria Chen");
        assert_eq!(enrol(&server, &code).await.refused(), "401 code_used");
    }

    #[tokio::test]
    async fn a_code_runs_out() {
        let server = TestServer::start().await;
        let code = server.code("maria.chen").await.expose();
        server.clock.advance(15 * 60);
        assert_eq!(enrol(&server, &code).await.refused(), "401 code_expired");
    }

    #[tokio::test]
    async fn what_became_of_a_code_is_told_only_to_who_holds_it() {
        let server = TestServer::start().await;
        let code = server.code("maria.chen").await;
        let guess = format!("{}-0000-0000", code.lookup());
        for wrong in [
            guess.as_str(),
            "7QK2-M9XD-4TWA",
            "",
            "742 Evergreen Terrace",
        ] {
            assert_eq!(
                enrol(&server, wrong).await.refused(),
                "401 code_unknown",
                "{wrong}"
            );
        }
        assert_eq!(enrol(&server, &code.expose()).await.status, 201);
    }

    #[tokio::test]
    async fn guessing_is_slowed_down_and_signing_in_is_not() {
        let server = TestServer::start().await;
        for _ in 0..10 {
            assert_eq!(enrol(&server, "x").await.refused(), "401 code_unknown");
        }
        for _ in 0..3 {
            let code = server.code("maria.chen").await.expose();
            assert_eq!(enrol(&server, &code).await.status, 201);
        }
        assert_eq!(enrol(&server, "x").await.refused(), "401 code_unknown");
        let closed = enrol(&server, "x").await;
        assert_eq!(closed.refused(), "429 rate_limited");
        let wait: i64 = closed.headers["retry-after"]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        server.clock.advance(wait);
        assert_eq!(enrol(&server, "x").await.refused(), "401 code_unknown");
    }

    #[tokio::test]
    async fn a_computer_has_a_name() {
        let server = TestServer::start().await;
        for name in ["", " ", "a\0b", &"x".repeat(101)] {
            let body = json!({"code": "x", "device_name": name});
            let answer = server.ask(Ask::post(paths::ENROLMENTS).json(body)).await;
            assert_eq!(answer.refused(), "422 not_acceptable", "{name:?}");
        }
    }
}
