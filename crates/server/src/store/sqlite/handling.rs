//! Who is on a call: acknowledged, and passed on while nobody is.

mod escalate;

use async_trait::async_trait;
use emergency::{CallPolicy, EmergencyCall};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError, Tx, Write, call_rows, drills,
    words::{from_ms, to_ms},
};
use crate::{
    config::Escalation,
    record::Kind,
    store::{Acknowledged, Call, CallRef, Escalated, Handlings, NotifyPolicy, record::Entry},
};

const TABLE: &str = "call";
/// What stands for "never" in `escalate_at`.
const NEVER: i64 = i64::MAX;

#[async_trait]
impl Handlings for SqliteStore {
    async fn acknowledge_call(
        &self,
        call: &CallRef,
        by: Acknowledged,
        policy: CallPolicy,
    ) -> Result<Option<Call>, StoreError> {
        let call = call.clone();
        self.write(Acknowledge { call, by, policy }).await
    }

    async fn escalate(
        &self,
        now: Timestamp,
        escalation: &Escalation,
        notify: NotifyPolicy,
        policy: CallPolicy,
    ) -> Result<Escalated, StoreError> {
        let next = next_look(&mut *self.reader().await?).await?;
        // Mostly nothing is due, and then nothing is committed.
        if next.is_none_or(|next| next > now) {
            return Ok(Escalated { calls: 0, next });
        }
        let escalation = escalation.clone();
        self.write(escalate::Escalate {
            now,
            escalation,
            notify,
            policy,
        })
        .await
    }
}

/// When a call is to be looked at next.
async fn next_look(connection: &mut SqliteConnection) -> Result<Option<Timestamp>, StoreError> {
    let next: Option<i64> = sqlx::query_scalar("SELECT MIN(escalate_at) FROM call")
        .fetch_one(connection)
        .await?;
    next.filter(|next| *next != NEVER)
        .map(|next| from_ms(TABLE, next))
        .transpose()
}

/// Notes when a call is looked at next; `None` for never.
async fn look_at(tx: &mut Tx<'_>, call: &CallRef, at: Option<Timestamp>) -> Result<(), StoreError> {
    sqlx::query("UPDATE call SET escalate_at = $2 WHERE call_ref = $1")
        .bind(call.as_str())
        .bind(at.map_or(NEVER, to_ms))
        .execute(&mut *tx.connection)
        .await?;
    Ok(())
}

/// Notes for good that somebody handled a call.
pub(super) async fn record(tx: &mut Tx<'_>, call: &Call, by: &Acknowledged) {
    let entry = Entry::new(Kind::Acknowledged, by.at)
        .by(&by.id)
        .call(&call.reference);
    let entry = match &call.agent {
        Some(agent) => entry.of(&agent.id),
        None => entry,
    };
    tx.record(entry).await;
}

struct Acknowledge {
    call: CallRef,
    by: Acknowledged,
    policy: CallPolicy,
}

#[async_trait]
impl Write for Acknowledge {
    type Output = Option<Call>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<Call>, StoreError> {
        let found =
            call_rows::read_by_reference(tx.connection, tx.keys, tx.call_keys, &self.call).await?;
        let Some(mut kept) = found else {
            return Ok(None);
        };
        let policy = kept.call.policy(&self.policy);
        if kept.call.state.at(self.by.at, &policy) == EmergencyCall::Gone {
            return Ok(None);
        }
        if kept.call.handling.add(self.by.clone()) {
            call_rows::keep(tx, &kept, &self.policy).await?;
            look_at(tx, &self.call, Some(Timestamp::UNIX_EPOCH)).await?;
            record(tx, &kept.call, &self.by).await;
            drills::acknowledged(tx, &kept.call, self.by.at).await?;
            for reference in drills::others(tx, &kept.call).await? {
                let (keys, call_keys) = (tx.keys, tx.call_keys);
                let other =
                    call_rows::read_by_reference(tx.connection, keys, call_keys, &reference);
                if let Some(mut other) = other.await?
                    && other.call.handling.add(self.by.clone())
                {
                    call_rows::keep(tx, &other, &self.policy).await?;
                    record(tx, &other.call, &self.by).await;
                    drills::acknowledged(tx, &other.call, self.by.at).await?;
                }
            }
        }
        Ok(Some(kept.call))
    }
}
