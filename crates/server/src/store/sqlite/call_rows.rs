//! Calls as they stand in the store: a digest to find each by, and everything else sealed under the
//! key of the call.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use emergency::{CallKey, CallPolicy, E164};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteConnection;

use super::{
    StoreError, Tx,
    words::{to_json, to_ms},
};
use crate::{
    seal::{Binding, CallKeyError, CallKeyId, CallKeys, Keys, SealKey},
    store::{AgentId, Call, CallRef, Change, NumberSource},
};

const TABLE: &str = "call";
/// How many calls one answer looks at, at most, however many there are: more than any platform, agent or
/// number has at a time.
const FEW: i64 = 32;
/// What stands for "not settled" in `held_until`.
const UNSETTLED: i64 = i64::MAX;

macro_rules! select_calls {
    ($rest:literal) => {
        concat!(
            "SELECT call_ref, key_id, key_sealed, content_sealed FROM call ",
            $rest
        )
    };
}

/// A call with what the store needs to keep it.
#[derive(Clone, Debug)]
pub(super) struct KeptCall {
    pub(super) call: Call,
    /// The platform's name of the callback that rings or rang.
    pub(super) callback_key: Option<CallKey>,
    pub(super) key_id: CallKeyId,
}

/// What is sealed of a call.
#[derive(Deserialize, Serialize)]
struct Content {
    call: Call,
    callback_key: Option<CallKey>,
}

#[derive(sqlx::FromRow)]
pub(super) struct CallColumns {
    call_ref: String,
    key_id: String,
    key_sealed: Option<Vec<u8>>,
    content_sealed: Vec<u8>,
}

/// A row that was read.
pub(super) enum ReadCall {
    Kept(Box<KeptCall>),
    /// Its key is gone, so nobody will ever read it again.
    Lost {
        reference: CallRef,
        key_id: CallKeyId,
    },
}

