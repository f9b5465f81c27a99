//! The store on SQLite, in one file on this machine.
//!
//! Readers are a small pool of connections that cannot write. All changes go through one writer,
//! which commits whatever waits in one transaction ([`writer`]). Reader and writer meet only in the
//! write-ahead log, so neither waits for the other. `synchronous=FULL`: what is answered is on the
//! disk.
//!
//! Opening never fails: a store that cannot be reached now is tried again and again, and until then
//! its verbs fail, so that a server can start and answer from its last-known copy.

mod agents;
mod api_keys;
mod call_rows;
mod callbacks;
mod calls;
mod connect;
mod contacts;
mod desk_sessions;
mod drills;
mod ends;
mod enrolments;
mod erase;
mod handling;
#[cfg(test)]
mod held;
mod history_at;
mod imports;
mod leases;
mod mine;
mod notices;
mod numbers;
mod openings;
mod places;
mod presence;
mod presences;
mod record;
mod record_calls;
mod record_read;
mod roster;
mod rows;
mod sessions;
mod settle;
mod sites;
mod snapshot;
mod standing;
mod test_results;
#[cfg(test)]
mod tests;
mod words;
mod writer;

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use async_trait::async_trait;
use sqlx::{Sqlite, SqlitePool, pool::PoolConnection, sqlite::SqliteConnection};
use tokio::sync::broadcast;

pub use connect::Location;
use presence::Presence;
pub use writer::Figures;
use writer::{Tx, Write, Writer};

use super::{Change, Claim, Store, StoreError};
use crate::seal::{CallKeyId, CallKeys, Keys};

/// How many changes a slow listener may be behind before it has to read everything again.
const CHANGES_KEPT: usize = 4_096;

/// The bytes that a disk must have left for the store to count as ready.
const ROOM: usize = 512 * 1024;

/// The store on SQLite.
pub struct SqliteStore {
    location: Location,
    presence: Arc<Presence>,
    /// Those of one file; another needs others.
    readers: RwLock<(u64, Readers)>,
    writer: Writer,
    keys: Arc<Keys>,
    call_keys: Arc<CallKeys>,
    opened: call_rows::Opened,
    changes: broadcast::Sender<Change>,
}

/// The connections that read.
#[derive(Clone)]
struct Readers {
    everybody: SqlitePool,
    telephony: SqlitePool,
}

impl Readers {
    fn of(location: &Location) -> Self {
        Self {
            everybody: connect::readers(location),
            telephony: connect::readers(location),
        }
    }
}

impl SqliteStore {
    /// Opens the store at `location` and makes it if it is not there. Returns at once; see
    /// [`Store::ready`]. Must be called inside a tokio runtime.
    #[must_use]
    pub fn open(location: Location, keys: Arc<Keys>, call_keys: Arc<CallKeys>) -> Self {
        let (changes, _) = broadcast::channel(CHANGES_KEPT);
        let presence = Arc::new(Presence::of(&location));
        Self {
            readers: RwLock::new((presence.generation(), Readers::of(&location))),
            writer: Writer::start(
                location.clone(),
                keys.clone(),
                call_keys.clone(),
                changes.clone(),
                presence.clone(),
            ),
            presence,
            location,
            keys,
            call_keys,
            opened: call_rows::Opened::default(),
            changes,
        }
    }

    /// What the writer has done so far.
    #[must_use]
    pub fn figures(&self) -> Figures {
        self.writer.figures()
    }

