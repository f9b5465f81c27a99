//! Ends of calls, also those whose start is not known yet.
//!
//! A platform may report the end of every call it has, so an end without a start costs next to nothing: a
//! digest and a moment, no key and no content.

use async_trait::async_trait;
use emergency::{CallEvent, CallKey, CallPolicy, EmergencyCall, EndedBy};
use jiff::{SignedDuration, Timestamp};

use super::{
    StoreError, Tx, Write,
    call_rows::{self, ReadCall},
    calls::with_state,
    record_calls, settle,
    words::{from_ms, from_ms_opt, from_word, to_ms, to_word},
};
use crate::store::{Call, EndCall, Ended, Over};

const TABLE: &str = "early_end";
/// How long before its start the end of a call can be reported. Platforms report out of order by seconds;
/// an older end was another call's of that name, and must not end this one.
const AHEAD_OF_START: SignedDuration = SignedDuration::from_mins(5);

/// For how long after its end a callback is still the same one. Longer, and a platform that counts its calls
/// from one each day would ring for nobody.
const SAME_CALLBACK: SignedDuration = SignedDuration::from_secs(30);

#[async_trait]
impl Write for EndCall {
    type Output = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended, StoreError> {
        let mut newest = None;
        let mut over = false;
        for read in call_rows::read_named(tx, &self.key).await? {
            let kept = match read {
                ReadCall::Kept(kept) => *kept,
                ReadCall::Lost { reference, key_id } => {
                    settle::forget_lost(tx, &reference, key_id).await?;
                    continue;
                }
            };
            let event = CallEvent::Ended(self.by);
            let state = kept.call.state.apply(event, self.at, &self.policy);
            if state == EmergencyCall::Gone {
                settle::destroy(tx, &kept, self.at, &self.policy).await?;
                over = true;
                continue;
            }
            let ended = with_state(&kept, state);
            if state != kept.call.state {
                call_rows::keep(tx, &ended, &self.policy).await?;
                record_calls::changed(tx, &kept.call.state, &ended.call).await;
            }
            newest.get_or_insert(ended.call);
        }
        match newest {
            Some(call) => Ok(Ended::Call(Box::new(call))),
            None if over => Ok(Ended::Remembered),
            None => self.remember(tx).await,
        }
    }
}

impl EndCall {
    /// Keeps the end of a call whose start is not known.
    async fn remember(&self, tx: &mut Tx<'_>) -> Result<Ended, StoreError> {
        let digest = call_rows::call_digest(tx.keys, &self.key);
        keep(tx, &digest, self.at, self.by).await?;
        Ok(Ended::Remembered)
    }
}

async fn keep(tx: &mut Tx<'_>, digest: &str, at: Timestamp, by: EndedBy) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO early_end (call_digest, ended_at, ended_by) VALUES ($1, $2, $3) \
         ON CONFLICT (call_digest) DO UPDATE SET ended_at = $2, ended_by = $3",
    )
    .bind(digest)
    .bind(to_ms(at))
    .bind(to_word(&by))
    .execute(&mut *tx.connection)
    .await?;
    Ok(())
}

/// Keeps the end of a callback, for a start that is reported after it, or once more.
pub(super) async fn callback_ended(
    tx: &mut Tx<'_>,
    key: &CallKey,
    at: Timestamp,
) -> Result<(), StoreError> {
    let digest = call_rows::callback_digest(tx.keys, key);
    keep(tx, &digest, at, EndedBy::Platform).await
}

/// Whether a callback that is said to start at `at` is the one that ended just before.
pub(super) async fn is_callback_over(
    tx: &mut Tx<'_>,
    key: &CallKey,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let ended: Option<i64> =
        sqlx::query_scalar("SELECT ended_at FROM early_end WHERE call_digest = $1")
            .bind(call_rows::callback_digest(tx.keys, key))
            .fetch_optional(&mut *tx.connection)
            .await?;
    let ended = from_ms_opt(TABLE, ended)?;
    Ok(ended.is_some_and(|ended| at.duration_since(ended).abs() <= SAME_CALLBACK))
}

