use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    seal::{Binding, Keys, OpenError},
    store::{KnownAgent, KnownKey, KnownWorld, NumberRow, SiteRow},
};

const BINDING: Binding<'_> = Binding {
    table: "snapshot",
    owner: "world",
    version: 1,
};

/// The sealed copy on the disk.
#[derive(Clone, Debug)]
pub struct SnapshotFile {
    path: PathBuf,
    keys: Arc<Keys>,
}

/// What is written.
#[derive(Serialize)]
struct Written<'a> {
    at: Timestamp,
    sample: bool,
    agents: Vec<&'a KnownAgent>,
    keys: &'a [KnownKey],
    sites: &'a [SiteRow],
    numbers: &'a [NumberRow],
}

/// The same, read.
#[derive(Deserialize)]
struct Read {
    at: Timestamp,
    sample: bool,
    agents: Vec<KnownAgent>,
    keys: Vec<KnownKey>,
    sites: Vec<SiteRow>,
    numbers: Vec<NumberRow>,
}

impl SnapshotFile {
    /// The copy in this file.
    #[must_use]
    pub fn at(path: &Path, keys: Arc<Keys>) -> Self {
        Self {
            path: path.to_owned(),
            keys,
        }
    }

    /// Writes the copy, without calls. The file is whole at every moment, and only its owner can
    /// read it. Blocks on the disk.
    ///
    /// # Errors
    /// When the disk refuses; the copy before stays.
    pub fn write(&self, world: &KnownWorld, at: Timestamp) -> Result<(), SnapshotError> {
        let written = Written {
            at,
            sample: world.sample,
            agents: world.agents.iter().map(AsRef::as_ref).collect(),
            keys: &world.keys,
            sites: &world.sites,
            numbers: &world.numbers,
        };
        let plain = zeroize::Zeroizing::new(
            serde_json::to_vec(&written).map_err(|_| SnapshotError::Damaged)?,
        );
        let sealed = self.keys.seal(&BINDING, &plain);
        let folder = match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let mut draft = tempfile::Builder::new()
            .prefix(".last-known-")
            .tempfile_in(folder)?;
        draft.write_all(&sealed)?;
        draft.as_file().sync_all()?;
        draft.persist(&self.path).map_err(|refused| refused.error)?;
        fs::File::open(folder)?.sync_all()?;
        Ok(())
    }

    /// Reads the copy and when it was made. `None` when there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn read(&self) -> Result<Option<(KnownWorld, Timestamp)>, SnapshotError> {
        let sealed = match fs::read(&self.path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let plain = self.keys.open(&BINDING, &sealed)?;
        let read: Read = serde_json::from_slice(&plain).map_err(|_| SnapshotError::Damaged)?;
        let world = KnownWorld {
            agents: read.agents.into_iter().map(Arc::new).collect(),
            keys: read.keys,
            sites: read.sites,
            numbers: read.numbers,
            calls: Vec::new(),
            sample: read.sample,
        };
        Ok(Some((world, read.at)))
    }
}

/// Why the copy cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It is not what this version writes.
    #[error("the last-known copy is damaged, or was written by another version")]
    Damaged,
    /// The disk refused.
    #[error("the last-known copy cannot be read or written")]
    Disk(#[from] io::Error),
    /// It does not open.
    #[error("the last-known copy does not open")]
    Sealed(#[from] OpenError),
}

#[cfg(test)]
mod tests {
    use location::{
        CivicAddress, CivicKey, PlaceClass, Verdict,
        freshness::{DeclaredPlace, Standing},
    };

    use super::{super::tests::known, *};
    use crate::store::{AgentStanding, LastPlace};

    fn at() -> Timestamp {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }

    fn world() -> KnownWorld {
        let mut devon = known("devon", &[]);
        let place = DeclaredPlace::Address {
            class: PlaceClass::Home,
            civic_address: CivicAddress::new().with(CivicKey::Rd, "Evergreen").unwrap(),
        };
        devon.standing = AgentStanding {
            version: 3,
            standing: Standing::Declared {
                place: place.clone(),
                at: at(),
            },
            last_place: Some(LastPlace {
                place,
                declared_at: at(),
                saved: None,
            }),
            verdict: Verdict::Unchecked,
            unreadable: false,
        };
        KnownWorld {
            agents: vec![Arc::new(devon)],
            sample: true,
            ..KnownWorld::default()
        }
    }

    #[test]
    fn what_was_written_is_read_by_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/last-known");
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("key")));
        let file = SnapshotFile::at(&path, keys);
        assert!(file.read().unwrap().is_none());
        file.write(&world(), at()).unwrap();
        file.write(&world(), at()).unwrap();
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("key")));
        let (read, when) = SnapshotFile::at(&path, keys).read().unwrap().unwrap();
        assert_eq!((read, when), (world(), at()));
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"Evergreen"));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last-known");
        let file = SnapshotFile::at(&path, Arc::new(Keys::ephemeral()));
        file.write(&world(), at()).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn damage_is_an_error_and_never_a_wrong_answer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("last-known");
        let file = SnapshotFile::at(&path, Arc::new(Keys::ephemeral()));
        file.write(&world(), at()).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&path, &bytes).unwrap();
        assert!(matches!(file.read(), Err(SnapshotError::Sealed(_))));
        fs::write(&path, b"").unwrap();
        assert!(file.read().is_err());
    }
}
