use api::{paths, site::Seats};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    http::{App, Refusal, SignedIn},
    view,
};

/// The most seats that are found.
const LIMIT: u32 = 50;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::routes) struct SeatQuery {
    /// Words from the label, the floor, the room or the site's name.
    #[serde(default)]
    query: String,
}

/// Seats that match, the best match first.
#[utoipa::path(
    get,
    path = paths::SEATS,
    operation_id = "seats",
    tag = "agent",
    security(("bearer" = [])),
    params(SeatQuery),
    responses((status = 200, description = "At most 50.", body = Seats)),
)]
pub(in crate::routes) async fn answer(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<SeatQuery>, QueryRejection>,
) -> Result<Json<Seats>, Refusal> {
    let Query(SeatQuery { query }) = query?;
    let found = app.store.find_seats(&query, LIMIT).await?;
    let ids: Vec<_> = found.iter().map(|found| found.seat.id.clone()).collect();
    let taken = super::taken(&app, &signed_in, &ids).await?;
    let seats = found
        .iter()
        .map(|found| view::seat_summary(&found.seat, &found.site.name, &taken))
        .collect();
    Ok(Json(Seats { seats }))
}
