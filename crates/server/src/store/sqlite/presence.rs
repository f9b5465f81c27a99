//! Whether the store is where it was. A database that was deleted, replaced, or is not there because its
//! volume is not mounted must never be taken for an organisation without agents and without calls.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use sqlx::sqlite::SqliteConnection;

use super::{Location, StoreError};

/// What is known about the file.
pub(super) struct Presence {
    path: PathBuf,
    state: Mutex<State>,
    away: AtomicBool,
    /// Grows whenever another file was opened than before.
    generation: AtomicU64,
}

#[derive(Default)]
struct State {
    /// There was an organisation in it: one that is missing or empty is not the store.
    expected: bool,
    /// This process made it.
    made: bool,
    /// The file that is open.
    open: Option<FileId>,
}

/// What tells one file from another of the same name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct FileId {
    device: u64,
    number: u64,
}

impl Presence {
    /// Looks for the file, so that a store that cannot be there is away from the beginning.
    pub(super) fn of(location: &Location) -> Self {
        let presence = Self {
            path: location.path().to_owned(),
            state: Mutex::new(State {
                expected: location.is_expected(),
                ..State::default()
            }),
            away: AtomicBool::new(false),
            generation: AtomicU64::new(0),
        };
        if location.is_expected() && presence.is_missing() {
            presence.away.store(true, Ordering::SeqCst);
        }
        presence
    }

    /// Whether there must be an organisation in it already.
    pub(super) fn is_expected(&self) -> bool {
        self.lock().expected
    }

    /// Whether this process made the file.
    pub(super) fn was_made_here(&self) -> bool {
        self.lock().made
    }

    pub(super) fn note_made(&self) {
        self.lock().made = true;
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// Refuses as long as the store is away. Touches no disk.
    pub(super) fn admit(&self) -> Result<(), StoreError> {
        if self.away.load(Ordering::SeqCst) {
            Err(self.is_away())
        } else {
            Ok(())
        }
    }

    /// Looks whether the file that is open is still the one at its path.
    pub(super) fn look(&self) -> Result<(), StoreError> {
        let open = self.lock().open;
        if open.is_some() && open != self.file() {
            // From now on only a store with an organisation in it is this one.
            let mut state = self.lock();
            (state.expected, state.open) = (true, None);
            drop(state);
            self.refuse("it was deleted or replaced while it was in use");
        }
        self.admit()
    }

    /// Whether there is nothing that could be a store.
    pub(super) fn is_missing(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|file| file.len() == 0) || !self.path.exists()
    }

    /// It is open, and is what it should be.
    pub(super) fn note_open(&self) {
        let found = self.file();
        let before = std::mem::replace(&mut self.lock().open, found);
        let was_away = self.away.swap(false, Ordering::SeqCst);
        if was_away || (before.is_some() && before != found) {
            self.generation.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// It is not what it should be.
    pub(super) fn refuse(&self, why: &'static str) -> StoreError {
        if !self.away.swap(true, Ordering::SeqCst) {
            tracing::error!(
                alarm = true,
                store.path = %self.path.display(),
                "the store counts as away, because {why}: mount or restore it; calls are answered from the \
                 last-known copy. To begin with an empty store instead, stop the server and remove that copy \
                 (store.snapshot_file)"
            );
        }
        self.is_away()
    }

    fn is_away(&self) -> StoreError {
        StoreError::Unavailable {
            reason: "the database is missing, or is not the one that was served before".to_owned(),
        }
    }

    #[cfg(unix)]
    fn file(&self) -> Option<FileId> {
        use std::os::unix::fs::MetadataExt as _;
        let file = fs::metadata(&self.path).ok()?;
        Some(FileId {
            device: file.dev(),
            number: file.ino(),
        })
    }

    /// Elsewhere a file that is open cannot be deleted; that it is there says enough.
    #[cfg(not(unix))]
    fn file(&self) -> Option<FileId> {
        self.path.exists().then_some(FileId {
            device: 0,
            number: 0,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether there is an organisation in the store, however old its shape.
pub(super) async fn holds_an_organisation(
    connection: &mut SqliteConnection,
) -> Result<bool, StoreError> {
    let tables: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'agent'",
    )
    .fetch_one(&mut *connection)
    .await?;
    if tables == 0 {
        return Ok(false);
    }
    let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM agent LIMIT 1")
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}
