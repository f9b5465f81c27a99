use api::{notification::Notifications, paths};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{App, Operator, Refusal},
    telephony, view,
};

/// Which.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Which {
    /// Only those of this call, by the platform's name for it.
    call_id: Option<String>,
}

/// Who is told of emergency calls, and what became of it: also those that were given up.
#[utoipa::path(
    get,
    path = paths::NOTIFICATIONS,
    operation_id = "notifications",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    params(Which),
    responses((status = 200, description = "The newest first. For supervisors, the security desk, administrators and keys of role admin.", body = Notifications)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: Operator,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Notifications>, Refusal> {
    let Query(which) = which?;
    let call = which.call_id.map(|given| telephony::call_id(&given));
    let notices = app.store.notices(call.as_ref()).await?;
    Ok(Json(view::notifications(&notices)))
}
