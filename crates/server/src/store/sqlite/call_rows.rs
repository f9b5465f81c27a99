//! Calls as they stand in the store: a digest to find each by, and everything else sealed under the
//! key of the call.

use emergency::CallKey;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteConnection;

use super::{StoreError, Tx, words::to_json};
use crate::{
    seal::{Binding, CallKeyError, CallKeyId, CallKeys, Keys, SealKey},
    store::{AgentId, Call, CallRef, Change},
};

const TABLE: &str = "call";

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

/// Every row. Those that cannot be read now, but may be later, are left out.
pub(super) async fn read_all(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
) -> Result<Vec<ReadCall>, StoreError> {
    let rows: Vec<CallColumns> = sqlx::query_as(select_calls!("ORDER BY call_ref"))
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| open(row, keys, call_keys))
        .collect())
}

/// Every call that a person could see, in the order in which people should.
pub(super) async fn known_calls(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
) -> Result<Vec<Call>, StoreError> {
    Ok(visible(read_all(connection, keys, call_keys).await?))
}

/// The calls of one agent, the one to show first.
pub(super) async fn calls_of(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    agent: &AgentId,
) -> Result<Vec<Call>, StoreError> {
    let rows: Vec<CallColumns> = sqlx::query_as(select_calls!("WHERE agent_digest = $1"))
        .bind(agent_digest(keys, agent))
        .fetch_all(connection)
        .await?;
    let read = rows
        .into_iter()
        .filter_map(|row| open(row, keys, call_keys))
        .collect();
    Ok(visible(read))
}

/// One call by its name on the platform.
pub(super) async fn read_by_key(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    key: &CallKey,
) -> Result<Option<ReadCall>, StoreError> {
    let row: Option<CallColumns> = sqlx::query_as(select_calls!("WHERE call_digest = $1"))
        .bind(call_digest(keys, key))
        .fetch_optional(connection)
        .await?;
    Ok(row.and_then(|row| open(row, keys, call_keys)))
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
        .filter_map(|row| match open(row, keys, call_keys)? {
            ReadCall::Kept(kept) => Some(*kept),
            ReadCall::Lost { .. } => None,
        })
        .collect())
}

/// Keeps a call, new or changed, and tells its agent.
pub(super) async fn keep(tx: &mut Tx<'_>, kept: &KeptCall) -> Result<(), StoreError> {
    let call = &kept.call;
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
    sqlx::query(
        "INSERT INTO call (call_ref, call_digest, agent_digest, callback_digest, key_id, \
         key_sealed, content_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (call_ref) DO UPDATE SET agent_digest = $3, callback_digest = $4, \
         key_sealed = $6, content_sealed = $7",
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
    .execute(&mut *tx.connection)
    .await?;
    tell(tx, call).await
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

fn callback_digest(keys: &Keys, key: &CallKey) -> String {
    keys.digest("callback", &format!("{}\0{}", key.api_key, key.call_id))
        .to_hex()
}

fn open(row: CallColumns, keys: &Keys, call_keys: &CallKeys) -> Option<ReadCall> {
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

fn visible(read: Vec<ReadCall>) -> Vec<Call> {
    let mut calls: Vec<Call> = read
        .into_iter()
        .filter_map(|read| match read {
            ReadCall::Kept(kept) => Some(kept.call),
            ReadCall::Lost { .. } => None,
        })
        .filter(|call| call.started_at().is_some())
        .collect();
    calls.sort_by_key(Call::order_for_people);
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
