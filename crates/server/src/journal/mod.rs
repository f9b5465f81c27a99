//! The journal of calls: where an emergency call is written when the store does not take it in time.
//!
//! One file, best on another disk than the store. An entry is the call as it was answered, sealed, and
//! on the disk (fsync) before [`Journal::append`] answers. It is replayed into the store at start and
//! as soon as the store takes it, and forgotten then: the file is written anew without it and the old
//! one overwritten, so that an empty journal holds no call history.
//!
//! Whatever happened to the file, reading it never fails: what cannot be read is counted and left
//! out, and what can be read is not lost with it.

mod entries;
mod file;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use emergency::CallKey;
use tokio::sync::oneshot;

use crate::{seal::Keys, store::JournaledCall};
use file::JournalFile;

/// The journal. Every verb runs on a thread of its own, so that a stuck disk holds up nobody who does
/// not wait for it.
pub struct Journal {
    orders: mpsc::Sender<Order>,
    folder: PathBuf,
}

/// What a journal held when it was opened.
#[derive(Debug, Default)]
pub struct Recovered {
    /// The calls, each as it was last known, the oldest first.
    pub calls: Vec<JournaledCall>,
    /// How many entries could not be read: torn by a crash, damaged, or sealed under a lost key.
    pub unreadable: usize,
}

impl Journal {
    /// Opens the journal in a folder and reads what it holds. Never fails: a disk that refuses now
    /// may take the next entry.
    #[must_use]
    pub fn open(folder: &Path, keys: Arc<Keys>) -> (Self, Recovered) {
        let (file, recovered) = JournalFile::open(folder, keys);
        let (orders, queue) = mpsc::channel();
        let spawned = thread::Builder::new()
            .name("call-journal".to_owned())
            .spawn(move || work(file, &queue));
        if let Err(error) = spawned {
            tracing::error!(%error, alarm = true, "there is no journal: calls are only in memory while the store is away");
        }
        let journal = Self {
            orders,
            folder: folder.to_owned(),
        };
        (journal, recovered)
    }

    /// Writes a call down, or replaces what was written about it. When this answers it is on the disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn append(&self, call: &JournaledCall) -> Result<(), JournalError> {
        self.order(What::Append(Box::new(call.clone()))).await
    }

    /// Forgets calls that are in the store, and destroys what was written about them: one writing for all.
    ///
    /// # Errors
    /// When the disk refuses; the call may be replayed once more, which changes nothing.
    pub async fn forget(&self, keys: &[CallKey]) -> Result<(), JournalError> {
        self.order(What::Forget(keys.to_vec())).await
    }

    /// Destroys copies of damaged files that are older than any call in them can be. Waits for nothing.
    pub fn discard_copies(&self, older_than: Duration) {
        let (done, _) = oneshot::channel();
        // A thread that has ended has said so.
        let _ = self.orders.send(Order {
            what: What::DiscardCopies(older_than),
            done,
        });
    }

    async fn order(&self, what: What) -> Result<(), JournalError> {
        let (done, answer) = oneshot::channel();
        self.orders
            .send(Order { what, done })
            .map_err(|_| JournalError::Stopped)?;
        answer.await.unwrap_or(Err(JournalError::Stopped))
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Journal({})", self.folder.display())
    }
}

/// Why the journal did not do it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum JournalError {
    /// The disk refused.
    #[error("the journal cannot be written: {reason}")]
    Disk {
        /// What the operating system said.
        reason: String,
    },
    /// Its thread has ended.
    #[error("the journal has stopped")]
    Stopped,
}

impl From<std::io::Error> for JournalError {
    fn from(error: std::io::Error) -> Self {
        Self::Disk {
            reason: error.to_string(),
        }
    }
}

struct Order {
    what: What,
    done: oneshot::Sender<Result<(), JournalError>>,
}

enum What {
    Append(Box<JournaledCall>),
    DiscardCopies(Duration),
    Forget(Vec<CallKey>),
}

