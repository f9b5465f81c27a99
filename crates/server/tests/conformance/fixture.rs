use std::{sync::Arc, time::Duration};

use server::{
    seal::{CallKeys, Keys},
    store::{
        Store,
        sqlite::{Location, SqliteStore},
    },
};

/// Makes a store that is empty, and opens the same one again and again.
pub(crate) trait Fixture {
    /// An empty one.
    fn fresh() -> Self;
    /// Opens it, as a server does at its start. The one that was opened before was closed, or
    /// dropped as by a crash.
    async fn open(&self) -> Arc<dyn Store>;
}

pub(crate) struct OnSqlite {
    folder: tempfile::TempDir,
}

impl Fixture for OnSqlite {
    fn fresh() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    async fn open(&self) -> Arc<dyn Store> {
        let keys = Keys::load_or_create(&self.folder.path().join("seal-key"));
        let call_keys = CallKeys::in_folder(&self.folder.path().join("call-keys"));
        let location = Location::file(self.folder.path().join("store.db"));
        let store = SqliteStore::open(location, Arc::new(keys), Arc::new(call_keys));
        store.ready().await.unwrap();
        // A dropped store lets go of its folder in its own time; a dead process has done so.
        let owned = async {
            while store.take_over().await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, owned).await.unwrap();
        Arc::new(store)
    }
}