    async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.presence.admit()?;
        let readers = self.readers();
        Ok(readers.everybody.acquire().await?)
    }

    /// A connection for what a telephony platform waits for: however many streams read, none is before it.
    async fn telephony_reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.presence.admit()?;
        let readers = self.readers();
        Ok(readers.telephony.acquire().await?)
    }

    fn readers(&self) -> Readers {
        let generation = self.presence.generation();
        let known = self.readers.read().unwrap_or_else(PoisonError::into_inner);
        if known.0 == generation {
            return known.1.clone();
        }
        drop(known);
        let mut known = self.readers.write().unwrap_or_else(PoisonError::into_inner);
        if known.0 != generation {
            *known = (generation, Readers::of(&self.location));
        }
        known.1.clone()
    }

    async fn write<W: Write>(&self, work: W) -> Result<W::Output, StoreError> {
        self.writer.write(work, Claim::new()).await
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn ready(&self) -> Result<(), StoreError> {
        self.write(Nothing).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let mut reader = self.reader().await?;
        let _: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM meta")
            .fetch_one(&mut *reader)
            .await?;
        Ok(())
    }

    async fn ping_write(&self) -> Result<(), StoreError> {
        self.write(Nothing).await
    }

    async fn has_room(&self) -> Result<(), StoreError> {
        self.presence.admit()?;
        let folder = match self.location.path().parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => std::path::PathBuf::from("."),
        };
        let wrote = tokio::task::spawn_blocking(move || {
            let mut draft = tempfile::Builder::new()
                .prefix(".room-")
                .tempfile_in(folder)?;
            std::io::Write::write_all(&mut draft, &vec![0x5a; ROOM])
        });
        match wrote.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(StoreError::Unavailable {
                reason: error.to_string(),
            }),
            Err(_) => Err(StoreError::Busy),
        }
    }

    async fn look(&self) {
        let presence = self.presence.clone();
        // What it finds is told by the next verb; a panic was logged where it happened.
        drop(tokio::task::spawn_blocking(move || presence.look()).await);
    }

    fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    async fn is_sample(&self) -> Result<bool, StoreError> {
        sample(&mut *self.reader().await?).await
    }

    async fn take_over(&self) -> Result<(), StoreError> {
        self.write(CheckSealKey).await?;
        self.write(LookAtEveryCall).await?;
        let needed: Vec<String> = sqlx::query_scalar("SELECT key_id FROM call")
            .fetch_all(&mut *self.reader().await?)
            .await?;
        let needed = needed
            .iter()
            .filter_map(|id| CallKeyId::from_stored(id).ok())
            .collect();
        let call_keys = self.call_keys.clone();
        // A store that was just made needs no key; another one, which comes back, may.
        let spare = self.presence.was_made_here();
        let took = tokio::task::spawn_blocking(move || {
            call_keys.take_over(&needed, spare)?;
            call_keys.refill()
        });
        match took.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(StoreError::Unavailable {
                reason: error.to_string(),
            }),
            Err(_) => Err(StoreError::Unavailable {
                reason: "a fault in the server".to_owned(),
            }),
        }
    }

    async fn close(&self) {
        self.writer.close().await;
        let readers = self.readers();
        readers.everybody.close().await;
        readers.telephony.close().await;
        let call_keys = self.call_keys.clone();
        // A panic there was logged where it happened.
        drop(tokio::task::spawn_blocking(move || call_keys.release()).await);
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SqliteStore({:?})", self.location)
    }
}

/// A change that changes nothing: whether a commit works at all.
struct Nothing;

#[async_trait]
impl Write for Nothing {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO meta (name, value) VALUES ('pinged', '') ON CONFLICT (name) DO UPDATE SET value = ''")
            .execute(&mut *tx.connection)
            .await?;
        Ok(())
    }
}

/// Every call is looked at once: its key may be lost, and policy may be another than before.
struct LookAtEveryCall;

#[async_trait]
impl Write for LookAtEveryCall {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        sqlx::query("UPDATE call SET due_at = 0, escalate_at = 0")
            .execute(&mut *tx.connection)
            .await?;
        Ok(())
    }
}

/// Notes which key seals, and raises the alarm when the one that sealed before is not there.
struct CheckSealKey;

#[async_trait]
impl Write for CheckSealKey {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let current = tx.keys.current().to_string();
        let before: Option<String> =
            sqlx::query_scalar("SELECT value FROM meta WHERE name = 'seal_key'")
                .fetch_optional(&mut *tx.connection)
                .await?;
        if before
            .as_ref()
            .is_some_and(|before| !tx.keys.names().contains(before))
        {
            tracing::error!(
                alarm = true,
                "the key that sealed addresses before is not in the seal key file: restore the file; \
                 until then those addresses cannot be read, and their agents have to confirm again"
            );
        }
        if before.as_deref() != Some(current.as_str()) {
            sqlx::query(
                "INSERT INTO meta (name, value) VALUES ('seal_key', $1) \
                 ON CONFLICT (name) DO UPDATE SET value = $1",
            )
            .bind(current)
            .execute(&mut *tx.connection)
            .await?;
        }
        Ok(())
    }
}

async fn sample(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let found: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM meta WHERE name = 'sample'")
        .fetch_one(connection)
        .await?;
    Ok(found > 0)
}

impl From<sqlx::Error> for StoreError {
    /// Keeps what the database said and drops every value: decoding errors may quote them.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the driver's errors are not ours, and new ones mean the same"
    )]
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(refused) => Self::Unavailable {
                reason: refused.message().to_owned(),
            },
            sqlx::Error::Io(error) => Self::Unavailable {
                reason: error.to_string(),
            },
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::Decode(_)
            | sqlx::Error::TypeNotFound { .. } => Self::Corrupt { table: "?" },
            _ => Self::Unavailable {
                reason: "the database driver failed".to_owned(),
            },
        }
    }
}
