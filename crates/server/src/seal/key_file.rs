use std::{
    fmt, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use zeroize::Zeroizing;

use super::{Binding, Digest, KEY_ID_LENGTH, KeyId, OpenError, SealKey, key_of};

/// The first line of a key file.
const HEADER: &str = "whereabouts-seal-keys-1";

/// The seal keys of this installation. The last one seals; all of them open.
#[derive(Clone, Debug)]
pub struct Keys {
    // Never empty.
    keys: Vec<SealKey>,
    origin: Origin,
}

/// Where the keys came from. Everything but `Created` and `Loaded` is an alarm.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// There was no file; it was made.
    Created,
    /// The file could be neither read nor made: the keys are gone when the process ends.
    Ephemeral {
        /// What the operating system said.
        reason: String,
    },
    /// The file was read.
    Loaded,
    /// The file was damaged; it was set aside and a new one made.
    Replaced {
        /// Where the damaged file is now.
        aside: PathBuf,
    },
}

impl Keys {
    /// Keys that live only in memory.
    #[must_use]
    pub fn ephemeral() -> Self {
        Self::new(Origin::Ephemeral {
            reason: "asked for".to_owned(),
        })
    }

    /// Reads the key file, or makes one that only its owner can read.
    ///
    /// Never fails, because a lost key must not stop an emergency answer: a damaged file is set
    /// aside and replaced, and when the disk refuses, the keys stay in memory. The caller must
    /// raise the alarm that [`Keys::origin`] calls for.
    #[must_use]
    pub fn load_or_create(path: &Path) -> Self {
        match fs::read_to_string(path).map(Zeroizing::new) {
            Ok(text) => match parse(&text) {
                Ok(keys) => Self {
                    keys,
                    origin: Origin::Loaded,
                },
                Err(_) => Self::replace(path),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::create(path, Origin::Created)
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Self::replace(path),
            Err(error) => Self::new(Origin::Ephemeral {
                reason: error.to_string(),
            }),
        }
    }

    /// Where the keys came from.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The name of the key that seals.
    #[must_use]
    pub fn current(&self) -> KeyId {
        self.sealing().id()
    }

    /// The names of all keys, as [`KeyId`] is written.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.keys.iter().map(|key| key.id().to_string()).collect()
    }

    /// Seals under the current key.
    #[must_use]
    pub fn seal(&self, binding: &Binding<'_>, plain: &[u8]) -> Vec<u8> {
        self.sealing().seal(binding, plain)
    }

    /// Opens a blob under the key it names.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(
        &self,
        binding: &Binding<'_>,
        blob: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let key_id = key_of(blob)?;
        self.keys
            .iter()
            .find(|key| key.id() == key_id)
            .ok_or(OpenError::UnknownKey { key_id })?
            .open(binding, blob)
    }

    /// A keyed digest. Always under the first key of the file, so that adding a key does not
    /// change the digests that are already in the store.
    #[must_use]
    pub fn digest(&self, purpose: &str, value: &str) -> Digest {
        self.keys
            .first()
            .expect("a set of keys is never empty")
            .digest(purpose, value)
    }

    /// The seed of the key with which a node of this installation signs the compliance record. Under the
    /// first key of the file, as the digests.
    #[must_use]
    pub fn node_seed(&self, node: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.digest("record-node", node).to_bytes())
    }

    fn sealing(&self) -> &SealKey {
        self.keys.last().expect("a set of keys is never empty")
    }

    fn new(origin: Origin) -> Self {
        Self {
            keys: vec![SealKey::random()],
            origin,
        }
    }

    fn create(path: &Path, origin: Origin) -> Self {
        let made = Self::new(origin);
        match write_new(path, &made.keys) {
            Ok(()) => made,
            // Another process made it between our look and our write: theirs counts.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Self::load_or_create(path)
            }
            Err(error) => Self {
                origin: Origin::Ephemeral {
                    reason: error.to_string(),
                },
                ..made
            },
        }
    }

    fn replace(path: &Path) -> Self {
        let mut aside = path.as_os_str().to_owned();
        aside.push(format!(".damaged-{}", KeyId::random()));
        let aside = PathBuf::from(aside);
        match fs::rename(path, &aside) {
            Ok(()) => Self::create(path, Origin::Replaced { aside }),
            Err(error) => Self::new(Origin::Ephemeral {
                reason: error.to_string(),
            }),
        }
    }
}

