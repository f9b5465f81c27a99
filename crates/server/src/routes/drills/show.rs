use api::{
    drill::{self, DrillReport},
    error::ErrorBody,
    paths,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::header,
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::{
    http::{App, Operator, Refusal, Segment},
    store::DrillId,
    view,
};

/// How it is written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Written {
    /// `json` when absent.
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
    Csv,
    Json,
}

/// How a drill went: for each agent how long answer, banner, notice and acknowledgement took.
#[utoipa::path(
    get,
    path = paths::DRILL,
    operation_id = "drill",
    tag = "supervisor",
    security(("bearer" = []), ("desk" = [])),
    params(("id" = String, Path, description = "Its `drill_id`."), Written),
    responses(
        (status = 200, description = "The report, as far as the drill has come; with `format=csv` as text/csv.", body = DrillReport),
        (status = 404, description = "`not_found`: there is no such drill.", body = ErrorBody),
    ),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    _: Operator,
    Segment(id): Segment,
    written: Result<Query<Written>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Query(written) = written?;
    let kept = app.store.drill(&DrillId::from_stored(id)).await?;
    let kept = kept.ok_or_else(|| Refusal::not_found("There is no such drill."))?;
    let report = view::drill(kept);
    match written.format {
        Some(Format::Csv) => {
            let table = view::drill_csv(&report).map_err(|_| Refusal::unavailable())?;
            let name = drill::table_name(report.started_at);
            let name = format!("attachment; filename=\"{name}\"");
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            Ok((headers, table).into_response())
        }
        Some(Format::Json) | None => Ok(Json(report).into_response()),
    }
}
