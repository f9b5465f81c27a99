use std::{
    fs,
    io::{self, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use emergency::CallKey;
use sha2::{Digest as _, Sha256};

use super::{Recovered, entries};
use crate::{seal::Keys, store::JournaledCall};

/// How the names of copies of damaged files begin.
const COPY: &str = "damaged_";

/// The journal's file, and what it holds.
pub(super) struct JournalFile {
    folder: PathBuf,
    keys: Arc<Keys>,
    /// The open file; absent until the disk lets us.
    file: Option<fs::File>,
    /// What has to be in the file, the oldest first.
    live: Vec<JournaledCall>,
    /// The file may hold half an entry or too many: it has to be written anew before the next one.
    unclean: bool,
}

impl JournalFile {
    pub(super) fn open(folder: &Path, keys: Arc<Keys>) -> (Self, Recovered) {
        let mut journal = Self {
            folder: folder.to_owned(),
            keys,
            file: None,
            live: Vec::new(),
            unclean: false,
        };
        let bytes = match fs::read(journal.path()) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => {
                tracing::error!(%error, alarm = true, "the journal of calls cannot be read");
                // Whatever it holds is not to be overwritten.
                let aside = journal.folder.join(crate::random::id("damaged"));
                if let Err(error) = fs::copy(journal.path(), aside) {
                    tracing::error!(%error, "the damaged journal cannot be kept");
                }
                Vec::new()
            }
        };
        let (calls, unreadable) = entries::read(&bytes, &journal.keys);
        for call in calls {
            journal.keep(call);
        }
        if unreadable > 0 {
            tracing::error!(
                journal.unreadable = unreadable,
                alarm = true,
                "the journal held entries that cannot be read"
            );
            journal.set_aside(&entries::unreadable(&bytes, &journal.keys));
            journal.unclean = true;
        }
        journal.read_copies();
        let recovered = Recovered {
            calls: journal.live.clone(),
            unreadable,
        };
        (journal, recovered)
    }

    /// Adds calls, replacing what was known of them. On the disk when this returns.
    pub(super) fn append(&mut self, calls: Vec<JournaledCall>) -> io::Result<()> {
        if calls.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        for call in calls {
            bytes.extend_from_slice(&entries::print(&call, &self.keys));
            self.keep(call);
        }
        if self.unclean {
            return self.rewrite();
        }
        // Until it is known to be whole it is not.
        self.unclean = true;
        let file = self.file()?;
        file.seek(io::SeekFrom::End(0))?;
        file.write_all(&bytes)?;
        file.sync_data()?;
        self.unclean = false;
        Ok(())
    }

    /// Drops calls, and destroys what was written about them.
    pub(super) fn forget(&mut self, keys: &[CallKey]) -> io::Result<()> {
        let before = self.live.len();
        self.live.retain(|call| !keys.contains(&call.call.key));
        if self.live.len() == before {
            return Ok(());
        }
        self.unclean = true;
        self.rewrite()
    }

    fn keep(&mut self, call: JournaledCall) {
        match self.live.iter_mut().find(|c| c.call.key == call.call.key) {
            Some(known) => *known = call,
            None => self.live.push(call),
        }
    }

    /// Writes the file anew with what has to be in it, puts it in place at once, and overwrites the
    /// old one.
    fn rewrite(&mut self) -> io::Result<()> {
        self.make_folder()?;
        let old = fs::OpenOptions::new().write(true).open(self.path());
        let mut draft = tempfile::Builder::new()
            .prefix(".calls-")
            .tempfile_in(&self.folder)?;
        for call in &self.live {
            draft.write_all(&entries::print(call, &self.keys))?;
        }
        draft.as_file().sync_all()?;
        self.file = Some(
            draft
                .persist(self.path())
                .map_err(|refused| refused.error)?,
        );
        fs::File::open(&self.folder)?.sync_all()?;
        self.unclean = false;
        if let Ok(mut old) = old {
            let length = old.metadata()?.len();
            io::copy(&mut io::Read::take(io::repeat(0), length), &mut old)?;
            old.sync_all()?;
        }
        Ok(())
    }

    fn file(&mut self) -> io::Result<&mut fs::File> {
        if self.file.is_none() {
            self.make_folder()?;
            let mut options = fs::OpenOptions::new();
            options.create(true).append(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(self.path())?;
            file.sync_all()?;
            fs::File::open(&self.folder)?.sync_all()?;
            self.file = Some(file);
        }
        self.file
            .as_mut()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn make_folder(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.folder)
    }

    /// Takes what can be read by now of damaged files that were kept: a key may be back. A copy of which
    /// everything can be read has served its purpose.
    fn read_copies(&mut self) {
        for copy in self.copies() {
            let Ok(bytes) = fs::read(&copy) else {
                continue;
            };
            let (calls, unreadable) = entries::read(&bytes, &self.keys);
            for call in calls {
                // What the journal holds is newer.
                if !self
                    .live
                    .iter()
                    .any(|known| known.call.key == call.call.key)
                {
                    self.live.push(call);
                    self.unclean = true;
                }
            }
            if unreadable == 0 && self.rewrite().is_ok() {
                destroy(&copy);
            }
        }
    }

    /// Destroys the copies of damaged files that are older than any call in them can be.
    pub(super) fn discard_copies(&self, older_than: Duration) {
        for copy in self.copies() {
            let age = fs::metadata(&copy)
                .and_then(|file| file.modified())
                .ok()
                .and_then(|at| at.elapsed().ok());
            if age.is_some_and(|age| age > older_than) {
                destroy(&copy);
            }
        }
    }

    fn copies(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let paths = entries.flatten().map(|entry| entry.path());
        paths
            .filter(|path| {
                let name = path.file_name().and_then(|name| name.to_str());
                name.is_some_and(|name| name.starts_with(COPY))
            })
            .collect()
    }

    /// Keeps what cannot be read for whoever can still read it: once, however often it is found.
    fn set_aside(&self, damaged: &[u8]) {
        let digest = Sha256::digest(damaged);
        let name = digest[..12]
            .iter()
            .fold(COPY.to_owned(), |name, byte| format!("{name}{byte:02x}"));
        let aside = self.folder.join(name);
        if aside.exists() {
            return;
        }
        if let Err(error) = fs::write(&aside, damaged) {
            tracing::error!(%error, "the damaged journal cannot be kept");
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.join("calls")
    }
}

/// Overwrites a file and removes it.
fn destroy(path: &Path) {
    let destroyed = fs::OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|mut file| {
            let length = file.metadata()?.len();
            io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
            file.sync_all()
        })
        .and_then(|()| fs::remove_file(path));
    if let Err(error) = destroyed {
        tracing::error!(%error, "a copy of a damaged journal cannot be removed");
    }
}
