use std::collections::{HashMap, HashSet};

use emergency::notification::Caller;
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

use super::{
    super::{
        StoreError,
        call_rows::{self, KeptCall},
        words::{from_ms, from_ms_opt, to_ms},
    },
    TABLE, binding,
};
use crate::{
    seal::{CallKeys, Keys},
    store::{CallRef, DueNotices, Notice, NoticeContent, NoticeId, NoticeState},
};

macro_rules! select_notices {
    ($rest:literal) => {
        concat!(
            "SELECT notice_id, call_ref, tier, edition, content_sealed, state, attempts, made_at, \
             next_at, done_at, error FROM notice ",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct Columns {
    notice_id: String,
    call_ref: String,
    tier: i64,
    edition: i64,
    content_sealed: Vec<u8>,
    state: String,
    attempts: i64,
    made_at: i64,
    next_at: i64,
    done_at: Option<i64>,
    error: Option<String>,
}

/// What is due, beside what is `known`, and when to look again.
pub(super) async fn due(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    now: Timestamp,
    known: &HashSet<NoticeId>,
    limit: usize,
) -> Result<DueNotices, StoreError> {
    let mut rows: Vec<Columns> = sqlx::query_as(select_notices!(
        "WHERE state = 'waiting' AND next_at <= $1 ORDER BY next_at, made_at, notice_id"
    ))
    .bind(to_ms(now))
    .fetch_all(&mut *connection)
    .await?;
    let next: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(next_at) FROM notice WHERE state = 'waiting' AND next_at > $1",
    )
    .bind(to_ms(now))
    .fetch_one(&mut *connection)
    .await?;
    let name = |row: &Columns| NoticeId::from_stored(row.notice_id.clone());
    let ids = rows.iter().map(name).collect();
    // What is known need not be opened again.
    rows.retain(|row| !known.contains(&name(row)));
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok(DueNotices {
        ids,
        notices: opened(connection, keys, call_keys, rows).await?,
        next: if more {
            Some(now)
        } else {
            from_ms_opt(TABLE, next)?
        },
    })
}

/// Every notice, the newest first.
pub(super) async fn all(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
) -> Result<Vec<Notice>, StoreError> {
    let rows: Vec<Columns> = sqlx::query_as(select_notices!(
        "ORDER BY made_at DESC, notice_id LIMIT 10000"
    ))
    .fetch_all(&mut *connection)
    .await?;
    opened(connection, keys, call_keys, rows).await
}

/// The notices whose call can be read. Those of a call whose key is lost go with it.
async fn opened(
    connection: &mut SqliteConnection,
    keys: &Keys,
    call_keys: &CallKeys,
    rows: Vec<Columns>,
) -> Result<Vec<Notice>, StoreError> {
    let mut calls: HashMap<String, Option<KeptCall>> = HashMap::new();
    let mut notices = Vec::with_capacity(rows.len());
    for row in rows {
        if !calls.contains_key(&row.call_ref) {
            let reference = CallRef::from_stored(row.call_ref.clone());
            let kept =
                call_rows::read_by_reference(connection, keys, call_keys, &reference).await?;
            calls.insert(row.call_ref.clone(), kept);
        }
        let kept = calls.get(&row.call_ref).and_then(Option::as_ref);
        match kept.and_then(|kept| open(&row, kept, call_keys)) {
            Some(notice) => notices.push(notice),
            None => tracing::error!(
                notice.id = row.notice_id,
                call.reference = row.call_ref,
                "a notice of an emergency call cannot be read"
            ),
        }
    }
    Ok(notices)
}

fn open(row: &Columns, kept: &KeptCall, call_keys: &CallKeys) -> Option<Notice> {
    let id = NoticeId::from_stored(row.notice_id.clone());
    let key = call_keys.find(&kept.key_id).ok()?;
    let plain = key.open(&binding(&id), &row.content_sealed).ok()?;
    let content: NoticeContent = serde_json::from_slice(&plain).ok()?;
    let unhandled_seconds = content.unhandled_seconds;
    let error = row.error.clone();
    let done = || from_ms(TABLE, row.done_at?).ok();
    Some(Notice {
        call: kept.call.clone(),
        caller: content.caller.map(|caller| Caller {
            username: caller.username,
            display_name: caller.display_name,
            team: caller.team,
        }),
        recipient: content.recipient,
        tier: row.tier.try_into().ok()?,
        unhandled_seconds,
        edition: row.edition.try_into().ok()?,
        state: match row.state.as_str() {
            "dead" => NoticeState::Dead {
                at: done()?,
                error: error.unwrap_or_default(),
            },
            "sent" => NoticeState::Sent { at: done()? },
            "waiting" => NoticeState::Waiting {
                next_at: from_ms(TABLE, row.next_at).ok()?,
                error,
            },
            _ => return None,
        },
        attempts: row.attempts.try_into().ok()?,
        made_at: from_ms(TABLE, row.made_at).ok()?,
        id,
    })
}
