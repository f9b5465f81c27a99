use location::Seat;

use super::super::{StoreError, Tx};
use crate::store::{AgentId, FloorPlan, RowOutcome};

#[derive(sqlx::FromRow)]
struct Columns {
    site_id: String,
    floor: String,
    room: Option<String>,
    label: String,
    x: Option<f64>,
    y: Option<f64>,
}

/// Takes one seat, and makes its floor if it is not there. Whoever sits on it sees the change.
pub(super) async fn import(tx: &mut Tx<'_>, seat: &Seat) -> Result<RowOutcome, StoreError> {
    if !super::is_site(tx, seat.site.as_str()).await? {
        return Ok(super::unknown_site("site_id", seat.site.as_str()));
    }
    make_floor(tx, seat.site.as_str(), &seat.floor.0).await?;
    let known: Option<Columns> =
        sqlx::query_as("SELECT site_id, floor, room, label, x, y FROM seat WHERE seat_id = $1")
            .bind(seat.id.as_str())
            .fetch_optional(&mut *tx.connection)
            .await?;
    let before = known.map(|known| {
        known.site_id == seat.site.as_str()
            && known.floor == seat.floor.0
            && known.room == seat.room
            && known.label == seat.label
            && known.x.zip(known.y) == seat.position
    });
    if before != Some(true) {
        sqlx::query(
            "INSERT INTO seat (seat_id, site_id, floor, room, label, x, y) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (seat_id) DO UPDATE SET \
             site_id = $2, floor = $3, room = $4, label = $5, x = $6, y = $7",
        )
        .bind(seat.id.as_str())
        .bind(seat.site.as_str())
        .bind(&seat.floor.0)
        .bind(&seat.room)
        .bind(&seat.label)
        .bind(seat.position.map(|(x, _)| x))
        .bind(seat.position.map(|(_, y)| y))
        .execute(&mut *tx.connection)
        .await?;
    }
    if before == Some(false) {
        let told: Vec<(String, i64)> = sqlx::query_as(
            "UPDATE standing SET revision = revision + 1 WHERE seat_id = $1 \
             RETURNING agent_id, revision",
        )
        .bind(seat.id.as_str())
        .fetch_all(&mut *tx.connection)
        .await?;
        for (agent, revision) in told {
            tx.touched(AgentId::from_stored(agent), revision);
        }
    }
    Ok(super::outcome(before))
}

/// Takes the plan of one floor, and makes the floor if it is not there.
pub(super) async fn import_plan(
    tx: &mut Tx<'_>,
    plan: &FloorPlan,
) -> Result<RowOutcome, StoreError> {
    if !super::is_site(tx, plan.site.as_str()).await? {
        return Ok(super::unknown_site("site_id", plan.site.as_str()));
    }
    let known: Option<Option<String>> =
        sqlx::query_scalar("SELECT plan_svg FROM floor WHERE site_id = $1 AND floor = $2")
            .bind(plan.site.as_str())
            .bind(&plan.floor.0)
            .fetch_optional(&mut *tx.connection)
            .await?;
    let before = known.map(|svg| svg.as_deref() == Some(plan.plan_svg.as_str()));
    if before != Some(true) {
        make_floor(tx, plan.site.as_str(), &plan.floor.0).await?;
        sqlx::query("UPDATE floor SET plan_svg = $3 WHERE site_id = $1 AND floor = $2")
            .bind(plan.site.as_str())
            .bind(&plan.floor.0)
            .bind(&plan.plan_svg)
            .execute(&mut *tx.connection)
            .await?;
    }
    Ok(super::outcome(before))
}

async fn make_floor(tx: &mut Tx<'_>, site: &str, floor: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO floor (site_id, floor) VALUES ($1, $2) ON CONFLICT (site_id, floor) DO NOTHING",
    )
    .bind(site)
    .bind(floor)
    .execute(&mut *tx.connection)
    .await?;
    Ok(())
}
