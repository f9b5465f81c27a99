use emergency::UsNumber;
use location::{Country, SiteId};

use super::super::{StoreError, Tx};
use crate::store::{NumberRecord, RowOutcome};

#[derive(sqlx::FromRow)]
struct Columns {
    site_id: Option<String>,
    platform: String,
    country: String,
}

/// Takes one number of the pool. Its site's country is where it can be lent.
pub(super) async fn import(
    tx: &mut Tx<'_>,
    record: &NumberRecord,
    sample: bool,
) -> Result<RowOutcome, StoreError> {
    let mut country = record.country;
    if let Some(site) = &record.site {
        let found: Option<String> =
            sqlx::query_scalar("SELECT country FROM site WHERE site_id = $1")
                .bind(site.as_str())
                .fetch_optional(&mut *tx.connection)
                .await?;
        match found {
            Some(code) => country = super::super::words::parse("site", &code)?,
            None => return Ok(super::unknown_site("site_id", site.as_str())),
        }
    }
    if matches!(country, Country::Pr | Country::Us)
        && let Err(error) = UsNumber::valid(&record.number, sample)
    {
        return Ok(RowOutcome::Refused {
            column: "number",
            reason: format!("it cannot be shown to a 911 centre: {error}"),
        });
    }
    let known: Option<Columns> =
        sqlx::query_as("SELECT site_id, platform, country FROM number WHERE number = $1")
            .bind(record.number.as_str())
            .fetch_optional(&mut *tx.connection)
            .await?;
    let site = record.site.as_ref().map(SiteId::as_str);
    let before = known.map(|known| {
        known.site_id.as_deref() == site
            && known.platform == record.platform
            && known.country == country.as_str()
    });
    if before != Some(true) {
        sqlx::query(
            "INSERT INTO number (number, site_id, platform, country) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (number) DO UPDATE SET site_id = $2, platform = $3, country = $4",
        )
        .bind(record.number.as_str())
        .bind(site)
        .bind(&record.platform)
        .bind(country.as_str())
        .execute(&mut *tx.connection)
        .await?;
    }
    Ok(super::outcome(before))
}
