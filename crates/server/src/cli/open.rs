use std::{
    fs,
    path::{self, Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail};
use tracing::{error, info};

use crate::{
    config::{Config, Environment, Paths},
    seal::{CallKeys, Keys, Origin},
    store::{
        Store,
        sqlite::{Location, SqliteStore},
    },
};

/// What a command does when the store it means is not there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Absent {
    /// Makes one, and says so.
    Create,
    /// Goes on with an empty one that is gone when the command ends.
    Pretend,
    /// Stops: in a store that was just made it could find nothing, so another is meant.
    Refuse,
}

/// A store that is open for one command.
pub(super) struct Opened {
    pub(super) store: Arc<dyn Store>,
    /// Holds the store of [`Absent::Pretend`], and removes it at the end.
    _pretended: Option<tempfile::TempDir>,
}

/// Opens the store for one command. Must be called inside a tokio runtime.
///
/// A command differs from the server: what the server survives, it reports and stops.
pub(super) async fn open(
    config: &Config,
    environment: &Environment,
    absent: Absent,
) -> anyhow::Result<Opened> {
    let mut config = config.clone();
    let location = location(&config)?;
    let file = absolute(&location);
    // A folder that cannot be looked into is a matter for whoever opens the store.
    let is_there = fs::exists(location.path()).unwrap_or(true);
    let mut pretended = None;
    match absent {
        Absent::Create if !is_there => info!(store.file = %file.display(), "a new store is made"),
        Absent::Pretend if !is_there => {
            info!(store.file = %file.display(), "there is no store yet, so this is tried on an empty one");
            let folder = tempfile::tempdir().context("there is no place for a store to try on")?;
            config.store.url = format!("sqlite:{}", folder.path().join("store.db").display());
            config.store.seal_key_file.clear();
            pretended = Some(folder);
        }
        Absent::Refuse if !is_there => bail!(
            "there is no store at {}; run this in the folder where the server runs, or name the \
             store with --database or --config",
            file.display()
        ),
        Absent::Create | Absent::Pretend | Absent::Refuse => {}
    }
    let store = used(&config, environment, pretended.is_some())?;
    store
        .ready()
        .await
        .with_context(|| format!("the store {} cannot be used", file.display()))?;
    Ok(Opened {
        store: Arc::new(store),
        _pretended: pretended,
    })
}

fn used(
    config: &Config,
    environment: &Environment,
    pretended: bool,
) -> anyhow::Result<SqliteStore> {
    let paths = config.paths(environment);
    let keys = Keys::load_or_create(&paths.seal_key_file);
    if let Origin::Ephemeral { reason } = keys.origin() {
        bail!(
            "the keys that seal addresses can be neither read nor made in {}: {reason}",
            paths.seal_key_file.display()
        );
    }
    if !pretended {
        tell(keys.origin(), &paths);
    }
    let call_keys = CallKeys::in_folder(&paths.call_key_folder);
    Ok(SqliteStore::open(
        location(config)?,
        Arc::new(keys),
        Arc::new(call_keys),
    ))
}

/// Where the store is, as it was configured.
pub(super) fn location(config: &Config) -> anyhow::Result<Location> {
    Location::from_url(&config.store.url).with_context(|| {
        format!(
            "store.url is {}; this version keeps its store in a file, such as \
             sqlite:/var/lib/whereabouts/whereabouts.db",
            scheme(&config.store.url)
        )
    })
}

/// The store's file as it can be found from every folder.
pub(super) fn absolute(location: &Location) -> PathBuf {
    whole(location.path())
}

fn whole(path: &Path) -> PathBuf {
    path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Says of the seal keys what somebody has to do about them.
pub(super) fn tell(origin: &Origin, paths: &Paths) {
    match origin {
        Origin::Created => info!(
            seal.file = %whole(&paths.seal_key_file).display(),
            call_keys.folder = %whole(&paths.call_key_folder).display(),
            "a seal key was made: keep a copy of it, apart from the store's; never copy the folder \
             of call keys"
        ),
        Origin::Loaded => {}
        Origin::Ephemeral { .. } | Origin::Replaced { .. } => error!(alarm = true, "{origin}"),
    }
}

/// The kind of store a URL means. The rest of it may hold a password.
fn scheme(url: &str) -> &str {
    url.split_once(':')
        .map_or("not a URL", |(scheme, _)| scheme)
}
