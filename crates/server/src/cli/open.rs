use std::sync::Arc;

use anyhow::{Context as _, bail};

use crate::{
    config::{Config, Environment},
    seal::{CallKeys, Keys, Origin},
    store::{
        Store,
        sqlite::{Location, SqliteStore},
    },
};

/// Opens the store for one command. Must be called inside a tokio runtime.
///
/// A command differs from the server: what the server survives, it reports and stops.
pub(super) async fn open(
    config: &Config,
    environment: &Environment,
) -> anyhow::Result<Arc<dyn Store>> {
    let Some(location) = Location::from_url(&config.store.url) else {
        bail!(
            "the store's URL is not readable; write sqlite: and the path of its file, such as sqlite:whereabouts.db"
        );
    };
    let paths = config.paths(environment);
    let keys = Keys::load_or_create(&paths.seal_key_file);
    match keys.origin() {
        Origin::Created | Origin::Loaded => {}
        Origin::Ephemeral { reason } => bail!(
            "the keys that seal addresses can be neither read nor made in {}: {reason}",
            paths.seal_key_file.display()
        ),
        Origin::Replaced { aside } => tracing::error!(
            "the seal key file was damaged; it is now {}, and addresses sealed with its keys cannot \
             be read until it is restored",
            aside.display()
        ),
    }
    let call_keys = CallKeys::in_folder(&paths.call_key_folder);
    let store = SqliteStore::open(location, Arc::new(keys), Arc::new(call_keys));
    store
        .ready()
        .await
        .with_context(|| format!("the store {} cannot be used", config.store.url))?;
    Ok(Arc::new(store))
}