/// A call that starts at `at`: open, or over when its end was reported first.
pub(super) async fn started(
    tx: &mut Tx<'_>,
    named: &CallKey,
    at: Timestamp,
    policy: &CallPolicy,
) -> Result<EmergencyCall, StoreError> {
    let early: Option<(i64, String)> =
        sqlx::query_as("DELETE FROM early_end WHERE call_digest = $1 RETURNING ended_at, ended_by")
            .bind(call_rows::call_digest(tx.keys, named))
            .fetch_optional(&mut *tx.connection)
            .await?;
    let Some((ended_at, by)) = early else {
        return Ok(EmergencyCall::started(at));
    };
    let ended_at = from_ms(TABLE, ended_at)?;
    if at.duration_since(ended_at) > AHEAD_OF_START {
        return Ok(EmergencyCall::started(at));
    }
    let by: EndedBy = from_word(TABLE, &by)?;
    Ok(EmergencyCall::end_reported(ended_at, by).apply(CallEvent::Started, at, policy))
}

/// Forgets ends whose start did not come, `limit` at most.
pub(super) async fn forget_old(
    tx: &mut Tx<'_>,
    now: Timestamp,
    policy: &CallPolicy,
    limit: i64,
) -> Result<usize, StoreError> {
    let until = now
        .checked_sub(policy.callback_window.max(SignedDuration::ZERO))
        .unwrap_or(Timestamp::MIN);
    let forgotten = sqlx::query(
        "DELETE FROM early_end WHERE call_digest IN \
         (SELECT call_digest FROM early_end WHERE ended_at <= $1 ORDER BY ended_at LIMIT $2)",
    )
    .bind(to_ms(until))
    .bind(limit)
    .execute(&mut *tx.connection)
    .await?;
    Ok(usize::try_from(forgotten.rows_affected()).unwrap_or(usize::MAX))
}

/// When the next remembered end is to be forgotten.
pub(super) async fn next(
    tx: &mut Tx<'_>,
    policy: &CallPolicy,
) -> Result<Option<Timestamp>, StoreError> {
    let first: Option<i64> = sqlx::query_scalar("SELECT MIN(ended_at) FROM early_end")
        .fetch_one(&mut *tx.connection)
        .await?;
    let first = from_ms_opt(TABLE, first)?;
    let window = policy.callback_window.max(SignedDuration::ZERO);
    Ok(first.map(|at| at.checked_add(window).unwrap_or(Timestamp::MAX)))
}

pub(super) struct EndOpen {
    pub(super) which: Over,
    pub(super) at: Timestamp,
    pub(super) policy: CallPolicy,
}

#[async_trait]
impl Write for EndOpen {
    type Output = Vec<Call>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Call>, StoreError> {
        let mut ended = Vec::new();
        let open = match &self.which {
            Over::Call(reference) => {
                let found =
                    call_rows::read_by_reference(tx.connection, tx.keys, tx.call_keys, reference);
                found.await?.into_iter().collect()
            }
            Over::Of(agent) => call_rows::read_open_of(tx, agent).await?,
        };
        for kept in open {
            let policy = kept.call.policy(&self.policy);
            if !kept.call.state.at(self.at, &policy).is_open() {
                continue;
            }
            let event = CallEvent::Ended(EndedBy::Person);
            let over = with_state(&kept, kept.call.state.apply(event, self.at, &policy));
            if over.call.state == EmergencyCall::Gone {
                // A drill leaves nothing behind.
                settle::destroy(tx, &kept, self.at, &self.policy).await?;
                continue;
            }
            call_rows::keep(tx, &over, &self.policy).await?;
            record_calls::changed(tx, &kept.call.state, &over.call).await;
            ended.push(over.call);
        }
        Ok(ended)
    }
}
