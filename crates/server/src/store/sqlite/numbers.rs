use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError,
    rows::readable,
    words::{from_ms_opt, parse},
};
use crate::store::{NumberRow, Numbers};

const TABLE: &str = "number";

#[async_trait]
impl Numbers for SqliteStore {
    async fn numbers(&self) -> Result<Vec<NumberRow>, StoreError> {
        all_numbers(&mut *self.reader().await?).await
    }
}

#[derive(sqlx::FromRow)]
struct Columns {
    number: String,
    site_id: Option<String>,
    platform: String,
    country: String,
    idle_since: Option<i64>,
}

pub(super) async fn all_numbers(
    connection: &mut SqliteConnection,
) -> Result<Vec<NumberRow>, StoreError> {
    let rows = sqlx::query_as::<_, Columns>(
        "SELECT number, site_id, platform, country, idle_since FROM number ORDER BY number",
    )
    .fetch_all(connection)
    .await?;
    readable(rows.into_iter().map(|row| {
        Ok(NumberRow {
            number: parse(TABLE, &row.number)?,
            site: row.site_id.map(|site| parse(TABLE, &site)).transpose()?,
            platform: row.platform,
            country: parse(TABLE, &row.country)?,
            idle_since: from_ms_opt(TABLE, row.idle_since)?,
        })
    }))
}
