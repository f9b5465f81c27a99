use api::{
    desk::{DeskSession, OpenDesk},
    error::ErrorBody,
    paths,
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};

use crate::{
    browser::DeskCookie,
    http::{App, AtDesk, Caller, Refusal, Strict, Watcher, foreign},
    routes::enrolments::{RouteError, proven},
    secret::Token,
    store::{Agent, DESK_LONGEST, NewDeskSession, Redeemed},
    view,
};

/// What the sign-in is called among the person's devices.
const NAME: &str = "the security desk's page";

/// Signs the page in with a one-time code, for supervisors, the security desk and administrators.
#[utoipa::path(
    post,
    path = paths::DESK_SESSION,
    operation_id = "open_desk",
    tag = "desk",
    request_body = OpenDesk,
    responses(
        (status = 201, description = "The page is signed in; the cookie comes along.", body = DeskSession),
        (status = 401, description = "`code_unknown`, `code_expired` or `code_used`", body = ErrorBody),
        (status = 403, description = "`forbidden`: it does not come from the page, or the person watches over nobody. The code stays good.", body = ErrorBody),
        (status = 429, description = "`rate_limited`", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn open(
    State(app): State<App>,
    from: Caller,
    headers: HeaderMap,
    Strict(request): Strict<OpenDesk>,
) -> Result<impl IntoResponse, Refusal> {
    if !app.browsers.is_from_the_page(&headers) {
        return Err(foreign());
    }
    let _turn = app.tries.enter(&from).await?;
    let (code, agent) = match proven(&app, &request.code).await? {
        Ok(proven) => proven,
        Err(error) => {
            app.tries.failed(&from);
            return Err(error.into());
        }
    };
    let agent = app.store.agent(&agent).await?.ok_or(RouteError::Unknown)?;
    if !Watcher::may_be(agent.role) {
        return Err(Refusal::forbidden());
    }
    let (token, now) = (Token::random(), app.clock.now());
    let session = NewDeskSession {
        lookup: code.lookup().to_owned(),
        name: NAME.to_owned(),
        hash: token.hash(),
        at: now,
    };
    match app.store.open_desk(session).await? {
        Redeemed::Expired => return Err(RouteError::Expired.into()),
        Redeemed::SignedIn { .. } => {}
        Redeemed::Unknown => return Err(RouteError::Unknown.into()),
        Redeemed::Used => return Err(RouteError::Used.into()),
    }
    let shown = DeskSession {
        agent: view::agent(&agent),
        csrf_token: DeskCookie::of(&token).csrf_token(),
        ends_at: now + DESK_LONGEST,
        now,
    };
    let cookie = app.browsers.keep(&token, &headers);
    Ok((StatusCode::CREATED, with(cookie), Json(shown)))
}

/// Who is signed in on the page, and the token for its changes.
#[utoipa::path(
    get,
    path = paths::DESK_SESSION,
    operation_id = "desk_session",
    tag = "desk",
    security(("desk" = [])),
    responses((status = 200, description = "Somebody is.", body = DeskSession)),
)]
pub(in crate::routes) async fn show(
    State(app): State<App>,
    AtDesk { watcher, cookie }: AtDesk,
) -> Json<DeskSession> {
    let agent: &Agent = &watcher.agent;
    Json(DeskSession {
        agent: view::agent(agent),
        csrf_token: cookie.csrf_token(),
        ends_at: watcher.signed_in.until,
        now: app.clock.now(),
    })
}

/// Signs the page out.
#[utoipa::path(
    delete,
    path = paths::DESK_SESSION,
    operation_id = "close_desk",
    tag = "desk",
    security(("desk" = [])),
    responses((status = 204, description = "Signed out; the browser forgets the cookie.")),
)]
pub(in crate::routes) async fn close(
    State(app): State<App>,
    AtDesk { watcher, .. }: AtDesk,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Refusal> {
    let now = app.clock.now();
    app.store.sign_out(&watcher.signed_in.family, now).await?;
    // Other tabs with this cookie look again, find it revoked, and end.
    app.hub.wake(&watcher.signed_in.agent);
    Ok((StatusCode::NO_CONTENT, with(app.browsers.forget(&headers))))
}

fn with(cookie: Option<HeaderValue>) -> AppendHeaders<Option<(header::HeaderName, HeaderValue)>> {
    AppendHeaders(cookie.map(|cookie| (header::SET_COOKIE, cookie)))
}
