use async_trait::async_trait;

use super::{
    SqliteStore, StoreError, Tx, Write,
    call_rows::{self, agent_digest},
    words::to_json,
};
use crate::{
    seal::Binding,
    store::{AgentId, CallRef, KeptPresence, Presences},
};

const TABLE: &str = "presence";

#[async_trait]
impl Presences for SqliteStore {
    async fn presences(&self) -> Result<Vec<KeptPresence>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(String, Vec<u8>)> =
            sqlx::query_as("SELECT call_ref, record_sealed FROM presence ORDER BY agent_digest")
                .fetch_all(&mut *reader)
                .await?;
        let mut found = Vec::with_capacity(rows.len());
        for (reference, sealed) in rows {
            let reference = CallRef::from_stored(reference);
            let (keys, call_keys) = (&self.keys, &self.call_keys);
            let kept =
                call_rows::read_by_reference(&mut reader, keys, call_keys, &reference).await?;
            let record = kept
                .and_then(|kept| call_keys.find(&kept.key_id).ok())
                .and_then(|key| key.open(&binding(&reference), &sealed).ok())
                .and_then(|plain| serde_json::from_slice(&plain).ok());
            match record {
                Some(record) => found.push(record),
                None => tracing::error!(
                    call.reference = %reference,
                    "what an agent's status was before a call cannot be read"
                ),
            }
        }
        Ok(found)
    }

    async fn keep_presence(&self, kept: KeptPresence) -> Result<bool, StoreError> {
        self.write(Keep(kept)).await
    }

    async fn forget_presence(&self, agent: &AgentId) -> Result<(), StoreError> {
        self.write(Forget(agent.clone())).await
    }
}

struct Keep(KeptPresence);

#[async_trait]
impl Write for Keep {
    type Output = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let Self(kept) = self;
        let call =
            call_rows::read_by_reference(tx.connection, tx.keys, tx.call_keys, &kept.call).await?;
        let Some(key) = call.and_then(|call| tx.call_keys.find(&call.key_id).ok()) else {
            return Ok(false);
        };
        sqlx::query(
            "INSERT INTO presence (agent_digest, call_ref, record_sealed) VALUES ($1, $2, $3) \
             ON CONFLICT (agent_digest) DO UPDATE SET call_ref = $2, record_sealed = $3",
        )
        .bind(agent_digest(tx.keys, &kept.agent.id))
        .bind(kept.call.as_str())
        .bind(key.seal(&binding(&kept.call), to_json(kept).as_bytes()))
        .execute(&mut *tx.connection)
        .await?;
        Ok(true)
    }
}

struct Forget(AgentId);

#[async_trait]
impl Write for Forget {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM presence WHERE agent_digest = $1")
            .bind(agent_digest(tx.keys, &self.0))
            .execute(&mut *tx.connection)
            .await?;
        Ok(())
    }
}

fn binding(reference: &CallRef) -> Binding<'_> {
    Binding {
        table: TABLE,
        owner: reference.as_str(),
        version: 1,
    }
}