/// The calls that time changes by `now`, the longest due first, `limit` at most: each with its name, and
/// what could be read of it.
pub(super) async fn due(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(CallRef, Option<ReadCall>)>, StoreError> {
    let rows: Vec<CallColumns> =
        sqlx::query_as(select_calls!("WHERE due_at <= $1 ORDER BY due_at LIMIT $2"))
            .bind(to_ms(now))
            .bind(limit)
            .fetch_all(&mut *tx.connection)
            .await?;
    Ok(rows.into_iter().map(|row| named(row, tx)).collect())
}

/// The calls of which it is to be looked at by `now` whether further people are told, the longest due
/// first, `limit` at most: each with its name, and what could be read of it.
pub(super) async fn to_look_at(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(CallRef, Option<ReadCall>)>, StoreError> {
    let rows: Vec<CallColumns> = sqlx::query_as(select_calls!(
        "WHERE escalate_at <= $1 ORDER BY escalate_at LIMIT $2"
    ))
    .bind(to_ms(now))
    .bind(limit)
    .fetch_all(&mut *tx.connection)
    .await?;
    Ok(rows.into_iter().map(|row| named(row, tx)).collect())
}

fn named(row: CallColumns, tx: &Tx<'_>) -> (CallRef, Option<ReadCall>) {
    let reference = CallRef::from_stored(row.call_ref.clone());
    (reference, open(row, tx.keys, tx.call_keys))
}

/// Looks at a call again at `at`.
pub(super) async fn look_again(
    tx: &mut Tx<'_>,
    reference: &CallRef,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE call SET due_at = $2 WHERE call_ref = $1")
        .bind(reference.as_str())
        .bind(to_ms(at))
        .execute(&mut *tx.connection)
        .await?;
    Ok(())
}

/// Calls as they were opened last, so that reading all of them again opens only those that changed: every
/// change seals a call anew. What is gone from the store is gone from here with the next reading.
#[derive(Default)]
pub(super) struct Opened(Mutex<HashMap<String, (Vec<u8>, Call)>>);

impl Opened {
    /// Every call that a person could see, in the order in which people should.
    pub(super) async fn known_calls(
        &self,
        connection: &mut SqliteConnection,
        keys: &Keys,
        call_keys: &CallKeys,
    ) -> Result<Vec<Call>, StoreError> {
        let rows: Vec<CallColumns> = sqlx::query_as(select_calls!("ORDER BY call_ref"))
            .fetch_all(connection)
            .await?;
        let mut before = std::mem::take(&mut *self.lock());
        let mut opened = HashMap::with_capacity(rows.len());
        for row in rows {
            let (reference, sealed) = (row.call_ref.clone(), row.content_sealed.clone());
            let call = match before.remove(&reference) {
                Some((same, call)) if same == sealed => Some(call),
                _ => open(row, keys, call_keys).and_then(|read| Some(kept(read)?.call)),
            };
            if let Some(call) = call {
                opened.insert(reference, (sealed, call));
            }
        }
        let calls = visible(opened.values().map(|(_, call)| call.clone()));
        *self.lock() = opened;
        Ok(calls)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, (Vec<u8>, Call)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The calls of one agent that may be shown, the one to show first.
pub(super) async fn calls_of(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    agent: &AgentId,
) -> Result<Vec<Call>, StoreError> {
    let rows: Vec<CallColumns> = sqlx::query_as(select_calls!(
        "WHERE agent_digest = $1 ORDER BY test, open DESC, rowid DESC LIMIT $2"
    ))
    .bind(agent_digest(keys, agent))
    .bind(FEW)
    .fetch_all(connection)
    .await?;
    Ok(visible(rows.into_iter().filter_map(|row| {
        Some(kept(open(row, keys, call_keys)?)?.call)
    })))
}

/// One call by its name here.
pub(super) async fn read_by_reference(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    reference: &CallRef,
) -> Result<Option<KeptCall>, StoreError> {
    let row: Option<CallColumns> = sqlx::query_as(select_calls!("WHERE call_ref = $1"))
        .bind(reference.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.and_then(|row| kept(open(row, keys, call_keys)?)))
}

/// Whether there is a call that the platform named so.
pub(super) async fn is_named(tx: &mut Tx<'_>, named: &CallKey) -> Result<bool, StoreError> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM call WHERE named_digest = $1 LIMIT 1")
            .bind(call_digest(tx.keys, named))
            .fetch_optional(&mut *tx.connection)
            .await?;
    Ok(found.is_some())
}

/// The newest call that a platform named so, of this agent, test or not.
pub(super) async fn read_repeated(
    tx: &mut Tx<'_>,
    named: &CallKey,
    agent: Option<&AgentId>,
    test: bool,
) -> Result<Option<ReadCall>, StoreError> {
    let row: Option<CallColumns> = sqlx::query_as(select_calls!(
        "WHERE named_digest = $1 AND agent_digest IS $2 AND test = $3 ORDER BY rowid DESC LIMIT 1"
    ))
    .bind(call_digest(tx.keys, named))
    .bind(agent.map(|agent| agent_digest(tx.keys, agent)))
    .bind(i64::from(test))
    .fetch_optional(&mut *tx.connection)
    .await?;
    Ok(row.and_then(|row| open(row, tx.keys, tx.call_keys)))
}

/// The calls that an end may mean, by the platform's name: those in progress, or else the newest.
pub(super) async fn read_named(
    tx: &mut Tx<'_>,
    named: &CallKey,
) -> Result<Vec<ReadCall>, StoreError> {
    let digest = call_digest(tx.keys, named);
    let mut rows: Vec<CallColumns> = sqlx::query_as(select_calls!(
        "WHERE named_digest = $1 AND open = 1 ORDER BY rowid DESC LIMIT $2"
    ))
    .bind(&digest)
    .bind(FEW)
    .fetch_all(&mut *tx.connection)
    .await?;
    if rows.is_empty() {
        rows = sqlx::query_as(select_calls!(
            "WHERE named_digest = $1 AND open = 0 ORDER BY rowid DESC LIMIT 1"
        ))
        .bind(&digest)
        .fetch_all(&mut *tx.connection)
        .await?;
    }
    Ok(rows
        .into_iter()
        .filter_map(|row| open(row, tx.keys, tx.call_keys))
        .collect())
}

/// The calls of an agent that are in progress.
pub(super) async fn read_open_of(
    tx: &mut Tx<'_>,
    agent: &AgentId,
) -> Result<Vec<KeptCall>, StoreError> {
    let rows: Vec<CallColumns> =
        sqlx::query_as(select_calls!("WHERE agent_digest = $1 AND open = 1"))
            .bind(agent_digest(tx.keys, agent))
            .fetch_all(&mut *tx.connection)
            .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| kept(open(row, tx.keys, tx.call_keys)?))
        .collect())
}

/// The calls that show a number, those that hold it longest first, real ones before tests.
pub(super) async fn read_by_number(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    number: &E164,
) -> Result<Vec<KeptCall>, StoreError> {
    let rows: Vec<CallColumns> = sqlx::query_as(select_calls!(
        "WHERE number_digest = $1 ORDER BY test, held_until DESC LIMIT $2"
    ))
    .bind(number_digest(keys, number))
    .bind(FEW)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| kept(open(row, keys, call_keys)?))
        .collect())
}

