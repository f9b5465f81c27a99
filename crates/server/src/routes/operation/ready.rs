use std::time::Duration;

use api::paths;
use axum::extract::State;
use tokio::time::timeout;

use crate::{
    http::{App, Refusal},
    store::StoreError,
};

/// How long the store may take to read and to commit something small.
const WITHIN: Duration = Duration::from_secs(1);

/// Whether everything works: the store can be read, and a change to it is durable.
///
/// 503 means that agents cannot confirm. It does not mean that calls go unanswered: telephony paths
/// answer from the last-known copy all the same.
#[utoipa::path(
    get,
    path = paths::READYZ,
    operation_id = "ready",
    tag = "operation",
    responses((status = 200, description = "It can.", body = String, content_type = "text/plain")),
)]
pub(in crate::routes) async fn answer(State(app): State<App>) -> Result<&'static str, Refusal> {
    let works = async {
        app.store.ping().await?;
        app.store.ping_write().await?;
        app.store.has_room().await
    };
    match timeout(WITHIN, works).await {
        Ok(worked) => worked?,
        Err(_) => return Err(StoreError::Busy.into()),
    }
    Ok("ready\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Ask, TestServer};

    #[tokio::test]
    async fn a_store_that_is_closed_is_not_ready_and_the_process_lives() {
        let server = TestServer::start().await;
        assert_eq!(server.ask(Ask::get(paths::READYZ)).await.text, "ready\n");
        server.app.store.close().await;
        let answer = server.ask(Ask::get(paths::READYZ)).await;
        assert_eq!(answer.refused(), "503 unavailable");
        assert_eq!(answer.headers["retry-after"], "2");
        assert_eq!(server.ask(Ask::get(paths::HEALTHZ)).await.text, "ok\n");
    }
}
