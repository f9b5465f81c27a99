use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    browser::File,
    http::{App, OwnHeaders},
};

/// What the page may do: run what this server sent it, and talk to this server. Nothing inline, nothing
/// from anywhere else, in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types svelte-trusted-html";
/// A new version is asked for each time, and what did not change is not sent again.
const ASKED_FOR: HeaderValue = HeaderValue::from_static("no-cache");
/// The name of the file says its content.
const KEPT: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Said where there is no page to show.
const NOT_INSTALLED: &str = "The security desk's page is not installed on this server. \
    Its administrator makes it with `npm run build:desk -w ui` and names the folder in server.desk_dir.\n";

/// The folder without its slash, from which nothing on the page would be found.
pub(in crate::routes) async fn folder() -> Redirect {
    Redirect::permanent("/desk/")
}

/// The page.
pub(in crate::routes) async fn page(State(app): State<App>, headers: HeaderMap) -> Response {
    match app.browsers.files.at("") {
        Some(file) => sent(file, &headers),
        None => for_people((StatusCode::NOT_FOUND, NOT_INSTALLED)),
    }
}

/// What the page is made of.
pub(in crate::routes) async fn part(
    State(app): State<App>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    match app.browsers.files.at(&path) {
        Some(file) => sent(file, &headers),
        None => for_people((StatusCode::NOT_FOUND, "There is nothing at this address.\n")),
    }
}

fn sent(file: &File, asked: &HeaderMap) -> Response {
    let mut response = if is_known(file, asked) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let content_type = (header::CONTENT_TYPE, file.content_type.clone());
        ([content_type], file.bytes.clone()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, file.etag.clone());
    headers.insert(
        header::CACHE_CONTROL,
        if file.immutable { KEPT } else { ASKED_FOR },
    );
    for_people(response)
}

/// Whether the browser has it already.
fn is_known(file: &File, asked: &HeaderMap) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"));
    tags.any(|tag| tag == "*" || tag.as_bytes() == file.etag.as_bytes())
}

fn for_people(response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    response.extensions_mut().insert(OwnHeaders);
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(ASKED_FOR);
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
