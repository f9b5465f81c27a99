use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{Environment, Msag, StoreSection};
use crate::hex::hex;

/// The files of one installation, with every default filled in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Paths {
    /// The keys that seal addresses. By default beside the store.
    pub seal_key_file: PathBuf,
    /// The folder with the keys of calls: beside the seal key file. Not to be backed up.
    pub call_key_folder: PathBuf,
    /// The folder of the call journal. By default in the user's (or the unit's) state folder.
    pub journal_folder: PathBuf,
    /// The sealed last-known copy. By default in the same state folder.
    pub snapshot_file: PathBuf,
    /// The heads of the compliance record as they were last seen: beside the last-known copy.
    pub record_heads_file: PathBuf,
    /// The street guide. By default beside the store.
    pub msag_file: PathBuf,
}

impl Paths {
    pub(super) fn of(store: &StoreSection, msag: &Msag, environment: &Environment) -> Self {
        let database = store.url.trim_start_matches("sqlite:");
        let database = PathBuf::from(database.strip_prefix("//").unwrap_or(database));
        let seal_key_file =
            or_default(&store.seal_key_file, || with_ending(&database, ".seal-key"));
        // Two installations of one user must never read each other's copy.
        let own = state_folder(environment).join(short_digest(&database));
        let snapshot_file = or_default(&store.snapshot_file, || own.join("last-known"));
        Self {
            record_heads_file: with_ending(&snapshot_file, ".record-heads"),
            call_key_folder: with_ending(&seal_key_file, "-calls"),
            journal_folder: or_default(&store.journal_dir, || own.join("journal")),
            snapshot_file,
            msag_file: or_default(&msag.file, || with_ending(&database, ".msag.csv")),
            seal_key_file,
        }
    }
}

fn or_default(configured: &str, default: impl FnOnce() -> PathBuf) -> PathBuf {
    if configured.is_empty() {
        default()
    } else {
        PathBuf::from(configured)
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// `systemd` says where state belongs; otherwise the XDG base directory specification does.
fn state_folder(environment: &Environment) -> PathBuf {
    if let Some(folders) = environment.value("STATE_DIRECTORY") {
        // A unit may have several; the first is the one for this.
        return PathBuf::from(folders.split(':').next().unwrap_or(folders));
    }
    let base = environment
        .value("XDG_STATE_HOME")
        .map(PathBuf::from)
        .or_else(|| {
            let home = environment
                .value("HOME")
                .or(environment.value("USERPROFILE"))?;
            Some(Path::new(home).join(".local/state"))
        });
    base.unwrap_or_default().join("whereabouts")
}

fn short_digest(database: &Path) -> String {
    let absolute = std::path::absolute(database).unwrap_or_else(|_| database.to_owned());
    let digest = Sha256::digest(absolute.as_os_str().as_encoded_bytes());
    hex(&digest[..6])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(name: &str, value: &str) -> Environment {
        Environment::from_iter([(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn the_last_known_copy_stands_elsewhere_than_the_store() {
        let store = StoreSection {
            url: "sqlite:/srv/whereabouts.db".to_owned(),
            ..StoreSection::default()
        };
        let paths = Paths::of(&store, &Msag::default(), &environment("HOME", "/home/w"));
        assert_eq!(
            paths.seal_key_file,
            Path::new("/srv/whereabouts.db.seal-key")
        );
        assert_eq!(
            paths.call_key_folder,
            Path::new("/srv/whereabouts.db.seal-key-calls")
        );
        assert!(
            paths
                .snapshot_file
                .starts_with("/home/w/.local/state/whereabouts")
        );
    }

    #[test]
    fn a_unit_with_two_state_folders_uses_the_first() {
        let both = "/var/lib/whereabouts:/var/lib/whereabouts-keys";
        let paths = Paths::of(
            &StoreSection::default(),
            &Msag::default(),
            &environment("STATE_DIRECTORY", both),
        );
        assert!(paths.journal_folder.starts_with("/var/lib/whereabouts"));
        // Every way to write the store's place leads to the same key.
        let of = |url: &str| {
            let store = StoreSection {
                url: url.to_owned(),
                ..StoreSection::default()
            };
            Paths::of(&store, &Msag::default(), &Environment::empty()).seal_key_file
        };
        assert_eq!(of("sqlite:w.db"), of("sqlite://w.db"));
    }

    #[test]
    fn two_stores_never_share_a_copy() {
        let of = |url: &str| {
            let store = StoreSection {
                url: url.to_owned(),
                ..StoreSection::default()
            };
            Paths::of(
                &store,
                &Msag::default(),
                &environment("STATE_DIRECTORY", "/var/lib/whereabouts"),
            )
        };
        let (one, other) = (of("sqlite:/a.db"), of("sqlite:/b.db"));
        assert_ne!(one.snapshot_file, other.snapshot_file);
        assert_ne!(one.journal_folder, other.journal_folder);
    }
}
