//! The files that survive a restart, sealed.

use std::sync::{Arc, OnceLock};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::oneshot;

use super::{Inbox, line::Line};
use crate::{
    core::{Input, Kept, Outbox, Remembered},
    language::Speech,
    sealed::SealKey,
    shell::Disk,
};

const OUTBOX: &str = "outbox.sealed";
const REMEMBERED: &str = "remembered.sealed";

/// Not sealed: it is no secret, and the tray speaks before the keychain answers.
const SPEECH: &str = "speech.json";

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

    /// How the app spoke when it last ran. Read at once, on the thread of whoever asks: the file is
    /// a few bytes long, and the first tray waits for it.
    pub(super) fn speech(disk: &dyn Disk) -> Speech {
        Speech::read(disk.read(SPEECH).ok().flatten().as_deref())
    }

    /// Keeps how the app speaks.
    pub(super) fn keep_speech(&self, speech: Speech) {
        self.queue(move |safe| {
            let written = serde_json::to_vec(&speech)
                .map_err(|error| error.to_string())
                .and_then(|file| {
                    let written = safe.disk.write(SPEECH, &file);
                    written.map_err(|error| error.to_string())
                });
            if let Err(error) = written {
                tracing::error!(file.name = SPEECH, "not kept: {error}");
            }
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