/// Writes a complete file under another name and links it into place, so that nobody ever reads
/// half a key, and a file that is already there is left alone.
fn write_new(path: &Path, keys: &[SealKey]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut draft = tempfile::Builder::new()
        .prefix(".seal-keys-")
        .tempfile_in(folder)?;
    draft.write_all(print(keys).as_bytes())?;
    draft.as_file().sync_all()?;
    draft
        .persist_noclobber(path)
        .map_err(|refused| refused.error)?;
    fs::File::open(folder)?.sync_all()
}

fn print(keys: &[SealKey]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(format!("{HEADER}\n"));
    for key in keys {
        let encoded = Zeroizing::new(BASE64.encode(*key.bytes));
        text.push_str(&format!("{} {}\n", key.id(), *encoded));
    }
    text
}

fn parse(text: &str) -> Result<Vec<SealKey>, KeyFileError> {
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Err(KeyFileError::Header);
    }
    let mut keys = Vec::new();
    for (index, line) in lines.enumerate() {
        let bad = || KeyFileError::Line { line: index + 2 };
        let (id, encoded) = line.split_once(' ').ok_or_else(bad)?;
        let decoded = Zeroizing::new(BASE64.decode(encoded).map_err(|_| bad())?);
        keys.push(SealKey {
            id: parse_id(id).ok_or_else(bad)?,
            bytes: Zeroizing::new(decoded.as_slice().try_into().map_err(|_| bad())?),
        });
    }
    if keys.is_empty() {
        return Err(KeyFileError::Empty);
    }
    Ok(keys)
}

fn parse_id(text: &str) -> Option<KeyId> {
    if text.len() != 2 * KEY_ID_LENGTH || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut id = [0; KEY_ID_LENGTH];
    for (at, byte) in id.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(KeyId(id))
}

/// Why a key file cannot be read as one.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum KeyFileError {
    /// It holds no key.
    #[error("the seal key file holds no key")]
    Empty,
    /// It does not start as a key file does.
    #[error("the seal key file does not start with {HEADER:?}")]
    Header,
    /// A line is no key.
    #[error("line {line} of the seal key file is no key")]
    Line {
        /// The line, counted from 1.
        line: usize,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created => formatter.write_str("a new seal key was made"),
            Self::Ephemeral { reason } => write!(
                formatter,
                "the seal key file cannot be used ({reason}): what is sealed now is lost when the \
                 server stops, and addresses sealed before cannot be read"
            ),
            Self::Loaded => formatter.write_str("the seal key was read"),
            Self::Replaced { aside } => write!(
                formatter,
                "the seal key file was damaged and set aside as {}: addresses sealed before cannot \
                 be read until it is restored",
                aside.display()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Binding<'_> = Binding {
        table: "place",
        owner: "ag_1",
        version: 1,
    };

    #[test]
    fn the_second_start_opens_what_the_first_sealed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/seal.key");
        let first = Keys::load_or_create(&path);
        assert_eq!(first.origin(), &Origin::Created);
        let blob = first.seal(&HERE, b"home");
        let second = Keys::load_or_create(&path);
        assert_eq!(second.origin(), &Origin::Loaded);
        assert_eq!(&*second.open(&HERE, &blob).unwrap(), b"home");
        assert_eq!(first.digest("agent", "x"), second.digest("agent", "x"));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal.key");
        let _keys = Keys::load_or_create(&path);
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_is_set_aside_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal.key");
        for damage in [
            b"garbage\n".as_slice(),
            b"whereabouts-seal-keys-1\n",
            b"\xff\xfe",
        ] {
            fs::write(&path, damage).unwrap();
            let keys = Keys::load_or_create(&path);
            let Origin::Replaced { aside } = keys.origin() else {
                panic!("expected Replaced, got {:?}", keys.origin());
            };
            assert_eq!(fs::read(aside).unwrap(), damage);
            assert_eq!(Keys::load_or_create(&path).origin(), &Origin::Loaded);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_leaves_keys_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let keys = Keys::load_or_create(&file.join("seal.key"));
        assert!(matches!(keys.origin(), Origin::Ephemeral { .. }));
        let blob = keys.seal(&HERE, b"home");
        assert!(keys.open(&HERE, &blob).is_ok());
    }

    #[test]
    fn errors_name_the_line_and_never_the_key() {
        insta::assert_snapshot!(
            parse("whereabouts-seal-keys-1\n01020304 c2VjcmV0").unwrap_err(),
            @"line 2 of the seal key file is no key"
        );
    }
}