/// Takes whatever waits, makes it durable at once, and answers.
fn work(mut file: JournalFile, queue: &mpsc::Receiver<Order>) {
    while let Ok(first) = queue.recv() {
        let orders: Vec<Order> = std::iter::once(first).chain(queue.try_iter()).collect();
        let mut answers = Vec::with_capacity(orders.len());
        let (mut appended, mut forgotten) = (Vec::new(), Vec::new());
        for order in orders {
            match order.what {
                What::Append(call) => appended.push(*call),
                What::DiscardCopies(older_than) => file.discard_copies(older_than),
                What::Forget(keys) => forgotten.extend(keys),
            }
            answers.push(order.done);
        }
        let written = file
            .append(appended)
            .and_then(|()| file.forget(&forgotten))
            .map_err(JournalError::from);
        for done in answers {
            // Who gave up waiting learns nothing.
            let _ = done.send(written.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::journaled as call;

    fn keys(folder: &Path) -> Arc<Keys> {
        Arc::new(Keys::load_or_create(&folder.join("seal-key")))
    }

    #[tokio::test]
    async fn what_was_appended_is_there_after_a_crash_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys(folder.path());
        let (journal, before) = Journal::open(&folder.path().join("j"), keys.clone());
        assert!(before.calls.is_empty());
        let (one, mut other) = (call("one"), call("other"));
        journal.append(&one).await.unwrap();
        journal.append(&other).await.unwrap();
        other.said_agent = None;
        journal.append(&other).await.unwrap();

        let (again, recovered) = Journal::open(&folder.path().join("j"), keys.clone());
        assert_eq!(recovered.calls, [one.clone(), other.clone()]);
        assert_eq!(recovered.unreadable, 0);
        again
            .forget(std::slice::from_ref(&one.call.key))
            .await
            .unwrap();
        again
            .forget(std::slice::from_ref(&one.call.key))
            .await
            .unwrap();

        let (_, recovered) = Journal::open(&folder.path().join("j"), keys);
        assert_eq!(recovered.calls, [other]);
    }

    #[tokio::test]
    async fn an_empty_journal_holds_nothing_of_a_call() {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys(folder.path());
        let (journal, _) = Journal::open(&folder.path().join("j"), keys);
        let planted = call("planted-call-id");
        journal.append(&planted).await.unwrap();
        journal.forget(&[planted.call.key]).await.unwrap();
        for entry in std::fs::read_dir(folder.path().join("j")).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(bytes.is_empty(), "{} bytes stay", bytes.len());
        }
    }

    #[tokio::test]
    async fn what_no_key_opens_is_kept_once_and_read_when_the_key_is_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("j");
        let keys = keys(folder.path());
        let (journal, _) = Journal::open(&path, keys.clone());
        journal.append(&call("sealed")).await.unwrap();
        let copies = || {
            let names = std::fs::read_dir(&path).unwrap().flatten();
            let mut names = names.map(|entry| entry.file_name());
            names.any(|name| name.to_str().unwrap().starts_with("damaged_"))
        };
        for _ in 0..3 {
            let (other, recovered) = Journal::open(&path, Arc::new(Keys::ephemeral()));
            assert_eq!((recovered.calls.len(), recovered.unreadable), (0, 1));
            drop(other);
            assert_eq!(std::fs::read_dir(&path).unwrap().count(), 2);
        }
        // The journal goes on without it, and its key comes back.
        let (other, _) = Journal::open(&path, Arc::new(Keys::ephemeral()));
        other.append(&call("other")).await.unwrap();
        let (_, recovered) = Journal::open(&path, keys.clone());
        let names: Vec<&str> = recovered
            .calls
            .iter()
            .map(|known| known.call.key.call_id.as_str())
            .collect();
        assert_eq!(names, ["sealed"]);
        let (journal, recovered) = Journal::open(&path, keys);
        assert_eq!(recovered.calls.len(), 1, "it is in the journal again");
        // Those of the key that is lost for good are destroyed in time.
        assert!(copies());
        journal.discard_copies(Duration::ZERO);
        journal.append(&call("later")).await.unwrap();
        assert!(!copies());
    }

    #[tokio::test]
    async fn a_disk_that_refuses_is_an_error_and_not_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys(folder.path());
        let path = folder.path().join("j");
        std::fs::write(&path, "in the way").unwrap();
        let (journal, recovered) = Journal::open(&path, keys);
        assert!(recovered.calls.is_empty());
        let refused = journal.append(&call("one")).await;
        assert!(
            matches!(refused, Err(JournalError::Disk { .. })),
            "{refused:?}"
        );
        std::fs::remove_file(&path).unwrap();
        journal.append(&call("two")).await.unwrap();
    }
}
