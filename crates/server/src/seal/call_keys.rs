use std::{
    collections::{HashMap, HashSet},
    fmt, fs,
    io::{self, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use zeroize::Zeroizing;

use super::{KEY_ID_LENGTH, SealKey};
use crate::random;

/// How many keys are kept ready, so that opening a call never waits for this disk.
const SPARES: usize = 32;
const ENDING: &str = "callkey";
const FILE_LENGTH: usize = KEY_ID_LENGTH + 32;

/// The keys of calls: one for each, in a file of its own, destroyed when the call must be gone.
///
/// They stand outside the store, because a key inside it would be in every backup and in the
/// write-ahead log, and destroying it would destroy nothing. The folder must not be backed up.
///
/// Opening a call touches no disk: keys are made ahead of time by [`CallKeys::refill`]. When none
/// is ready, [`CallKeys::take`] gives a key that is kept nowhere, and the store keeps it sealed
/// beside the call: less private in backups, but the call is never held up.
pub struct CallKeys {
    folder: PathBuf,
    state: Mutex<State>,
    #[cfg(test)]
    opened: std::sync::atomic::AtomicUsize,
}

#[derive(Default)]
struct State {
    /// Held as long as no other process may make and destroy keys in the folder.
    lock: Option<fs::File>,
    /// Whether this process does: it has the lock, and what a crash left behind is gone.
    owned: bool,
    spares: Vec<CallKey>,
    taken: HashMap<CallKeyId, SealKey>,
    /// Those of `taken` that have no file.
    only_here: HashSet<CallKeyId>,
}

/// Names the key of one call, and its file.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CallKeyId(String);

impl CallKeyId {
    /// Reads a name back from the store.
    ///
    /// # Errors
    /// When it could not have been made here (it becomes part of a file name).
    pub fn from_stored(text: &str) -> Result<Self, CallKeyError> {
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if plain && !text.is_empty() && text.len() <= 64 {
            Ok(Self(text.to_owned()))
        } else {
            Err(CallKeyError::Damaged)
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A key for one call.
#[derive(Clone, Debug)]
pub struct CallKey {
    /// Its name.
    pub id: CallKeyId,
    /// The key.
    pub key: SealKey,
    /// Whether it stands in a file of its own. Otherwise the store must keep it.
    pub in_file: bool,
}

impl CallKeys {
    /// Uses a folder, which is made on the first [`CallKeys::refill`].
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            state: Mutex::default(),
            #[cfg(test)]
            opened: std::sync::atomic::AtomicUsize::new(0),
        }
    }

    /// A key that no call has had. Never waits and never fails.
    #[must_use]
    pub fn take(&self) -> CallKey {
        let mut state = self.lock();
        let taken = state.spares.pop().unwrap_or_else(|| CallKey {
            id: CallKeyId(random::id("ck")),
            key: SealKey::random(),
            in_file: false,
        });
        state.taken.insert(taken.id.clone(), taken.key.clone());
        if !taken.in_file {
            state.only_here.insert(taken.id.clone());
        }
        taken
    }

    /// Whether a key stands in a file of its own. If not, the store must keep it.
    #[must_use]
    pub fn is_in_file(&self, id: &CallKeyId) -> bool {
        !self.lock().only_here.contains(id)
    }

    /// Notes a key that the store kept.
    pub fn remember(&self, id: &CallKeyId, key: &SealKey) {
        let mut state = self.lock();
        if state.taken.insert(id.clone(), key.clone()).is_none() {
            state.only_here.insert(id.clone());
        }
    }

    /// The key of a call, from memory or from its file.
    ///
    /// # Errors
    /// [`CallKeyError::Gone`] when it was destroyed or never had a file.
    pub fn find(&self, id: &CallKeyId) -> Result<SealKey, CallKeyError> {
        if let Some(key) = self.lock().taken.get(id) {
            return Ok(key.clone());
        }
        let bytes = match fs::read(self.file(id)).map(Zeroizing::new) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(CallKeyError::Gone);
            }
            Err(error) => return Err(CallKeyError::Disk(error)),
        };
        let key = SealKey::from_bytes(&bytes).ok_or(CallKeyError::Damaged)?;
        self.lock().taken.insert(id.clone(), key.clone());
        Ok(key)
    }

    /// Counts a call that is opened.
    #[cfg(test)]
    pub(crate) fn count(&self) {
        self.opened
            .fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }

    /// How many calls were opened since this was asked last.
    #[cfg(test)]
    pub(crate) fn opened(&self) -> usize {
        self.opened.swap(0, std::sync::atomic::Ordering::SeqCst)
    }

    /// Destroys a key for good: overwrites its file, removes it, and forgets it. Destroying a key
    /// that is gone is no error.
    ///
    /// # Errors
    /// When the disk refuses; the caller tries again later and does not forget the call until then.
    pub fn destroy(&self, id: &CallKeyId) -> Result<(), CallKeyError> {
        {
            let mut state = self.lock();
            state.taken.remove(id);
            state.only_here.remove(id);
        }
        let path = self.file(id);
        match fs::OpenOptions::new().write(true).open(&path) {
            Ok(mut file) => {
                file.rewind()?;
                file.write_all(&[0; FILE_LENGTH])?;
                file.sync_all()?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(CallKeyError::Disk(error)),
        }
        fs::remove_file(&path)?;
        self.sync_folder()?;
        Ok(())
    }

    /// Makes keys until enough are ready. Blocks on the disk: call it off the answer's path.
    ///
    /// # Errors
    /// When the disk refuses; calls then get keys that the store keeps.
    pub fn refill(&self) -> Result<(), CallKeyError> {
        let wanted = {
            let state = self.lock();
            if !state.owned {
                return Ok(());
            }
            SPARES.saturating_sub(state.spares.len())
        };
        if wanted == 0 {
            return Ok(());
        }
        let mut made = Vec::with_capacity(wanted);
        for _ in 0..wanted {
            let spare = CallKey {
                id: CallKeyId(random::id("ck")),
                key: SealKey::random(),
                in_file: true,
            };
            self.write(&spare)?;
            made.push(spare);
        }
        self.sync_folder()?;
        self.lock().spares.append(&mut made);
        Ok(())
    }

    /// Keeps every other process from making and destroying keys in the folder. Doing it twice is no
    /// error.
    ///
    /// # Errors
    /// [`CallKeyError::Owned`] when another process has the folder, or when the disk refuses.
    pub fn own(&self) -> Result<(), CallKeyError> {
        let mut state = self.lock();
        if state.lock.is_some() {
            return Ok(());
        }
        make_private_folder(&self.folder)?;
        let lock = fs::File::create(self.folder.join("lock"))?;
        lock.try_lock().map_err(|refused| match refused {
            fs::TryLockError::Error(error) => CallKeyError::Disk(error),
            fs::TryLockError::WouldBlock => CallKeyError::Owned,
        })?;
        state.lock = Some(lock);
        Ok(())
    }

    /// Makes this process the one that makes and destroys keys in the folder, and destroys every
    /// key that no call needs any more: what a crash left behind. To be called once at start, before
    /// the first [`CallKeys::refill`]; without it a refill makes nothing. With `keep_others` nothing is
    /// destroyed: the store that could say what is needed is new, and may not be the one they belong to.
    ///
    /// # Errors
    /// As of [`CallKeys::own`].
    pub fn take_over(
        &self,
        needed: &HashSet<CallKeyId>,
        keep_others: bool,
    ) -> Result<(), CallKeyError> {
        if self.lock().owned {
            return Ok(());
        }
        self.own()?;
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|ending| ending != ENDING) {
                continue;
            }
            let id = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .and_then(|stem| CallKeyId::from_stored(stem).ok());
            if let Some(id) = id
                && !keep_others
                && !needed.contains(&id)
            {
                self.destroy(&id)?;
            }
        }
        self.lock().owned = true;
        Ok(())
    }

    /// Lets another process have the folder, and destroys the keys that no call took.
    pub fn release(&self) {
        let spares = std::mem::take(&mut self.lock().spares);
        for spare in spares {
            // What stays behind is destroyed by whoever takes over.
            let _ = self.destroy(&spare.id);
        }
        let mut state = self.lock();
        state.owned = false;
        state.lock = None;
    }

    fn write(&self, spare: &CallKey) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(self.file(&spare.id))?;
        file.write_all(&spare.key.to_bytes())?;
        file.sync_all()
    }

    fn file(&self, id: &CallKeyId) -> PathBuf {
        self.folder.join(format!("{}.{ENDING}", id.0))
    }

    fn sync_folder(&self) -> io::Result<()> {
        fs::File::open(&self.folder)?.sync_all()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole after every statement, so a panic elsewhere leaves it usable.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

impl fmt::Debug for CallKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CallKeys({})", self.folder.display())
    }
}

