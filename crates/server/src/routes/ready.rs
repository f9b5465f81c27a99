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
pub(super) async fn answer(State(app): State<App>) -> Result<&'static str, Refusal> {
    let works = async {
        app.store.ping().await?;
        app.store.ping_write().await
    };
    match timeout(WITHIN, works).await {
        Ok(worked) => worked?,
        Err(_) => return Err(StoreError::Busy.into()),
    }
    Ok("ready\n")
}
