//! The files that survive a restart, sealed.

use std::sync::{Arc, OnceLock};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::oneshot;

use super::{Inbox, line::Line};
use crate::{
    core::{Input, Kept, Outbox, Remembered},
    sealed::SealKey,
    shell::Disk,
};

const OUTBOX: &str = "outbox.sealed";
const REMEMBERED: &str = "remembered.sealed";

/// Keeps files in the order it is told to.
#[derive(Clone)]
pub(super) struct Safe {
    disk: Arc<dyn Disk>,
    /// Known once the keychain was read. Without it nothing is kept.
    key: Arc<OnceLock<SealKey>>,
    line: Line,
    inbox: Inbox,
}

impl Safe {
    pub(super) fn new(disk: Arc<dyn Disk>, key: Arc<OnceLock<SealKey>>, inbox: Inbox) -> Self {
        Self {
            disk,
            key,
            line: Line::new(),
            inbox,
        }
    }

    pub(super) fn read(&self) {
        self.queue(|safe| {
            let outbox = safe.open(OUTBOX);
            let remembered = safe.open(REMEMBERED);
            safe.inbox.put(Input::FilesRead { outbox, remembered });
        });
    }

    pub(super) fn keep_outbox(&self, outbox: Box<Outbox>) {
        self.queue(move |safe| {
            let kept = safe.write(OUTBOX, &outbox);
            safe.inbox.put(Input::OutboxKept(outbox.key, kept));
        });
    }

    pub(super) fn keep_remembered(&self, remembered: Box<Remembered>) {
        self.queue(move |safe| {
            safe.write(REMEMBERED, &remembered);
        });
    }

    pub(super) fn drop_outbox(&self) {
        self.queue(|safe| safe.erase(OUTBOX));
    }

    pub(super) fn drop_remembered(&self) {
        self.queue(|safe| safe.erase(REMEMBERED));
    }

    /// Ends when everything it was told before is done.
    pub(super) fn settled(&self) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        self.queue(move |_| {
            sender.send(()).ok();
        });
        receiver
    }

    fn queue(&self, job: impl FnOnce(Self) + Send + 'static) {
        let safe = self.clone();
        self.line.push(move || job(safe));
    }

    fn open<T: DeserializeOwned>(&self, name: &str) -> Kept<T> {
        let Some(key) = self.key.get() else {
            return Kept::Missing;
        };
        match self.disk.read(name) {
            Ok(None) => Kept::Missing,
            Ok(Some(file)) => match key.open(name, &file) {
                Some(content) => Kept::Read(Box::new(content)),
                None => {
                    tracing::warn!(file.name = name, "it cannot be opened and is set aside");
                    if let Err(error) = self.disk.set_aside(name) {
                        tracing::error!(file.name = name, "it cannot be set aside: {error}");
                    }
                    Kept::Corrupt
                }
            },
            Err(error) => {
                tracing::error!(file.name = name, "it cannot be read: {error}");
                Kept::Corrupt
            }
        }
    }

    fn write(&self, name: &str, content: &impl Serialize) -> bool {
        let Some(key) = self.key.get() else {
            tracing::warn!(file.name = name, "not kept: the keychain does not answer");
            return false;
        };
        let kept = key
            .seal(name, content)
            .map_err(|error| error.to_string())
            .and_then(|file| {
                let written = self.disk.write(name, &file);
                written.map_err(|error| error.to_string())
            });
        if let Err(error) = &kept {
            tracing::error!(file.name = name, "not kept: {error}");
        }
        kept.is_ok()
    }

    fn erase(&self, name: &str) {
        if let Err(error) = self.disk.erase(name) {
            tracing::error!(file.name = name, "it cannot be erased: {error}");
        }
    }
}
