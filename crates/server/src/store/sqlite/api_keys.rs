use async_trait::async_trait;
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError, Tx, Write,
    words::{from_ms, to_ms},
};
use crate::{
    secret::{KeyName, SecretHash},
    store::{ApiKeys, KeyRole, KeyRow, KnownKey, ListedKey, NewKey, SavedKey},
};

#[async_trait]
impl ApiKeys for SqliteStore {
    async fn save_key(&self, key: NewKey) -> Result<SavedKey, StoreError> {
        self.write(key).await
    }

    async fn api_key(&self, hash: SecretHash) -> Result<Option<KeyRow>, StoreError> {
        let found: Option<(String, String)> =
            sqlx::query_as("SELECT name, role FROM api_key WHERE hash = $1")
                .bind(hash.to_hex())
                .fetch_optional(&mut *self.telephony_reader().await?)
                .await?;
        found
            .map(|(name, role)| {
                Ok(KeyRow {
                    name,
                    role: role_of(&role)?,
                })
            })
            .transpose()
    }

    async fn keys(&self) -> Result<Vec<ListedKey>, StoreError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT name, role, made_at FROM api_key ORDER BY name")
                .fetch_all(&mut *self.reader().await?)
                .await?;
        rows.into_iter()
            .map(|(name, role, made_at)| {
                Ok(ListedKey {
                    row: KeyRow {
                        name,
                        role: role_of(&role)?,
                    },
                    made_at: from_ms("api_key", made_at)?,
                })
            })
            .collect()
    }

    async fn known_keys(&self) -> Result<Vec<KnownKey>, StoreError> {
        all_keys(&mut *self.reader().await?).await
    }

    async fn revoke_key(&self, name: &KeyName) -> Result<bool, StoreError> {
        self.write(Revoke { name: name.clone() }).await
    }
}

struct Revoke {
    name: KeyName,
}

#[async_trait]
impl Write for Revoke {
    type Output = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let gone = sqlx::query("DELETE FROM api_key WHERE name = $1")
            .bind(self.name.as_str())
            .execute(&mut *tx.connection)
            .await?;
        Ok(gone.rows_affected() > 0)
    }
}

#[async_trait]
impl Write for NewKey {
    type Output = SavedKey;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<SavedKey, StoreError> {
        let kept = sqlx::query(
            "INSERT INTO api_key (hash, name, role, made_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(self.hash.to_hex())
        .bind(self.name.as_str())
        .bind(self.role.as_str())
        .bind(to_ms(self.at))
        .execute(&mut *tx.connection)
        .await?;
        Ok(if kept.rows_affected() == 0 {
            SavedKey::NameTaken
        } else {
            SavedKey::Saved
        })
    }
}

/// Every key, by name.
pub(super) async fn all_keys(
    connection: &mut SqliteConnection,
) -> Result<Vec<KnownKey>, StoreError> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("SELECT hash, name, role FROM api_key ORDER BY name")
            .fetch_all(connection)
            .await?;
    rows.into_iter()
        .map(|(hash, name, role)| {
            Ok(KnownKey {
                hash: SecretHash::from_stored(&hash)
                    .ok_or(StoreError::Corrupt { table: "api_key" })?,
                row: KeyRow {
                    name,
                    role: role_of(&role)?,
                },
            })
        })
        .collect()
}

fn role_of(word: &str) -> Result<KeyRole, StoreError> {
    [KeyRole::Admin, KeyRole::Metrics, KeyRole::Telephony]
        .into_iter()
        .find(|role| role.as_str() == word)
        .ok_or(StoreError::Corrupt { table: "api_key" })
}
