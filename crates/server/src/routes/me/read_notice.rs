use api::{
    break_glass::{AcknowledgeNotice, NoticeAcknowledged, NoticeVersion},
    error::ErrorBody,
    paths,
};
use axum::{Json, extract::State};

use crate::{
    http::{App, Refusal, SignedIn, Strict},
    routes::text::written,
    store::ReadNotice,
};

/// The most characters of a notice's name and of its version.
const NAME_LIMIT: usize = 100;
/// The most characters of a language (RFC 5646 section 4.4.1 expects 35 to do).
const LOCALE_LIMIT: usize = 35;

/// "I have read this." The first time stands, also in another language later. It is kept in the compliance
/// record; a notice that is shown until it was read is shown no more.
#[utoipa::path(
    post,
    path = paths::ME_ACKNOWLEDGEMENTS,
    operation_id = "acknowledge_notice",
    tag = "agent",
    security(("bearer" = [])),
    request_body = AcknowledgeNotice,
    responses(
        (status = 200, description = "What was read first, and when.", body = NoticeAcknowledged),
        (status = 422, description = "`not_acceptable`: one of the texts.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    Strict(asked): Strict<AcknowledgeNotice>,
) -> Result<Json<NoticeAcknowledged>, Refusal> {
    let version = match asked.version {
        NoticeVersion::Number(number) => number.to_string(),
        NoticeVersion::Text(text) => text,
    };
    let locale = written("locale", &asked.locale, LOCALE_LIMIT)?;
    let is_language = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !locale.chars().all(is_language) {
        return Err(Refusal::not_acceptable(
            "locale names no language; write it as en or fr-CA.",
            Vec::new(),
        ));
    }
    let read = ReadNotice {
        agent: signed_in.agent.clone(),
        notice: written("notice", &asked.notice, NAME_LIMIT)?,
        version: written("version", &version, NAME_LIMIT)?,
        locale,
        at: app.clock.now(),
    };
    let first = app.store.read_notice(read).await?;
    let first = first.ok_or_else(|| {
        Refusal::not_acceptable("You have read more notices than there can be.", Vec::new())
    })?;
    Ok(Json(NoticeAcknowledged {
        notice: first.notice,
        version: first.version,
        locale: first.locale,
        at: first.at,
    }))
}
