use async_trait::async_trait;
use location::{Floor, SeatId, SiteId};
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError,
    rows::{SeatColumns, SiteColumns, readable, seat_columns},
};
use crate::store::{FloorSeats, SeatAtSite, SiteFloors, SiteRow, Sites, floor_order};

/// The most words of a query that are looked at.
const QUERY_WORDS: usize = 8;

macro_rules! select_seats {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            seat_columns!(),
            " FROM seat e JOIN site i ON i.site_id = e.site_id ",
            $rest
        )
    };
}

#[async_trait]
impl Sites for SqliteStore {
    async fn sites(&self) -> Result<Vec<SiteFloors>, StoreError> {
        let mut reader = self.reader().await?;
        let floors: Vec<(String, String)> = sqlx::query_as("SELECT site_id, floor FROM floor")
            .fetch_all(&mut *reader)
            .await?;
        let rows = all_sites(&mut reader).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let mut floors: Vec<Floor> = floors
                    .iter()
                    .filter(|(site, _)| site == row.site.id.as_str())
                    .map(|(_, floor)| Floor(floor.clone()))
                    .collect();
                floors.sort_by_cached_key(floor_order);
                SiteFloors { row, floors }
            })
            .collect())
    }

    async fn site(&self, site: &SiteId) -> Result<Option<SiteRow>, StoreError> {
        sqlx::query_as::<_, SiteColumns>(
            "SELECT site_id, name, country, civic_address, time_zone, fallback_number \
             FROM site WHERE site_id = $1",
        )
        .bind(site.as_str())
        .fetch_optional(&mut *self.reader().await?)
        .await?
        .map(SiteColumns::into_site)
        .transpose()
    }

    async fn floors(&self, site: &SiteId) -> Result<Vec<FloorSeats>, StoreError> {
        let mut reader = self.reader().await?;
        let plans: Vec<(String, Option<String>)> =
            sqlx::query_as("SELECT floor, plan_svg FROM floor WHERE site_id = $1")
                .bind(site.as_str())
                .fetch_all(&mut *reader)
                .await?;
        let mut floors: Vec<FloorSeats> = plans
            .into_iter()
            .map(|(floor, plan_svg)| FloorSeats {
                floor: Floor(floor),
                plan_svg,
                seats: Vec::new(),
            })
            .collect();
        floors.sort_by_cached_key(|row| floor_order(&row.floor));
        let seats = sqlx::query_as::<_, SeatColumns>(select_seats!(
            "WHERE e.site_id = $1 ORDER BY e.label, e.seat_id"
        ))
        .bind(site.as_str())
        .fetch_all(&mut *reader)
        .await?;
        for found in seats_at_sites(seats)? {
            if let Some(row) = floors.iter_mut().find(|row| row.floor == found.seat.floor) {
                row.seats.push(found.seat);
            }
        }
        Ok(floors)
    }

    async fn seat(&self, seat: &SeatId) -> Result<Option<SeatAtSite>, StoreError> {
        let found = sqlx::query_as::<_, SeatColumns>(select_seats!("WHERE e.seat_id = $1"))
            .bind(seat.as_str())
            .fetch_all(&mut *self.reader().await?)
            .await?;
        Ok(seats_at_sites(found)?.pop())
    }

    async fn find_seats(&self, query: &str, limit: u32) -> Result<Vec<SeatAtSite>, StoreError> {
        let words: Vec<String> = query
            .split_whitespace()
            .take(QUERY_WORDS)
            .map(str::to_lowercase)
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        // The longest plain word narrows the rows that are read; the rest is decided here, because
        // the database folds the case of ASCII letters only.
        let plain = words.iter().filter(|word| word.is_ascii());
        let narrow = plain.max_by_key(|word| word.len());
        let pattern = format!("%{}%", escaped(narrow.map_or("", String::as_str)));
        let rows = sqlx::query_as::<_, SeatColumns>(select_seats!(
            "WHERE LOWER(e.label || ' ' || e.seat_id || ' ' || COALESCE(e.room, '') || ' ' || \
             e.floor || ' ' || i.name) LIKE $1 ESCAPE '!' ORDER BY e.label, e.seat_id"
        ))
        .bind(pattern)
        .fetch_all(&mut *self.reader().await?)
        .await?;
        let mut found: Vec<(u8, SeatAtSite)> = seats_at_sites(rows)?
            .into_iter()
            .filter_map(|seat| Some((rank(&seat, &words)?, seat)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found.into_iter().map(|(_, seat)| seat).collect())
    }
}

/// Every site, by name.
pub(super) async fn all_sites(
    connection: &mut SqliteConnection,
) -> Result<Vec<SiteRow>, StoreError> {
    let rows = sqlx::query_as::<_, SiteColumns>(
        "SELECT site_id, name, country, civic_address, time_zone, fallback_number \
         FROM site ORDER BY name, site_id",
    )
    .fetch_all(connection)
    .await?;
    readable(rows.into_iter().map(SiteColumns::into_site))
}

fn seats_at_sites(rows: Vec<SeatColumns>) -> Result<Vec<SeatAtSite>, StoreError> {
    rows.into_iter()
        .filter_map(|row| row.into_seat().transpose())
        .map(|found| {
            found.map(|(seat, row)| SeatAtSite {
                seat,
                site: row.site,
            })
        })
        .collect()
}

/// How well a seat fits, 0 the best; `None` when a word is nowhere in it.
fn rank(found: &SeatAtSite, words: &[String]) -> Option<u8> {
    let seat = &found.seat;
    let label = seat.label.to_lowercase();
    let id = seat.id.as_str().to_lowercase();
    let text = format!(
        "{label} {id} {} {} {}",
        seat.room.as_deref().unwrap_or_default().to_lowercase(),
        seat.floor.0.to_lowercase(),
        found.site.name.to_lowercase()
    );
    if !words.iter().all(|word| text.contains(word.as_str())) {
        return None;
    }
    let whole = words.join(" ");
    Some(if label == whole || id == whole {
        0
    } else if label.split_whitespace().any(|part| part == whole) {
        1
    } else if label.starts_with(&whole) || id.starts_with(&whole) {
        2
    } else {
        3
    })
}

fn escaped(word: &str) -> String {
    word.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}
