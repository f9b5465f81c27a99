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
pub(in crate::routes) async fn answer(State(app): State<App>, _: Monitor) -> impl IntoResponse {
    let (agents, streams) = app.hub.connections();
    gauge("whereabouts_agents_connected", agents);
    gauge("whereabouts_streams", streams);
    gauge("whereabouts_journal_calls", app.telephony.waiting());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::KeyRole,
        testing::{Ask, TestServer},
    };

    #[tokio::test]
    async fn only_a_key_for_it_reads_the_metrics() {
        let server = TestServer::start().await;
        let key = server.key("grafana", KeyRole::Metrics).await;
        let answer = server.ask(Ask::get(paths::METRICS).bearer(&key)).await;
        assert_eq!(answer.status, 200);
        assert!(
            answer.text.contains("whereabouts_agents_connected"),
            "{}",
            answer.text
        );
        let other = server.key("connect", KeyRole::Telephony).await;
        let agent = server.sign_in("maria.chen").await;
        for (token, expected) in [
            (other.as_str(), "403 forbidden"),
            (agent.as_str(), "403 forbidden"),
            ("nobody", "401 unauthenticated"),
        ] {
            let answer = server.ask(Ask::get(paths::METRICS).bearer(token)).await;
            assert_eq!(answer.refused(), expected);
        }
        assert_eq!(
            server.ask(Ask::get(paths::METRICS)).await.refused(),
            "401 unauthenticated"
        );
    }
}
