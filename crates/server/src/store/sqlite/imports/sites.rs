use emergency::E164;

use super::super::{StoreError, Tx, rows::SiteColumns, words::to_json};
use crate::store::{AgentId, RowOutcome, SiteRecord, SiteRow};

/// Takes one site. Agents who are told something else because of it see it at once.
pub(super) async fn import(tx: &mut Tx<'_>, record: &SiteRecord) -> Result<RowOutcome, StoreError> {
    let known = sqlx::query_as::<_, SiteColumns>(
        "SELECT site_id, name, country, civic_address, time_zone, fallback_number \
         FROM site WHERE site_id = $1",
    )
    .bind(record.site.id.as_str())
    .fetch_optional(&mut *tx.connection)
    .await?
    .map(SiteColumns::into_site)
    .transpose()?;
    let wanted = SiteRow {
        site: record.site.clone(),
        country: record.country,
        time_zone: record.time_zone.clone(),
        fallback_number: record.fallback_number.clone(),
    };
    let before = known.map(|known| known == wanted);
    if before != Some(true) {
        sqlx::query(
            "INSERT INTO site (site_id, name, country, civic_address, time_zone, fallback_number) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (site_id) DO UPDATE SET name = $2, \
             country = $3, civic_address = $4, time_zone = $5, fallback_number = $6",
        )
        .bind(record.site.id.as_str())
        .bind(&record.site.name)
        .bind(record.country.as_str())
        .bind(to_json(&record.site.civic_address))
        .bind(&record.time_zone)
        .bind(record.fallback_number.as_ref().map(E164::as_str))
        .execute(&mut *tx.connection)
        .await?;
    }
    if before == Some(false) {
        let told: Vec<(String, i64)> = sqlx::query_as(
            "UPDATE standing SET revision = revision + 1 WHERE agent_id IN \
             (SELECT agent_id FROM agent WHERE default_site = $1) OR seat_id IN \
             (SELECT seat_id FROM seat WHERE site_id = $1) RETURNING agent_id, revision",
        )
        .bind(record.site.id.as_str())
        .fetch_all(&mut *tx.connection)
        .await?;
        for (agent, revision) in told {
            tx.touched(AgentId::from_stored(agent), revision);
        }
    }
    Ok(super::outcome(before))
}
