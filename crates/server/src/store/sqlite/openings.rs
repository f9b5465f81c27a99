//! Who opened whose address, and which notices an agent has read.

use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError, Tx, Write,
    words::{from_ms, to_json, to_ms},
};
use crate::{
    record::Kind,
    seal::{Binding, Keys},
    store::{
        ADDRESS_OPENED, AgentId, CallRef, OpenAddress, Opening, OpeningId, OpeningTold, Openings,
        READ_LIMIT, ReadNotice, record::Entry,
    },
};

const TABLE: &str = "address_opening";
/// How many an agent is told of at once.
const SHOWN: i64 = 20;

#[async_trait]
impl Openings for SqliteStore {
    async fn open_address(&self, open: OpenAddress) -> Result<(), StoreError> {
        self.write(open).await
    }

    async fn read_notice(&self, read: ReadNotice) -> Result<Option<ReadNotice>, StoreError> {
        self.write(read).await
    }
}

#[async_trait]
impl Write for OpenAddress {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let id = OpeningId::random();
        let told = OpeningTold {
            by_name: self.by_name.clone(),
            reason: self.reason.clone(),
        };
        let inserted = sqlx::query(
            "INSERT INTO address_opening (opening_id, agent_id, by_id, call_ref, at, content_sealed) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(self.agent.as_str())
        .bind(self.by.as_str())
        .bind(self.call.as_ref().map(CallRef::as_str))
        .bind(to_ms(self.at))
        .bind(tx.keys.seal(&binding(&id), to_json(&told).as_bytes()))
        .execute(&mut *tx.connection)
        .await?;
        if inserted.rows_affected() == 0 {
            return Ok(());
        }
        tx.touch(&self.agent).await?;
        let entry = Entry::new(Kind::BreakGlass, self.at)
            .of(&self.agent)
            .by(&self.by)
            .keyed("reason", self.reason.clone());
        let entry = match &self.call {
            Some(call) => entry.call(call),
            None => entry,
        };
        tx.record(entry).await;
        Ok(())
    }
}

#[async_trait]
impl Write for ReadNotice {
    type Output = Option<ReadNotice>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<ReadNotice>, StoreError> {
        let before: Option<(String, i64)> = sqlx::query_as(
            "SELECT locale, at FROM notice_acknowledgement \
             WHERE agent_id = $1 AND notice = $2 AND version = $3",
        )
        .bind(self.agent.as_str())
        .bind(&self.notice)
        .bind(&self.version)
        .fetch_optional(&mut *tx.connection)
        .await?;
        if let Some((locale, at)) = before {
            let at = from_ms("notice_acknowledgement", at)?;
            return Ok(Some(Self {
                locale,
                at,
                ..self.clone()
            }));
        }
        let count: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM notice_acknowledgement WHERE agent_id = $1")
                .bind(self.agent.as_str())
                .fetch_one(&mut *tx.connection)
                .await?;
        // An address may have been opened more often than that, and has to be acknowledged all the same.
        let opened = self.notice == ADDRESS_OPENED && self.see(tx).await?;
        if !opened && usize::try_from(count).is_ok_and(|count| count >= READ_LIMIT) {
            return Ok(None);
        }
        sqlx::query(
            "INSERT INTO notice_acknowledgement (agent_id, notice, version, locale, at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.agent.as_str())
        .bind(&self.notice)
        .bind(&self.version)
        .bind(&self.locale)
        .bind(to_ms(self.at))
        .execute(&mut *tx.connection)
        .await?;
        let entry = Entry::new(Kind::NoticeAcknowledged, self.at)
            .of(&self.agent)
            .word("notice", self.notice.clone())
            .keyed("version", self.version.clone());
        tx.record(entry).await;
        Ok(Some(self.clone()))
    }
}

impl ReadNotice {
    /// Takes the opening of an address off the agent's screen. `false` when there is no such opening of
    /// theirs.
    async fn see(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let seen = sqlx::query(
            "UPDATE address_opening SET seen_at = $3 \
             WHERE opening_id = $1 AND agent_id = $2 AND seen_at IS NULL",
        )
        .bind(&self.version)
        .bind(self.agent.as_str())
        .bind(to_ms(self.at))
        .execute(&mut *tx.connection)
        .await?
        .rows_affected()
            > 0;
        if seen {
            tx.touch(&self.agent).await?;
        }
        Ok(seen)
    }
}

/// The openings that an agent has not seen yet, the oldest first.
pub(super) async fn unseen(
    connection: &mut SqliteConnection,
    keys: &Keys,
    agent: &AgentId,
) -> Result<Vec<Opening>, StoreError> {
    let rows: Vec<(String, Option<String>, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT opening_id, call_ref, at, content_sealed FROM address_opening \
         WHERE agent_id = $1 AND seen_at IS NULL ORDER BY at, opening_id LIMIT $2",
    )
    .bind(agent.as_str())
    .bind(SHOWN)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, call, at, sealed)| {
            let id = OpeningId::from_stored(id);
            let plain = keys.open(&binding(&id), &sealed).ok();
            let told = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
            Ok(Opening {
                // With the key lost it is still told that somebody did.
                told: told.unwrap_or_else(|| OpeningTold {
                    by_name: String::new(),
                    reason: String::new(),
                }),
                during_call: call.is_some(),
                at: from_ms(TABLE, at)?,
                id,
            })
        })
        .collect()
}

fn binding(opening: &OpeningId) -> Binding<'_> {
    Binding {
        table: TABLE,
        owner: opening.as_str(),
        version: 1,
    }
}
