//! What was known at a moment.

use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

use super::{
    StoreError,
    rows::readable,
    words::{from_ms, from_word, parse, to_ms},
};
use crate::{
    record::Kind,
    store::{KnownAt, SaidAt},
};

const TABLE: &str = "standing_history";
const CORRUPT: StoreError = StoreError::Corrupt { table: TABLE };

#[derive(sqlx::FromRow)]
struct Columns {
    username: String,
    team: String,
    default_site: Option<String>,
    version: Option<i64>,
    kind: Option<String>,
    at: Option<i64>,
    received_at: Option<i64>,
    class: Option<String>,
    seat_id: Option<String>,
    site_id: Option<String>,
    verdict: Option<String>,
    checked_by: Option<String>,
}

pub(super) async fn read(
    connection: &mut SqliteConnection,
    at: Timestamp,
) -> Result<Vec<KnownAt>, StoreError> {
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT a.username, a.team, a.default_site, h.version, h.kind, h.at, h.received_at, \
         h.class, h.seat_id, s.site_id, h.verdict, h.checked_by FROM agent a \
         LEFT JOIN standing_history h ON h.agent_id = a.agent_id AND h.version = \
         (SELECT version FROM standing_history WHERE agent_id = a.agent_id AND received_at <= $1 \
         ORDER BY version DESC LIMIT 1) \
         LEFT JOIN seat s ON s.seat_id = h.seat_id ORDER BY a.username",
    )
    .bind(to_ms(at))
    .fetch_all(connection)
    .await?;
    readable(rows.into_iter().map(Columns::into_known))
}

impl Columns {
    fn into_known(mut self) -> Result<KnownAt, StoreError> {
        let default_site = self.default_site.take();
        Ok(KnownAt {
            username: std::mem::take(&mut self.username),
            team: std::mem::take(&mut self.team),
            default_site: default_site.map(|site| parse("agent", &site)).transpose()?,
            said: match self.version {
                Some(version) => Some(self.into_said(version.unsigned_abs())?),
                None => None,
            },
        })
    }

    fn into_said(self, version: u64) -> Result<SaidAt, StoreError> {
        let seat = match self.seat_id.zip(self.site_id) {
            Some((seat, site)) => Some((parse(TABLE, &seat)?, parse(TABLE, &site)?)),
            None => None,
        };
        let class = self.class.as_deref();
        Ok(SaidAt {
            version,
            kind: match self.kind.as_deref() {
                Some("declared") => Kind::Confirmed,
                Some("declined") => Kind::Declined,
                Some("ended") => Kind::ShiftEnded,
                _ => return Err(CORRUPT),
            },
            at: from_ms(TABLE, self.at.ok_or(CORRUPT)?)?,
            received_at: from_ms(TABLE, self.received_at.ok_or(CORRUPT)?)?,
            class: class.map(|class| from_word(TABLE, class)).transpose()?,
            seat,
            verdict: from_word(TABLE, self.verdict.as_deref().ok_or(CORRUPT)?)?,
            checked_by: self.checked_by,
        })
    }
}