/// Why the key of a call cannot be had, or cannot be destroyed.
#[derive(Debug, thiserror::Error)]
pub enum CallKeyError {
    /// The file, or the name of the key, is not one of ours.
    #[error("the key of the call is damaged")]
    Damaged,
    /// The disk refused.
    #[error("the folder of call keys cannot be used")]
    Disk(#[from] io::Error),
    /// Another process makes and destroys the keys in the folder.
    #[error("another server uses this store, and makes the keys of its calls")]
    Owned,
    /// It was destroyed, as the law of this house demands, or was lost.
    #[error("the key of the call is gone")]
    Gone,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Binding;

    const HERE: Binding<'_> = Binding {
        table: "call",
        owner: "ca_1",
        version: 1,
    };

    fn files(folder: &Path) -> usize {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.path().extension().is_some_and(|e| e == ENDING))
            .count()
    }

    fn owning(folder: &Path) -> CallKeys {
        let keys = CallKeys::in_folder(folder);
        keys.take_over(&HashSet::new(), false).unwrap();
        keys.refill().unwrap();
        keys
    }

    #[test]
    fn a_key_survives_a_restart_until_it_is_destroyed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = owning(folder.path());
        let taken = keys.take();
        assert!(taken.in_file);
        let blob = taken.key.seal(&HERE, b"911");

        let after_restart = CallKeys::in_folder(folder.path());
        let found = after_restart.find(&taken.id).unwrap();
        assert_eq!(&*found.open(&HERE, &blob).unwrap(), b"911");

        after_restart.destroy(&taken.id).unwrap();
        after_restart.destroy(&taken.id).unwrap();
        assert!(matches!(
            after_restart.find(&taken.id),
            Err(CallKeyError::Gone)
        ));
        assert_eq!(files(folder.path()), SPARES - 1);
    }

    #[test]
    fn taking_never_waits_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let keys = CallKeys::in_folder(&folder.path().join("never-made"));
        let taken = keys.take();
        assert!(!taken.in_file, "the store has to keep this one");
        assert!(
            keys.find(&taken.id).is_ok(),
            "found while the process lives"
        );
    }

    #[test]
    fn no_two_calls_get_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let keys = owning(folder.path());
        let ids: HashSet<CallKeyId> = (0..2 * SPARES).map(|_| keys.take().id).collect();
        assert_eq!(ids.len(), 2 * SPARES);
    }

    #[test]
    fn what_a_crash_left_behind_is_destroyed_at_start() {
        let folder = tempfile::tempdir().unwrap();
        let keys = owning(folder.path());
        let needed = keys.take().id;
        drop(keys);
        let after_restart = CallKeys::in_folder(folder.path());
        after_restart
            .take_over(&HashSet::from([needed.clone()]), false)
            .unwrap();
        assert_eq!(files(folder.path()), 1);
        assert!(after_restart.find(&needed).is_ok());
    }

    #[test]
    fn a_second_process_leaves_the_keys_of_the_first_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = owning(folder.path());
        let second = CallKeys::in_folder(folder.path());
        assert!(matches!(
            second.take_over(&HashSet::new(), false),
            Err(CallKeyError::Owned)
        ));
        second.refill().unwrap();
        assert_eq!(files(folder.path()), SPARES);
        assert!(!second.take().in_file);
        assert!(first.take().in_file);
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        assert!(CallKeyId::from_stored("../seal").is_err());
        assert!(CallKeyId::from_stored("").is_err());
    }
}
