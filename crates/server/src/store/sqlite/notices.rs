//! The outbox: queued with the call, read by whoever sends, gone with the call.

mod queue;
mod read;

use std::collections::HashSet;

use async_trait::async_trait;
use emergency::CallId;
use jiff::Timestamp;

pub(super) use queue::{PassedOn, Queued, pass_on, queue};

use super::{SqliteStore, StoreError, Tx, Write, drills, record_calls, words::to_ms};
use crate::{
    seal::Binding,
    store::{CallRef, Delivery, DueNotices, Notice, NoticeFigures, NoticeId, Notices},
};

const TABLE: &str = "notice";

#[async_trait]
impl Notices for SqliteStore {
    async fn due_notices(
        &self,
        now: Timestamp,
        known: &HashSet<NoticeId>,
        limit: usize,
    ) -> Result<DueNotices, StoreError> {
        let mut reader = self.reader().await?;
        read::due(&mut reader, &self.keys, &self.call_keys, now, known, limit).await
    }

    async fn note_delivery(
        &self,
        notice: &NoticeId,
        at: Timestamp,
        delivery: Delivery,
    ) -> Result<(), StoreError> {
        let notice = notice.clone();
        self.write(NoteDelivery {
            notice,
            at,
            delivery,
        })
        .await
    }

    async fn notices(&self, call: Option<&CallId>) -> Result<Vec<Notice>, StoreError> {
        let mut reader = self.reader().await?;
        let mut all = read::all(&mut reader, &self.keys, &self.call_keys).await?;
        all.retain(|notice| call.is_none_or(|call| notice.call.named_key().call_id == *call));
        Ok(all)
    }

    async fn notice_figures(&self) -> Result<NoticeFigures, StoreError> {
        let counted: Vec<(String, i64)> =
            sqlx::query_as("SELECT state, COUNT(*) FROM notice GROUP BY state")
                .fetch_all(&mut *self.reader().await?)
                .await?;
        let of = |word: &str| {
            let found = counted.iter().find(|(state, _)| state == word);
            found.map_or(0, |(_, count)| count.unsigned_abs())
        };
        Ok(NoticeFigures {
            waiting: of("waiting"),
            dead: of("dead"),
        })
    }
}

struct NoteDelivery {
    notice: NoticeId,
    at: Timestamp,
    delivery: Delivery,
}

#[async_trait]
impl Write for NoteDelivery {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let (state, next_at, done_at, error) = match &self.delivery {
            Delivery::Accepted => ("sent", None, Some(self.at), None),
            Delivery::Dead { error } => ("dead", None, Some(self.at), Some(error)),
            Delivery::Retry { at, error } => ("waiting", Some(*at), None, Some(error)),
        };
        // Only what waits can change: what was accepted once stays so, whatever a later try met.
        let noted: Option<(String, String, i64, i64)> = sqlx::query_as(
            "UPDATE notice SET state = $2, next_at = COALESCE($3, next_at), done_at = $4, \
             error = $5, attempts = attempts + 1 WHERE notice_id = $1 AND state = 'waiting' \
             RETURNING call_ref, channel, tier, attempts",
        )
        .bind(self.notice.as_str())
        .bind(state)
        .bind(next_at.map(to_ms))
        .bind(done_at.map(to_ms))
        .bind(error)
        .fetch_optional(&mut *tx.connection)
        .await?;
        if let Some((call, channel, tier, attempts)) = noted {
            let (call, notice) = (CallRef::from_stored(call), (&*channel, tier, attempts));
            if self.delivery == Delivery::Accepted {
                drills::notified(tx, &call, self.at).await?;
            }
            record_calls::delivered(tx, call, notice, self.at, &self.delivery).await;
        }
        Ok(())
    }
}

fn binding(notice: &NoticeId) -> Binding<'_> {
    Binding {
        table: TABLE,
        owner: notice.as_str(),
        version: 1,
    }
}
