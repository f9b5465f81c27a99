use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    SqliteStore, StoreError, Tx, Write,
    enrolments::use_code,
    words::{from_ms, to_ms},
};
use crate::{
    secret::SecretHash,
    store::{AgentId, DESK_LONGEST, DeskSession, DeskSessions, FamilyId, NewDeskSession, Redeemed},
};

#[async_trait]
impl DeskSessions for SqliteStore {
    async fn open_desk(&self, session: NewDeskSession) -> Result<Redeemed, StoreError> {
        self.write(session).await
    }

    async fn desk_session(&self, cookie: SecretHash) -> Result<Option<DeskSession>, StoreError> {
        let found: Option<(String, String, i64, i64, Option<i64>)> = sqlx::query_as(
            "SELECT f.agent_id, f.family_id, d.started_at, d.seen_at, f.revoked_at \
             FROM desk_session d JOIN token_family f ON f.family_id = d.family_id \
             WHERE d.hash = $1",
        )
        .bind(cookie.to_hex())
        .fetch_optional(&mut *self.reader().await?)
        .await?;
        found
            .map(|(agent, family, started_at, seen_at, revoked_at)| {
                Ok(DeskSession {
                    agent: AgentId::from_stored(agent),
                    family: FamilyId::from_stored(family),
                    started_at: from_ms("desk_session", started_at)?,
                    seen_at: from_ms("desk_session", seen_at)?,
                    revoked: revoked_at.is_some(),
                })
            })
            .transpose()
    }

    async fn note_desk(&self, cookie: SecretHash, now: Timestamp) -> Result<(), StoreError> {
        self.write(Note { cookie, now }).await
    }
}

#[async_trait]
impl Write for NewDeskSession {
    type Output = Redeemed;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Redeemed, StoreError> {
        let (family, redeemed) = match use_code(tx, &self.lookup, &self.name, self.at).await? {
            Ok(used) => used.signed_in(),
            Err(refused) => return Ok(refused),
        };
        // One that ended long ago is known to nobody any more.
        sqlx::query("DELETE FROM desk_session WHERE started_at < $1")
            .bind(to_ms(self.at).saturating_sub(kept_ms()))
            .execute(&mut *tx.connection)
            .await?;
        sqlx::query(
            "INSERT INTO desk_session (hash, family_id, started_at, seen_at) VALUES ($1, $2, $3, $3)",
        )
        .bind(self.hash.to_hex())
        .bind(family.as_str())
        .bind(to_ms(self.at))
        .execute(&mut *tx.connection)
        .await?;
        Ok(redeemed)
    }
}

struct Note {
    cookie: SecretHash,
    now: Timestamp,
}

#[async_trait]
impl Write for Note {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        sqlx::query("UPDATE desk_session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2")
            .bind(self.cookie.to_hex())
            .bind(to_ms(self.now))
            .execute(&mut *tx.connection)
            .await?;
        Ok(())
    }
}

/// Twice as long as the longest sign-in, and any call that outlives it.
fn kept_ms() -> i64 {
    i64::try_from(DESK_LONGEST.as_millis()).map_or(i64::MAX, |longest| longest.saturating_mul(2))
}
