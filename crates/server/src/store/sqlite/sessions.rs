use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    SqliteStore, StoreError, Tx, Write,
    words::{from_ms, to_ms},
};
use crate::{
    secret::SecretHash,
    store::{Access, AgentId, FamilyId, LOST_ANSWER_GRACE, NewTokens, Rotation, Sessions},
};

/// How long a used refresh token is kept to give a thief away: longer than anybody is on leave.
const USED_TOKENS_KEPT_MS: i64 = 90 * 24 * 60 * 60 * 1000;

#[async_trait]
impl Sessions for SqliteStore {
    async fn access(&self, token: SecretHash, now: Timestamp) -> Result<Access, StoreError> {
        let found: Option<(String, String, i64, Option<i64>)> = sqlx::query_as(
            "SELECT f.agent_id, t.family_id, t.expires_at, f.revoked_at \
             FROM access_token t JOIN token_family f ON f.family_id = t.family_id \
             WHERE t.hash = $1",
        )
        .bind(token.to_hex())
        .fetch_optional(&mut *self.reader().await?)
        .await?;
        Ok(match found {
            None => Access::Unknown,
            Some((_, _, _, Some(_))) => Access::Revoked,
            Some((_, _, expires_at, None)) if expires_at <= to_ms(now) => Access::Expired,
            Some((agent, family, expires_at, None)) => Access::Granted {
                agent: AgentId::from_stored(agent),
                family: FamilyId::from_stored(family),
                until: from_ms("access_token", expires_at)?,
            },
        })
    }

    async fn rotate(
        &self,
        token: SecretHash,
        next: NewTokens,
        now: Timestamp,
    ) -> Result<Rotation, StoreError> {
        self.write(Rotate { token, next, now }).await
    }

    async fn sign_out(&self, family: &FamilyId, now: Timestamp) -> Result<(), StoreError> {
        self.write(SignOut {
            family: family.clone(),
            now,
        })
        .await
    }

    async fn sign_out_everywhere(
        &self,
        agent: &AgentId,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        self.write(SignOutEverywhere {
            agent: agent.clone(),
            now,
        })
        .await
    }
}

struct Rotate {
    token: SecretHash,
    next: NewTokens,
    now: Timestamp,
}

#[derive(sqlx::FromRow)]
struct PresentedToken {
    family_id: String,
    agent_id: String,
    generation: i64,
    newest: i64,
    rotated_at: Option<i64>,
    voided_at: Option<i64>,
    revoked_at: Option<i64>,
}

#[async_trait]
impl Write for Rotate {
    type Output = Rotation;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Rotation, StoreError> {
        let found: Option<PresentedToken> = sqlx::query_as(
            "SELECT r.family_id, f.agent_id, r.generation, f.generation AS newest, r.rotated_at, \
             r.voided_at, f.revoked_at \
             FROM refresh_token r JOIN token_family f ON f.family_id = r.family_id \
             WHERE r.hash = $1",
        )
        .bind(self.token.to_hex())
        .fetch_optional(&mut *tx.connection)
        .await?;
        let Some(found) = found else {
            return Ok(Rotation::Unknown);
        };
        if found.revoked_at.is_some() {
            return Ok(Rotation::Revoked);
        }
        let now = to_ms(self.now);
        let family = FamilyId::from_stored(found.family_id);
        let generation = match (found.voided_at, found.rotated_at) {
            (None, None) => found.newest + 1,
            // The answer to its rotation may have been lost: what that answer held is voided.
            (None, Some(rotated_at))
                if found.generation + 1 == found.newest
                    && now <= rotated_at.saturating_add(grace()) =>
            {
                void_newest(tx, &family, found.newest, now).await?;
                found.newest
            }
            (None, Some(_)) | (Some(_), _) => {
                revoke(tx, &family, now, "refresh token used again").await?;
                return Ok(Rotation::Revoked);
            }
        };
        sqlx::query(
            "UPDATE refresh_token SET rotated_at = COALESCE(rotated_at, $2) WHERE hash = $1",
        )
        .bind(self.token.to_hex())
        .bind(now)
        .execute(&mut *tx.connection)
        .await?;
        sqlx::query("UPDATE token_family SET generation = $2 WHERE family_id = $1")
            .bind(family.as_str())
            .bind(generation)
            .execute(&mut *tx.connection)
            .await?;
        // Nothing but the new pair has to be known from here on, but for old refresh tokens, which
        // give a thief away.
        sqlx::query("DELETE FROM access_token WHERE family_id = $1 AND expires_at <= $2")
            .bind(family.as_str())
            .bind(now)
            .execute(&mut *tx.connection)
            .await?;
        sqlx::query("DELETE FROM refresh_token WHERE family_id = $1 AND rotated_at < $2")
            .bind(family.as_str())
            .bind(now.saturating_sub(USED_TOKENS_KEPT_MS))
            .execute(&mut *tx.connection)
            .await?;
        insert_tokens(tx, &family, &self.next, generation, now).await?;
        Ok(Rotation::Rotated {
            agent: AgentId::from_stored(found.agent_id),
            family,
        })
    }
}

