use std::sync::Arc;

use async_trait::async_trait;
use sqlx::{Connection as _, sqlite::SqliteConnection};

use super::{
    SqliteStore, StoreError, api_keys, numbers,
    rows::{KnownAgentRow, readable, select_known_agents},
    sites, standing,
};
use crate::{
    seal::Keys,
    store::{AgentId, KnownAgent, KnownWorld, Snapshots, lookup_names},
};

#[async_trait]
impl Snapshots for SqliteStore {
    async fn known_agent(&self, said: &str) -> Result<Option<KnownAgent>, StoreError> {
        known_by_name(&mut *self.telephony_reader().await?, &self.keys, said).await
    }

    async fn known_agents(&self, agents: &[AgentId]) -> Result<Vec<KnownAgent>, StoreError> {
        let mut reader = self.reader().await?;
        let mut known = Vec::with_capacity(agents.len());
        for agent in agents {
            let found = standing::known_agent(&mut reader, &self.keys, agent).await?;
            known.extend(found.map(|(known, _)| known));
        }
        Ok(known)
    }

    async fn known_world(&self) -> Result<KnownWorld, StoreError> {
        let mut reader = self.reader().await?;
        let mut view = reader.begin().await?;
        let rows = sqlx::query_as::<_, KnownAgentRow>(select_known_agents!(""))
            .fetch_all(&mut *view)
            .await?;
        let agents = readable(
            rows.into_iter()
                .map(|row| row.into_known(&self.keys).map(|(known, _)| Arc::new(known))),
        )?;
        let world = KnownWorld {
            agents,
            keys: api_keys::all_keys(&mut view).await?,
            sites: sites::all_sites(&mut view).await?,
            numbers: numbers::all_numbers(&mut view).await?,
            calls: self
                .opened
                .known_calls(&mut view, &self.keys, &self.call_keys)
                .await?,
            sample: super::sample(&mut view).await?,
        };
        view.commit().await?;
        Ok(world)
    }
}

/// The agent that a platform means, with everything an answer needs.
pub(super) async fn known_by_name(
    connection: &mut SqliteConnection,
    keys: &Keys,
    said: &str,
) -> Result<Option<KnownAgent>, StoreError> {
    for name in lookup_names(said) {
        let found = sqlx::query_as::<_, KnownAgentRow>(select_known_agents!(
            "JOIN agent_name n ON n.agent_id = a.agent_id WHERE n.name = $1"
        ))
        .bind(name)
        .fetch_optional(&mut *connection)
        .await?;
        if let Some(row) = found {
            return row.into_known(keys).map(|(known, _)| Some(known));
        }
    }
    Ok(None)
}
