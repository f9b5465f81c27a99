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

    /// Forgets a call that is in the store, and destroys what was written about it.
    ///
    /// # Errors
    /// When the disk refuses; the call may be replayed once more, which changes nothing.
    pub async fn forget(&self, key: &CallKey) -> Result<(), JournalError> {
        self.order(What::Forget(key.clone())).await
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
    Forget(CallKey),
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
                What::Forget(key) => forgotten.push(key),
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
        again.forget(&one.call.key).await.unwrap();
        again.forget(&one.call.key).await.unwrap();

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
        journal.forget(&planted.call.key).await.unwrap();
        for entry in std::fs::read_dir(folder.path().join("j")).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(bytes.is_empty(), "{} bytes stay", bytes.len());
        }
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
