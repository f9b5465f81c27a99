use api::paths;
use axum::{extract::State, http::header, response::IntoResponse};

use crate::http::{App, Monitor};

/// What was counted, as Prometheus text.
#[utoipa::path(
    get,
    path = paths::METRICS,
    operation_id = "metrics",
    tag = "operation",
    security(("bearer" = []), ("basic" = [])),
    responses((status = 200, description = "Prometheus text.", body = String, content_type = "text/plain")),
)]
pub(super) async fn answer(State(app): State<App>, _: Monitor) -> impl IntoResponse {
    let (agents, streams) = app.hub.connections();
    gauge("whereabouts_agents_connected", agents);
    gauge("whereabouts_streams", streams);
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        app.metrics.render(),
    )
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^53 desktops")]
fn gauge(name: &'static str, value: usize) {
    metrics::gauge!(name).set(value as f64);
}
