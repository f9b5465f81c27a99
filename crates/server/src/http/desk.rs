use api::{desk::CSRF_HEADER, error::ErrorCode};
use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use jiff::Timestamp;

use super::{App, Refusal, SignedIn, Watcher, caller::Credential};
use crate::{browser::DeskCookie, secret::SecretHash, store::DeskSession};

/// Somebody at the security desk's page, by its cookie alone.
#[derive(Debug)]
pub struct AtDesk {
    /// Who.
    pub watcher: Watcher,
    /// The cookie.
    pub cookie: DeskCookie,
}

impl FromRequestParts<App> for AtDesk {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let (signed_in, cookie) = by_cookie(parts, app).await?;
        let watcher = Watcher::of(signed_in, app).await?;
        Ok(Self { watcher, cookie })
    }
}

/// Who is signed in on the page that sent this request. What changes something must come from the page
/// itself, and with its token.
pub(super) async fn by_cookie(parts: &Parts, app: &App) -> Result<(SignedIn, DeskCookie), Refusal> {
    let cookie = app
        .browsers
        .cookie(&parts.headers)
        .ok_or_else(Refusal::unauthenticated)?;
    may_ask(parts, app, &cookie)?;
    let now = app.clock.now();
    let session = app.store.desk_session(cookie.hash()).await?;
    let session = session.ok_or_else(Refusal::unauthenticated)?;
    if session.revoked {
        return Err(Refusal::new(
            ErrorCode::TokenRevoked,
            "This page was signed out; sign in again with a new code.",
        ));
    }
    if session.ends_at() <= now && !outlives_its_end(&session, app, now).await? {
        return Err(Refusal::new(
            ErrorCode::TokenExpired,
            "The sign-in of this page has run out; sign in again with a new code.",
        ));
    }
    let signed_in = SignedIn {
        until: session.latest_end(),
        agent: session.agent.clone(),
        family: session.family.clone(),
        credential: Credential::Desk(cookie.hash()),
    };
    note(app, &session, cookie.hash(), now);
    Ok((signed_in, cookie))
}

/// Whether a stream may go on that a page opened with this cookie. An open page is a page in use. When it
/// cannot be told, it may.
pub(super) async fn may_stay(cookie: SecretHash, app: &App) -> bool {
    let now = app.clock.now();
    match app.store.desk_session(cookie).await {
        Ok(Some(session)) => {
            note(app, &session, cookie, now);
            !session.revoked && now < session.latest_end()
        }
        Ok(None) => false,
        Err(_) => true,
    }
}

/// Refuses what another site made the browser send.
fn may_ask(parts: &Parts, app: &App, cookie: &DeskCookie) -> Result<(), Refusal> {
    let reads = [Method::GET, Method::HEAD].contains(&parts.method);
    let fine = if reads {
        // Browsers that do not say it send no cookie of ours from another site either (SameSite).
        let site = parts.headers.get("sec-fetch-site");
        site.is_none_or(|site| site == "same-origin" || site == "none")
    } else {
        let token = parts.headers.get(CSRF_HEADER);
        app.browsers.is_from_the_page(&parts.headers)
            && token.is_some_and(|token| cookie.is_answered_by(token.as_bytes()))
    };
    if fine { Ok(()) } else { Err(foreign()) }
}

/// The refusal of what does not come from the page.
pub(crate) fn foreign() -> Refusal {
    Refusal::new(
        ErrorCode::Forbidden,
        "This was not sent by the page of this server. Load the page again; behind a proxy, \
         server.public_url has to be the address people open.",
    )
}

/// Whether an emergency is open that was when the sign-in ended: nobody is locked out of it half way.
async fn outlives_its_end(
    session: &DeskSession,
    app: &App,
    now: Timestamp,
) -> Result<bool, Refusal> {
    let ended = session.ends_at();
    let calls = app.calls(now).await?;
    Ok(calls
        .iter()
        .any(|call| call.state.is_open() && call.started_at().is_some_and(|at| at < ended)))
}

/// Notes now and then that the page is in use. Nobody waits for it.
fn note(app: &App, session: &DeskSession, cookie: SecretHash, now: Timestamp) {
    if session.ends_at() > now && session.is_to_be_noted(now) {
        let app = app.clone();
        tokio::spawn(async move { app.store.note_desk(cookie, now).await });
    }
}