fn kept(read: ReadCall) -> Option<KeptCall> {
    match read {
        ReadCall::Kept(kept) => Some(*kept),
        ReadCall::Lost { .. } => None,
    }
}

/// The calls whose callback has this name on the platform.
pub(super) async fn read_by_callback(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    key: &CallKey,
) -> Result<Vec<KeptCall>, StoreError> {
    let rows: Vec<CallColumns> = sqlx::query_as(select_calls!("WHERE callback_digest = $1"))
        .bind(callback_digest(keys, key))
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| kept(open(row, keys, call_keys)?))
        .collect())
}

/// Keeps a call, new or changed, and tells its agent.
pub(super) async fn keep(
    tx: &mut Tx<'_>,
    kept: &KeptCall,
    policy: &CallPolicy,
) -> Result<(), StoreError> {
    let call = &kept.call;
    let policy = &call.policy(policy);
    let Ok(key) = tx.call_keys.find(&kept.key_id) else {
        return Err(StoreError::Corrupt { table: TABLE });
    };
    let key_sealed = (!tx.call_keys.is_in_file(&kept.key_id))
        .then(|| tx.keys.seal(&key_binding(&call.reference), &key.to_bytes()));
    let content = Content {
        call: call.clone(),
        callback_key: kept.callback_key.clone(),
    };
    let content_sealed = key.seal(
        &content_binding(&call.reference),
        to_json(&content).as_bytes(),
    );
    let agent = call.agent.as_ref().map(|agent| &agent.id);
    let number = call.callback_number.as_ref();
    sqlx::query(
        "INSERT INTO call (call_ref, call_digest, agent_digest, callback_digest, key_id, \
         key_sealed, content_sealed, named_digest, test, open, number_digest, lent, held_until, \
         due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT (call_ref) DO UPDATE SET agent_digest = $3, callback_digest = $4, \
         key_sealed = $6, content_sealed = $7, named_digest = $8, test = $9, open = $10, \
         number_digest = $11, lent = $12, held_until = $13, due_at = $14",
    )
    .bind(call.reference.as_str())
    .bind(call_digest(tx.keys, &call.key))
    .bind(agent.map(|agent| agent_digest(tx.keys, agent)))
    .bind(
        kept.callback_key
            .as_ref()
            .map(|key| callback_digest(tx.keys, key)),
    )
    .bind(kept.key_id.as_str())
    .bind(key_sealed)
    .bind(content_sealed)
    .bind(call_digest(tx.keys, &call.named_key()))
    .bind(i64::from(call.test))
    .bind(i64::from(call.state.is_open()))
    .bind(number.map(|shown| number_digest(tx.keys, &shown.number)))
    .bind(i64::from(
        number.is_some_and(|shown| shown.source == NumberSource::Pool),
    ))
    .bind(held_until(call, policy))
    .bind(call.state.deadline(policy).map_or(0, to_ms))
    .execute(&mut *tx.connection)
    .await?;
    tell(tx, call).await
}

