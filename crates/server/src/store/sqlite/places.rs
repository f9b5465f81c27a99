use api::location::Checked;
use async_trait::async_trait;
use location::CivicAddress;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError, Tx, Write,
    words::{from_ms_opt, from_word, to_json, to_ms, to_word},
};
use crate::{
    seal::{Binding, Keys},
    store::{AgentId, ChangePlace, PLACES_LIMIT, PlaceId, Places, SavePlace, SavedPlace},
};

const TABLE: &str = "place";

#[async_trait]
impl Places for SqliteStore {
    async fn places(&self, agent: &AgentId) -> Result<Vec<SavedPlace>, StoreError> {
        places_of(&mut *self.reader().await?, &self.keys, agent).await
    }

    async fn place(
        &self,
        agent: &AgentId,
        place: &PlaceId,
    ) -> Result<Option<SavedPlace>, StoreError> {
        let found = places_of(&mut *self.reader().await?, &self.keys, agent).await?;
        Ok(found.into_iter().find(|saved| saved.id == *place))
    }

    async fn save_place(&self, place: SavePlace) -> Result<Option<SavedPlace>, StoreError> {
        self.write(place).await
    }

    async fn change_place(&self, change: ChangePlace) -> Result<Option<SavedPlace>, StoreError> {
        self.write(change).await
    }

    async fn remove_place(&self, agent: &AgentId, place: &PlaceId) -> Result<bool, StoreError> {
        self.write(RemovePlace {
            agent: agent.clone(),
            place: place.clone(),
        })
        .await
    }
}

/// What is sealed of a saved address.
#[derive(Deserialize, Serialize)]
struct Content {
    label: String,
    civic_address: CivicAddress,
    #[serde(default)]
    checked: Option<Checked>,
}

#[derive(sqlx::FromRow)]
struct Columns {
    place_id: String,
    class: String,
    content_sealed: Vec<u8>,
    verdict: String,
    confirmed_at: Option<i64>,
}

/// An agent's saved addresses, the last used first.
pub(super) async fn places_of(
    connection: &mut SqliteConnection,
    keys: &Keys,
    agent: &AgentId,
) -> Result<Vec<SavedPlace>, StoreError> {
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT place_id, class, content_sealed, verdict, confirmed_at FROM place \
         WHERE agent_id = $1 ORDER BY COALESCE(confirmed_at, saved_at) DESC, place_id",
    )
    .bind(agent.as_str())
    .fetch_all(connection)
    .await?;
    let mut places = Vec::with_capacity(rows.len());
    for row in rows {
        let opened = keys.open(&binding(agent), &row.content_sealed);
        let content: Content = match opened.map(|plain| serde_json::from_slice(&plain)) {
            Ok(Ok(content)) => content,
            Ok(Err(_)) => return Err(StoreError::Corrupt { table: TABLE }),
            Err(error) => {
                tracing::error!(agent.id = %agent, %error, "a saved address cannot be opened");
                continue;
            }
        };
        places.push(SavedPlace {
            id: PlaceId::from_stored(row.place_id),
            label: content.label,
            class: from_word(TABLE, &row.class)?,
            civic_address: content.civic_address,
            verdict: from_word(TABLE, &row.verdict)?,
            checked: content.checked,
            confirmed_at: from_ms_opt(TABLE, row.confirmed_at)?,
        });
    }
    Ok(places)
}

#[async_trait]
impl Write for SavePlace {
    type Output = Option<SavedPlace>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<SavedPlace>, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM place WHERE agent_id = $1")
            .bind(self.agent.as_str())
            .fetch_one(&mut *tx.connection)
            .await?;
        if count >= PLACES_LIMIT {
            return Ok(None);
        }
        let id = PlaceId::random();
        sqlx::query(
            "INSERT INTO place (place_id, agent_id, class, content_sealed, verdict, saved_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.as_str())
        .bind(self.agent.as_str())
        .bind(to_word(&self.class))
        .bind(sealed(tx.keys, self))
        .bind(to_word(&self.verdict))
        .bind(to_ms(self.at))
        .execute(&mut *tx.connection)
        .await?;
        tx.touch(&self.agent).await?;
        Ok(Some(saved(id, self, None)))
    }
}

#[async_trait]
impl Write for ChangePlace {
    type Output = Option<SavedPlace>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<SavedPlace>, StoreError> {
        let to = &self.to;
        let known = places_of(tx.connection, tx.keys, &to.agent).await?;
        let Some(before) = known.into_iter().find(|saved| saved.id == self.place) else {
            return Ok(None);
        };
        // Another address is another place: when the agent was at the old one says nothing of it.
        let confirmed_at = before
            .confirmed_at
            .filter(|_| before.civic_address == to.civic_address);
        sqlx::query(
            "UPDATE place SET class = $2, content_sealed = $3, verdict = $4, saved_at = $5, \
             confirmed_at = $6 WHERE place_id = $1",
        )
        .bind(self.place.as_str())
        .bind(to_word(&to.class))
        .bind(sealed(tx.keys, to))
        .bind(to_word(&to.verdict))
        .bind(to_ms(to.at))
        .bind(confirmed_at.map(to_ms))
        .execute(&mut *tx.connection)
        .await?;
        tx.touch(&to.agent).await?;
        Ok(Some(saved(self.place.clone(), to, confirmed_at)))
    }
}

struct RemovePlace {
    agent: AgentId,
    place: PlaceId,
}

#[async_trait]
impl Write for RemovePlace {
    type Output = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let removed = sqlx::query("DELETE FROM place WHERE place_id = $1 AND agent_id = $2")
            .bind(self.place.as_str())
            .bind(self.agent.as_str())
            .execute(&mut *tx.connection)
            .await?;
        if removed.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query("UPDATE standing SET place_id = NULL WHERE agent_id = $1 AND place_id = $2")
            .bind(self.agent.as_str())
            .bind(self.place.as_str())
            .execute(&mut *tx.connection)
            .await?;
        tx.touch(&self.agent).await?;
        Ok(true)
    }
}

fn saved(id: PlaceId, place: &SavePlace, confirmed_at: Option<jiff::Timestamp>) -> SavedPlace {
    SavedPlace {
        id,
        label: place.label.clone(),
        class: place.class,
        civic_address: place.civic_address.clone(),
        verdict: place.verdict,
        checked: place.checked.clone(),
        confirmed_at,
    }
}

fn sealed(keys: &Keys, place: &SavePlace) -> Vec<u8> {
    let content = Content {
        label: place.label.clone(),
        civic_address: place.civic_address.clone(),
        checked: place.checked.clone(),
    };
    keys.seal(&binding(&place.agent), to_json(&content).as_bytes())
}

fn binding(agent: &AgentId) -> Binding<'_> {
    Binding {
        table: TABLE,
        owner: agent.as_str(),
        version: 1,
    }
}
