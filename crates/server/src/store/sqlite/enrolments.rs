use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqliteStore, StoreError, Tx, Write, words::to_ms};
use crate::{
    secret::CodeHash,
    store::{AgentId, CodeRow, DeviceId, Enrolments, FamilyId, NewCode, NewDevice, Redeemed},
};

#[async_trait]
impl Enrolments for SqliteStore {
    async fn save_code(&self, code: NewCode) -> Result<bool, StoreError> {
        self.write(code).await
    }

    async fn code(&self, lookup: &str) -> Result<Option<CodeRow>, StoreError> {
        let found: Option<(String, String)> =
            sqlx::query_as("SELECT agent_id, hash FROM enrolment_code WHERE lookup = $1")
                .bind(lookup)
                .fetch_optional(&mut *self.reader().await?)
                .await?;
        Ok(found.map(|(agent, hash)| CodeRow {
            agent: AgentId::from_stored(agent),
            hash: CodeHash::from_stored(hash),
        }))
    }

    async fn redeem(&self, device: NewDevice) -> Result<Redeemed, StoreError> {
        self.write(device).await
    }
}

#[async_trait]
impl Write for NewCode {
    type Output = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        // One that can no longer be used gives its look-up free.
        let kept = sqlx::query(
            "INSERT INTO enrolment_code (lookup, agent_id, hash, made_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (lookup) DO UPDATE SET agent_id = $2, hash = $3, made_at = $4, \
             expires_at = $5, used_at = NULL \
             WHERE enrolment_code.used_at IS NOT NULL OR enrolment_code.expires_at <= $4",
        )
        .bind(&self.lookup)
        .bind(self.agent.as_str())
        .bind(self.hash.as_str())
        .bind(to_ms(self.at))
        .bind(to_ms(self.expires_at))
        .execute(&mut *tx.connection)
        .await?;
        Ok(kept.rows_affected() > 0)
    }
}

#[async_trait]
impl Write for NewDevice {
    type Output = Redeemed;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Redeemed, StoreError> {
        let used = match use_code(tx, &self.lookup, &self.name, self.at).await? {
            Ok(used) => used,
            Err(refused) => return Ok(refused),
        };
        let (family, redeemed) = used.signed_in();
        super::sessions::insert_tokens(tx, &family, &self.tokens, 1, to_ms(self.at)).await?;
        Ok(redeemed)
    }
}

/// A code that was good, and the sign-in it bought.
pub(super) struct UsedCode {
    agent: AgentId,
    device: DeviceId,
    family: FamilyId,
}

impl UsedCode {
    /// The sign-in, and the outcome that says so.
    pub(super) fn signed_in(self) -> (FamilyId, Redeemed) {
        let Self {
            agent,
            device,
            family,
        } = self;
        (family, Redeemed::SignedIn { agent, device })
    }
}

/// Uses a code up for a device of this name, or says why not.
pub(super) async fn use_code(
    tx: &mut Tx<'_>,
    lookup: &str,
    name: &str,
    at: Timestamp,
) -> Result<Result<UsedCode, Redeemed>, StoreError> {
    let found: Option<(String, i64, Option<i64>)> = sqlx::query_as(
        "SELECT agent_id, expires_at, used_at FROM enrolment_code WHERE lookup = $1",
    )
    .bind(lookup)
    .fetch_optional(&mut *tx.connection)
    .await?;
    let now = to_ms(at);
    let agent = match found {
        None => return Ok(Err(Redeemed::Unknown)),
        Some((_, _, Some(_))) => return Ok(Err(Redeemed::Used)),
        Some((_, expires_at, None)) if expires_at <= now => return Ok(Err(Redeemed::Expired)),
        Some((agent, _, None)) => AgentId::from_stored(agent),
    };
    sqlx::query("UPDATE enrolment_code SET used_at = $2 WHERE lookup = $1")
        .bind(lookup)
        .bind(now)
        .execute(&mut *tx.connection)
        .await?;
    let (device, family) = (DeviceId::random(), FamilyId::random());
    sqlx::query(
        "INSERT INTO device (device_id, agent_id, name, signed_in_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(device.as_str())
    .bind(agent.as_str())
    .bind(name)
    .bind(now)
    .execute(&mut *tx.connection)
    .await?;
    sqlx::query(
        "INSERT INTO token_family (family_id, agent_id, device_id, generation) \
         VALUES ($1, $2, $3, 1)",
    )
    .bind(family.as_str())
    .bind(agent.as_str())
    .bind(device.as_str())
    .execute(&mut *tx.connection)
    .await?;
    Ok(Ok(UsedCode {
        agent,
        device,
        family,
    }))
}
