use async_trait::async_trait;
use platforms::webhook::HookUrl;
use sqlx::sqlite::SqliteConnection;

use super::{SqliteStore, StoreError, rows::readable, words::parse};
use crate::store::{Channel, ContactRow, Contacts, Recipient};

const TABLE: &str = "contact";

#[async_trait]
impl Contacts for SqliteStore {
    async fn contacts(&self) -> Result<Vec<ContactRow>, StoreError> {
        all(&mut *self.reader().await?).await
    }
}

async fn all(connection: &mut SqliteConnection) -> Result<Vec<ContactRow>, StoreError> {
    let rows: Vec<(String, String, String, String, i64)> = sqlx::query_as(
        "SELECT scope, scope_key, channel, address, tier FROM contact \
         ORDER BY scope, scope_key, channel, address",
    )
    .fetch_all(connection)
    .await?;
    readable(
        rows.into_iter()
            .map(|(scope, key, channel, address, tier)| {
                Ok(ContactRow {
                    scope,
                    key,
                    recipient: recipient(&channel, &address)?,
                    tier: u32::try_from(tier).map_err(|_| StoreError::Corrupt { table: TABLE })?,
                })
            }),
    )
}

/// Reads a contact's address back.
pub(super) fn recipient(channel: &str, address: &str) -> Result<Recipient, StoreError> {
    if channel == Channel::Mail.as_str() {
        Ok(Recipient::Mail(parse(TABLE, address)?))
    } else {
        Ok(Recipient::Hook(parse::<HookUrl>(TABLE, address)?))
    }
}
