use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use sqlx::{
    ConnectOptions as _, Connection as _, SqlitePool,
    migrate::Migrator,
    pool::PoolOptions,
    sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous},
};

use super::{
    StoreError,
    presence::{self, Presence},
};

/// How long one statement of the writer waits for a lock of another process before the writer looks
/// again at what its jobs want.
const WRITER_WAITS: Duration = Duration::from_millis(100);
const READER_WAITS: Duration = Duration::from_millis(100);
const READER_QUEUE_WAITS: Duration = Duration::from_secs(2);

static MIGRATIONS: Migrator = sqlx::migrate!("src/store/sqlite/migrations");

/// Where the store is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Location {
    path: PathBuf,
    expected: bool,
    node: String,
}

impl Location {
    /// The store in this file.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            expected: false,
            node: String::new(),
        }
    }

    /// The same, where `expected` says that there was an organisation in it before: one that is missing
    /// or empty then counts as away, and is neither made nor brought into shape.
    #[must_use]
    pub fn expected(self, expected: bool) -> Self {
        Self { expected, ..self }
    }

    /// The same, for another node of the installation: each has a chain of its own in the compliance record.
    #[must_use]
    pub fn on_node(self, node: impl Into<String>) -> Self {
        Self {
            node: node.into(),
            ..self
        }
    }

    pub(super) fn node(&self) -> &str {
        &self.node
    }

    pub(super) fn is_expected(&self) -> bool {
        self.expected
    }

    /// Reads `sqlite:PATH` (also `sqlite://PATH`). `None` for anything else.
    #[must_use]
    pub fn from_url(url: &str) -> Option<Self> {
        let path = url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        (!path.is_empty() && !path.starts_with(':')).then(|| Self::file(path))
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Deleted content is overwritten, not only unlinked.
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-20000")
            .statement_cache_capacity(256)
            .disable_statement_logging()
    }
}

/// The connections that read. They are made when they are first needed, and cannot write.
pub(super) fn readers(location: &Location) -> SqlitePool {
    let cores = thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let count = u32::try_from(cores.clamp(2, 8)).unwrap_or(2);
    PoolOptions::new()
        .max_connections(count)
        .acquire_timeout(READER_QUEUE_WAITS)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(
            location
                .options()
                .create_if_missing(false)
                .busy_timeout(READER_WAITS)
                .pragma("query_only", "ON")
                .pragma("mmap_size", "268435456")
                .thread_name(|number| format!("store-reader-{number}")),
        )
}

/// The connection that writes: the file is made if it is not there, and brought into shape; unless there
/// must be an organisation in it already.
pub(super) async fn writer(
    location: &Location,
    presence: &Presence,
) -> Result<SqliteConnection, StoreError> {
    let expected = presence.is_expected();
    if expected {
        if presence.is_missing() {
            return Err(presence.refuse("it is missing or empty, and was not before"));
        }
    } else if make(&location.path).map_err(|error| StoreError::Unavailable {
        reason: error.to_string(),
    })? {
        presence.note_made();
    }
    let options = location
        .options()
        .create_if_missing(!expected)
        .busy_timeout(WRITER_WAITS)
        .pragma("wal_autocheckpoint", "8000")
        .thread_name(|_| "store-writer".to_owned());
    let mut connection = SqliteConnection::connect_with(&options).await?;
    if expected && !presence::holds_an_organisation(&mut connection).await? {
        drop(connection.close().await);
        return Err(presence.refuse("there is no organisation in it, and there was one before"));
    }
    MIGRATIONS
        .run_direct(None, &mut connection, false)
        .await
        .map_err(|error| StoreError::Unavailable {
            reason: error.to_string(),
        })?;
    presence.note_open();
    Ok(connection)
}

/// Makes the file, and the folder it is in, unless it is there. Says whether it did.
fn make(path: &Path) -> io::Result<bool> {
    if let Some(folder) = path.parent()
        && !folder.as_os_str().is_empty()
    {
        fs::create_dir_all(folder)?;
    }
    make_private(path)
}

/// Makes an empty file that only its owner can read, unless there is one. SQLite gives the files
/// beside it the same mode.
fn make_private(path: &Path) -> io::Result<bool> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
