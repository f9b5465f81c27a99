use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::shell::Disk;

/// The longest file that is read, in bytes; ours are a few thousand.
const LONGEST: u64 = 4 * 1024 * 1024;

/// A folder of this user's, made when it is first written to.
///
/// A file is replaced in four steps: written beside, flushed to the disk, renamed over the old
/// one, and the folder flushed. Whatever is cut off in between, the old file or the new one stands.
/// On Unix nobody but this user can read the files or list the folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Disk for Folder {
    fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let path = self.file(name);
        match fs::metadata(&path) {
            Ok(found) if found.len() > LONGEST => Err(ErrorKind::FileTooLarge.into()),
            Ok(_) => fs::read(path).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        make(&self.0)?;
        let beside = self.file(&format!("{name}.new"));
        let mut file = open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, self.file(name))?;
        flush(&self.0)
    }

    fn erase(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.file(name)) {
            Ok(()) => flush(&self.0),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn set_aside(&self, name: &str) -> io::Result<()> {
        // One is enough to find out why; more would only pile up.
        fs::rename(self.file(name), self.file(&format!("{name}.unreadable")))?;
        flush(&self.0)
    }
}

#[cfg(unix)]
fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// A new file, or an old one emptied, that only this user can read.
fn open(path: &Path) -> io::Result<File> {
    // A file that was left over may have been made by somebody else, with other rights.
    match fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a rename durable. Where folders cannot be flushed, renames are durable by themselves.
#[cfg(unix)]
fn flush(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn flush(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let above = tempfile::tempdir().unwrap();
        let folder = Folder::new(above.path().join("deep/state"));
        (above, folder)
    }

    #[test]
    fn reads_back_what_was_written_and_forgets_what_was_erased() {
        let (_above, folder) = folder();
        assert_eq!(folder.read("outbox").unwrap(), None);
        folder.erase("outbox").unwrap();
        folder.write("outbox", b"one").unwrap();
        folder.write("outbox", b"two").unwrap();
        assert_eq!(folder.read("outbox").unwrap().as_deref(), Some(&b"two"[..]));
        folder.erase("outbox").unwrap();
        assert_eq!(folder.read("outbox").unwrap(), None);
    }

    #[test]
    fn keeps_an_unreadable_file_aside() {
        let (_above, folder) = folder();
        folder.write("outbox", b"noise").unwrap();
        folder.set_aside("outbox").unwrap();
        assert_eq!(folder.read("outbox").unwrap(), None);
        let aside = folder.read("outbox.unreadable").unwrap();
        assert_eq!(aside.as_deref(), Some(&b"noise"[..]));
    }

    #[test]
    fn what_was_cut_off_half_way_leaves_the_old_file() {
        let (_above, folder) = folder();
        folder.write("outbox", b"old").unwrap();
        fs::write(folder.file("outbox.new"), b"ha").unwrap();
        assert_eq!(folder.read("outbox").unwrap().as_deref(), Some(&b"old"[..]));
        folder.write("outbox", b"new").unwrap();
        assert_eq!(folder.read("outbox").unwrap().as_deref(), Some(&b"new"[..]));
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_an_error_and_keeps_the_old_file() {
        let (above, _) = folder();
        let in_the_way = above.path().join("file");
        fs::write(&in_the_way, b"").unwrap();
        assert!(Folder::new(in_the_way).write("outbox", b"x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_above, folder) = folder();
        folder.write("outbox", b"one").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.file("outbox")), 0o600);
        assert_eq!(mode(&folder.0), 0o700);
    }
}
