use api::paths;

/// Whether the process lives.
///
/// Telephony is answered for as long as it does, whatever else is broken: this, not `/readyz`, is
/// what decides whether calls are sent here.
#[utoipa::path(
    get,
    path = paths::HEALTHZ,
    operation_id = "health",
    tag = "operation",
    responses((status = 200, description = "It lives.", body = String, content_type = "text/plain")),
)]
pub(in crate::routes) async fn answer() -> &'static str {
    "ok\n"
}
