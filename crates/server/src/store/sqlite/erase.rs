//! Erasing a person.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{StoreError, Tx, Write, call_rows};
use crate::{
    record::Kind,
    store::{AgentId, Entry, Erasure, contact_key},
};

/// What is removed of a person, what refers to it first: `$1` is their id. A test looks for tables that refer
/// to a person and are not here.
const REMOVED: &[&str] = &[
    "DELETE FROM desk_session WHERE family_id IN \
     (SELECT family_id FROM token_family WHERE agent_id = $1)",
    "DELETE FROM access_token WHERE family_id IN \
     (SELECT family_id FROM token_family WHERE agent_id = $1)",
    "DELETE FROM refresh_token WHERE family_id IN \
     (SELECT family_id FROM token_family WHERE agent_id = $1)",
    "DELETE FROM token_family WHERE agent_id = $1",
    "DELETE FROM device WHERE agent_id = $1",
    "DELETE FROM enrolment_code WHERE agent_id = $1",
    "DELETE FROM address_opening WHERE agent_id = $1 OR by_id = $1",
    "DELETE FROM notice_acknowledgement WHERE agent_id = $1",
    "DELETE FROM drill_agent WHERE agent_id = $1",
    "DELETE FROM place WHERE agent_id = $1",
    "DELETE FROM standing_history WHERE agent_id = $1",
    "DELETE FROM standing WHERE agent_id = $1",
    "DELETE FROM agent_name WHERE agent_id = $1",
    "DELETE FROM agent WHERE agent_id = $1",
];

pub(super) struct Erase {
    pub(super) agent: AgentId,
    pub(super) at: Timestamp,
}

#[async_trait]
impl Write for Erase {
    type Output = Erasure;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Erasure, StoreError> {
        let id = self.agent.as_str();
        let username: Option<String> =
            sqlx::query_scalar("SELECT username FROM agent WHERE agent_id = $1")
                .bind(id)
                .fetch_optional(&mut *tx.connection)
                .await?;
        let Some(username) = username else {
            return Ok(Erasure::Unknown);
        };
        let calls: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM call WHERE agent_digest = $1")
            .bind(call_rows::agent_digest(tx.keys, &self.agent))
            .fetch_one(&mut *tx.connection)
            .await?;
        if calls > 0 {
            return Ok(Erasure::InCall);
        }
        let (rows, recorded): (i64, i64) = sqlx::query_as(
            "SELECT COUNT(*), COALESCE(SUM(recorded), 0) FROM standing_history WHERE agent_id = $1",
        )
        .bind(id)
        .fetch_one(&mut *tx.connection)
        .await?;
        // Last said under the key that goes now.
        let entry = Entry::new(Kind::Erased, self.at)
            .of(&self.agent)
            .count("history", recorded);
        tx.record(entry).await;
        sqlx::query("DELETE FROM person_key WHERE agent_id = $1")
            .bind(id)
            .execute(&mut *tx.connection)
            .await?;
        sqlx::query("DELETE FROM contact WHERE scope = 'agent' AND scope_key = $1")
            .bind(contact_key(&username))
            .execute(&mut *tx.connection)
            .await?;
        for statement in REMOVED {
            sqlx::query(*statement)
                .bind(id)
                .execute(&mut *tx.connection)
                .await?;
        }
        tx.empty_log();
        Ok(Erasure::Erased {
            rows: rows.unsigned_abs(),
        })
    }
}

#[cfg(test)]
pub(super) fn removes_from(table: &str) -> bool {
    table == "person_key"
        || REMOVED
            .iter()
            .any(|statement| statement.starts_with(&format!("DELETE FROM {table} ")))
}
