use async_trait::async_trait;
use emergency::{CallPolicy, EmergencyCall, lease::levels};
use jiff::{SignedDuration, Timestamp};

use super::{
    StoreError, Tx, Write,
    call_rows::{self, KeptCall, ReadCall},
    calls::with_state,
    drills, ends, leases, record_calls,
    words::{from_ms_opt, to_count, to_ms, to_word},
};
use crate::{
    seal::CallKeyId,
    store::{CallRef, NumberSource, Settled},
};

/// How many calls one job looks at, so that it holds up nobody: what is left is done at once after it.
const AT_ONCE: i64 = 64;
/// How many remembered ends one job forgets.
const ENDS_AT_ONCE: i64 = 2_000;
/// When a call that cannot be read now is looked at again.
const LATER: SignedDuration = SignedDuration::from_mins(1);

/// Does what time demands: of the calls that are due, and of no others.
pub(super) struct Settle {
    pub(super) now: Timestamp,
    pub(super) policy: CallPolicy,
}

#[async_trait]
impl Write for Settle {
    type Output = Settled;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Settled, StoreError> {
        let mut settled = self.settle(tx).await?;
        settled.gone += ends::forget_old(tx, self.now, &self.policy, ENDS_AT_ONCE).await?;
        let next: Option<i64> = sqlx::query_scalar("SELECT MIN(due_at) FROM call")
            .fetch_one(&mut *tx.connection)
            .await?;
        settled.next = [
            from_ms_opt("call", next)?,
            ends::next(tx, &self.policy).await?,
        ]
        .into_iter()
        .flatten()
        .min();
        let loans = leases::read(tx.connection, tx.keys, None, self.now).await?;
        settled.pools = levels(&loans.pool, self.now);
        Ok(settled)
    }
}

impl Settle {
    /// Ends what nobody ended, and destroys what must be gone.
    async fn settle(&self, tx: &mut Tx<'_>) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        for (reference, read) in call_rows::due(tx, self.now, AT_ONCE).await? {
            let kept = match read {
                Some(ReadCall::Kept(kept)) => *kept,
                Some(ReadCall::Lost { reference, key_id }) => {
                    forget_lost(tx, &reference, key_id).await?;
                    settled.gone += 1;
                    continue;
                }
                None => {
                    let later = self.now.checked_add(LATER).unwrap_or(Timestamp::MAX);
                    call_rows::look_again(tx, &reference, later).await?;
                    continue;
                }
            };
            let policy = kept.call.policy(&self.policy);
            let state = kept.call.state.at(self.now, &policy);
            if state == EmergencyCall::Gone {
                destroy(tx, &kept, self.now, &self.policy).await?;
                settled.gone += 1;
            } else {
                if state != kept.call.state {
                    settled.changed += 1;
                }
                let changed = with_state(&kept, state);
                call_rows::keep(tx, &changed, &self.policy).await?;
                record_calls::changed(tx, &kept.call.state, &changed.call).await;
            }
        }
        Ok(settled)
    }
}

/// Destroys a call. Times, outcomes and keyed digests stay; the number is free from now on.
pub(super) async fn destroy(
    tx: &mut Tx<'_>,
    kept: &KeptCall,
    now: Timestamp,
    policy: &CallPolicy,
) -> Result<(), StoreError> {
    let call = &kept.call;
    let policy = &call.policy(policy);
    if call.drill.is_some() {
        drills::over(tx, call, now).await?;
    }
    // What time made of it on the way: a server that was off may learn of the end only now.
    let (started_at, ended) = match call.state {
        EmergencyCall::Open { started_at, .. } => {
            let due = call.state.deadline(policy).unwrap_or(now);
            (Some(started_at), Some((due, "max_open".to_owned())))
        }
        EmergencyCall::Ended {
            started_at,
            ended_at,
            ended_by,
            ..
        } => (Some(started_at), Some((ended_at, to_word(&ended_by)))),
        EmergencyCall::EndReported { ended_at, ended_by } => {
            (None, Some((ended_at, to_word(&ended_by))))
        }
        EmergencyCall::Gone => (None, None),
    };
    // An end whose start never came was no call.
    if let Some(started_at) = started_at {
        let agent = call.agent.as_ref().map(|agent| &agent.id);
        let (number, handling) = (call.callback_number.as_ref(), &call.handling);
        sqlx::query(
            "INSERT INTO call_record (call_ref, call_digest, agent_digest, number_digest, \
             number_source, test, location_status, rule, degraded, started_at, ended_at, ended_by, \
             destroyed_at, acknowledged_at, acknowledgements, escalated_to, notified_at, \
             notices_sent, notices_dead) \
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
             MIN(CASE state WHEN 'sent' THEN done_at END), COUNT(CASE state WHEN 'sent' THEN 1 END), \
             COUNT(CASE WHEN state <> 'sent' THEN 1 END) FROM notice WHERE call_ref = $1",
        )
        .bind(call.reference.as_str())
        .bind(call_rows::call_digest(tx.keys, &call.key))
        .bind(agent.map(|agent| call_rows::agent_digest(tx.keys, agent)))
        .bind(number.map(|lent| call_rows::number_digest(tx.keys, &lent.number)))
        .bind(number.map(|lent| to_word(&lent.source)))
        .bind(i64::from(call.test))
        .bind(to_word(&call.location.status))
        .bind(to_word(&call.location.rule))
        .bind(i64::from(call.location.degraded))
        .bind(to_ms(started_at))
        .bind(ended.as_ref().map(|(at, _)| to_ms(*at)))
        .bind(ended.map(|(_, by)| by))
        .bind(to_ms(now))
        .bind(handling.acknowledged.first().map(|first| to_ms(first.at)))
        .bind(to_count(handling.acknowledged.len() as u64))
        .bind(i64::from(handling.tier))
        .execute(&mut *tx.connection)
        .await?;
        if let Some(lent) = number
            && lent.source == NumberSource::Pool
        {
            sqlx::query("UPDATE number SET idle_since = $2 WHERE number = $1")
                .bind(lent.number.as_str())
                .bind(to_ms(now))
                .execute(&mut *tx.connection)
                .await?;
        }
        call_rows::tell(tx, call).await?;
        record_calls::destroyed(tx, call, now).await;
    }
    forget(tx, &call.reference, kept.key_id.clone()).await
}

/// Removes a call that nobody can read any more, because its key is lost.
pub(super) async fn forget_lost(
    tx: &mut Tx<'_>,
    reference: &CallRef,
    key_id: CallKeyId,
) -> Result<(), StoreError> {
    tracing::error!(call = %reference, "the key of an emergency call is lost; the call is dropped");
    forget(tx, reference, key_id).await
}

async fn forget(tx: &mut Tx<'_>, reference: &CallRef, key_id: CallKeyId) -> Result<(), StoreError> {
    // Its notices go with it.
    sqlx::query("DELETE FROM call WHERE call_ref = $1")
        .bind(reference.as_str())
        .execute(&mut *tx.connection)
        .await?;
    tx.destroy_key(key_id);
    Ok(())
}
