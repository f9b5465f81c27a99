use api::agent::Role;
use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError,
    rows::{AgentColumns, agent_columns, readable},
    words::to_word,
};
use crate::store::{Agent, AgentId, Agents, lookup_names};

#[async_trait]
impl Agents for SqliteStore {
    async fn find_agent(&self, said: &str) -> Result<Option<Agent>, StoreError> {
        find_agent(&mut *self.reader().await?, said).await
    }

    async fn agent(&self, agent: &AgentId) -> Result<Option<Agent>, StoreError> {
        sqlx::query_as::<_, AgentColumns>(concat!(
            "SELECT ",
            agent_columns!(),
            " FROM agent a WHERE a.agent_id = $1"
        ))
        .bind(agent.as_str())
        .fetch_optional(&mut *self.reader().await?)
        .await?
        .map(AgentColumns::into_agent)
        .transpose()
    }

    async fn agents_with_role(&self, role: Role) -> Result<Vec<Agent>, StoreError> {
        agents_with_role(&mut *self.reader().await?, role).await
    }
}

/// The agent that somebody means.
pub(super) async fn find_agent(
    connection: &mut SqliteConnection,
    said: &str,
) -> Result<Option<Agent>, StoreError> {
    for name in lookup_names(said) {
        let found = sqlx::query_as::<_, AgentColumns>(concat!(
            "SELECT ",
            agent_columns!(),
            " FROM agent_name n JOIN agent a ON a.agent_id = n.agent_id WHERE n.name = $1"
        ))
        .bind(name)
        .fetch_optional(&mut *connection)
        .await?;
        if let Some(found) = found {
            return found.into_agent().map(Some);
        }
    }
    Ok(None)
}

pub(super) async fn agents_with_role(
    connection: &mut SqliteConnection,
    role: Role,
) -> Result<Vec<Agent>, StoreError> {
    let rows = sqlx::query_as::<_, AgentColumns>(concat!(
        "SELECT ",
        agent_columns!(),
        " FROM agent a WHERE a.role = $1 ORDER BY a.username"
    ))
    .bind(to_word(&role))
    .fetch_all(connection)
    .await?;
    readable(rows.into_iter().map(AgentColumns::into_agent))
}