/// Until when a call holds its number, as a moment that can be compared.
fn held_until(call: &Call, policy: &CallPolicy) -> i64 {
    // While responders are on the line the number is held however long that takes.
    if call.state.callback().is_active() {
        return UNSETTLED;
    }
    call.state
        .callback_window(Timestamp::MIN, policy)
        .filter(|window| window.settled)
        .map_or(UNSETTLED, |window| to_ms(window.until))
}

/// Tells whoever shows a call that it changed.
pub(super) async fn tell(tx: &mut Tx<'_>, call: &Call) -> Result<(), StoreError> {
    match &call.agent {
        Some(agent) => {
            tx.touch(&agent.id.clone()).await?;
        }
        None => tx.tell(Change::UnknownAgentsCall),
    }
    Ok(())
}

pub(super) fn call_digest(keys: &Keys, key: &CallKey) -> String {
    keys.digest("call", &format!("{}\0{}", key.api_key, key.call_id))
        .to_hex()
}

pub(super) fn agent_digest(keys: &Keys, agent: &AgentId) -> String {
    keys.digest("agent", agent.as_str()).to_hex()
}

pub(super) fn number_digest(keys: &Keys, number: &E164) -> String {
    keys.digest("number", number.as_str()).to_hex()
}

pub(super) fn callback_digest(keys: &Keys, key: &CallKey) -> String {
    keys.digest("callback", &format!("{}\0{}", key.api_key, key.call_id))
        .to_hex()
}

fn open(row: CallColumns, keys: &Keys, call_keys: &CallKeys) -> Option<ReadCall> {
    #[cfg(test)]
    call_keys.count();
    let reference = CallRef::from_stored(row.call_ref);
    let Ok(key_id) = CallKeyId::from_stored(&row.key_id) else {
        tracing::error!(call = %reference, "a call names a key that cannot be");
        return None;
    };
    let key = match find_key(
        &reference,
        &key_id,
        row.key_sealed.as_deref(),
        keys,
        call_keys,
    ) {
        Ok(key) => key,
        Err(CallKeyError::Gone) => return Some(ReadCall::Lost { reference, key_id }),
        Err(error @ (CallKeyError::Damaged | CallKeyError::Disk(_) | CallKeyError::Owned)) => {
            tracing::error!(call = %reference, %error, "an emergency call cannot be read");
            return None;
        }
    };
    let content = key
        .open(&content_binding(&reference), &row.content_sealed)
        .ok()
        .and_then(|plain| serde_json::from_slice::<Content>(&plain).ok());
    let Some(content) = content else {
        tracing::error!(call = %reference, "an emergency call is damaged");
        return None;
    };
    Some(ReadCall::Kept(Box::new(KeptCall {
        call: content.call,
        callback_key: content.callback_key,
        key_id,
    })))
}

fn find_key(
    reference: &CallRef,
    id: &CallKeyId,
    sealed: Option<&[u8]>,
    keys: &Keys,
    call_keys: &CallKeys,
) -> Result<SealKey, CallKeyError> {
    let Some(sealed) = sealed else {
        return call_keys.find(id);
    };
    let opened = keys
        .open(&key_binding(reference), sealed)
        .map_err(|_| CallKeyError::Gone)?;
    let key = SealKey::from_bytes(&opened).ok_or(CallKeyError::Damaged)?;
    call_keys.remember(id, &key);
    Ok(key)
}

fn visible(calls: impl IntoIterator<Item = Call>) -> Vec<Call> {
    let mut calls: Vec<Call> = calls
        .into_iter()
        .filter(|call| call.started_at().is_some())
        .collect();
    calls.sort_by_cached_key(|call| (call.order_for_people(), call.reference.clone()));
    calls
}

fn content_binding(reference: &CallRef) -> Binding<'_> {
    Binding {
        table: TABLE,
        owner: reference.as_str(),
        version: 1,
    }
}

fn key_binding(reference: &CallRef) -> Binding<'_> {
    Binding {
        table: "call_key",
        owner: reference.as_str(),
        version: 1,
    }
}
