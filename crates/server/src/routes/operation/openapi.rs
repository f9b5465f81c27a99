use api::paths;
use axum::{http::header, response::IntoResponse};
use utoipa::openapi::{
    Content, OpenApi, Ref, RefOr, Response, ResponseBuilder,
    path::{Operation, PathItem},
};

/// The document that describes every path and every schema, as pretty JSON with a final line feed.
#[must_use]
pub fn document() -> String {
    let document = crate::routes::all().1;
    let mut text = serde_json::to_string_pretty(&document).expect("a document is JSON");
    text.push('\n');
    text
}

/// This document.
#[utoipa::path(
    get,
    path = paths::OPENAPI,
    operation_id = "openapi",
    tag = "operation",
    responses((status = 200, description = "OpenAPI 3.1.", body = Object, content_type = "application/json")),
)]
pub(in crate::routes) async fn answer() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], document())
}

/// Adds to every operation the refusals that the layers and extractors around it give.
pub(in crate::routes) fn complete(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        let telephony = path.starts_with("/v1/telephony/");
        let asks_no_store = [paths::HEALTHZ, paths::OPENAPI].contains(&path.as_str());
        for operation in operations(item) {
            let mut refusals = Vec::new();
            if operation.security.is_some() {
                refusals.push(("401", "No credentials, or none that work."));
                refusals.push(("403", "This role may not."));
            }
            if operation.request_body.is_some() {
                refusals.push(("400", "The body cannot be read."));
                refusals.push(("413", "The body is larger than 64 KiB."));
            }
            if !telephony && !asks_no_store {
                refusals.push(("503", "A fault here; try again as Retry-After says."));
            }
            for (status, description) in refusals {
                operation
                    .responses
                    .responses
                    .entry(status.to_owned())
                    .or_insert_with(|| refusal(description));
            }
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
    ]
    .into_iter()
    .filter_map(Option::as_mut)
}

fn refusal(description: &str) -> RefOr<Response> {
    let body = Content::new(Some(Ref::from_schema_name("ErrorBody")));
    ResponseBuilder::new()
        .description(description)
        .content("application/json", body)
        .build()
        .into()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The committed document is what this server answers and `whereabouts-server openapi` prints.
    /// After a change: `cargo run -p server -- openapi > docs/openapi.json`.
    #[test]
    fn the_committed_document_is_this_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(
            committed == document(),
            "docs/openapi.json has drifted; print it again and commit it"
        );
    }

    #[test]
    fn every_refusal_is_in_the_one_envelope() {
        let document: Value = serde_json::from_str(&document()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                for (status, response) in operation["responses"].as_object().unwrap() {
                    if status.starts_with('2') {
                        continue;
                    }
                    assert_eq!(
                        response["content"]["application/json"]["schema"]["$ref"],
                        "#/components/schemas/ErrorBody",
                        "{method} {path} {status}"
                    );
                    let telephony = path.starts_with("/v1/telephony/");
                    assert!(!(telephony && status.starts_with('5')), "{method} {path}");
                }
            }
        }
    }
}