struct SignOut {
    family: FamilyId,
    now: Timestamp,
}

#[async_trait]
impl Write for SignOut {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        revoke(tx, &self.family, to_ms(self.now), "signed out").await
    }
}

struct SignOutEverywhere {
    agent: AgentId,
    now: Timestamp,
}

#[async_trait]
impl Write for SignOutEverywhere {
    type Output = u64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        let revoked = sqlx::query(
            "UPDATE token_family SET revoked_at = $2, revoked_because = 'signed out by an administrator' \
             WHERE agent_id = $1 AND revoked_at IS NULL",
        )
        .bind(self.agent.as_str())
        .bind(to_ms(self.now))
        .execute(&mut *tx.connection)
        .await?;
        // A code that was printed and not used is a way in, too.
        sqlx::query("DELETE FROM enrolment_code WHERE agent_id = $1 AND used_at IS NULL")
            .bind(self.agent.as_str())
            .execute(&mut *tx.connection)
            .await?;
        Ok(revoked.rows_affected())
    }
}

/// Keeps a new pair of tokens of a family.
pub(super) async fn insert_tokens(
    tx: &mut Tx<'_>,
    family: &FamilyId,
    tokens: &NewTokens,
    generation: i64,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO refresh_token (hash, family_id, generation, issued_at) \
         VALUES ($1, $2, $3, $4)",
    )
    .bind(tokens.refresh.to_hex())
    .bind(family.as_str())
    .bind(generation)
    .bind(now)
    .execute(&mut *tx.connection)
    .await?;
    sqlx::query(
        "INSERT INTO access_token (hash, family_id, generation, expires_at) \
         VALUES ($1, $2, $3, $4)",
    )
    .bind(tokens.access.to_hex())
    .bind(family.as_str())
    .bind(generation)
    .bind(to_ms(tokens.access_expires_at))
    .execute(&mut *tx.connection)
    .await?;
    Ok(())
}

async fn void_newest(
    tx: &mut Tx<'_>,
    family: &FamilyId,
    newest: i64,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE refresh_token SET voided_at = $3 \
         WHERE family_id = $1 AND generation = $2 AND voided_at IS NULL",
    )
    .bind(family.as_str())
    .bind(newest)
    .bind(now)
    .execute(&mut *tx.connection)
    .await?;
    sqlx::query("DELETE FROM access_token WHERE family_id = $1 AND generation = $2")
        .bind(family.as_str())
        .bind(newest)
        .execute(&mut *tx.connection)
        .await?;
    Ok(())
}

async fn revoke(
    tx: &mut Tx<'_>,
    family: &FamilyId,
    now: i64,
    because: &'static str,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE token_family SET revoked_at = $2, revoked_because = $3 \
         WHERE family_id = $1 AND revoked_at IS NULL",
    )
    .bind(family.as_str())
    .bind(now)
    .bind(because)
    .execute(&mut *tx.connection)
    .await?;
    Ok(())
}

fn grace() -> i64 {
    i64::try_from(LOST_ANSWER_GRACE.as_millis()).unwrap_or(i64::MAX)
}
