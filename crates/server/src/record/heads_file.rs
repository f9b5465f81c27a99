use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::{HeadError, SignedHead};

/// Heads in a file, one a line: those that `record head` printed, or those that the server keeps away from its
/// store.
#[derive(Clone, Debug)]
pub struct HeadsFile {
    path: PathBuf,
}

impl HeadsFile {
    /// The file at this path. It need not be there.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The heads in it; `None` when there is no file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self) -> io::Result<Option<KeptHeads>> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut kept = KeptHeads::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            match SignedHead::from_line(line) {
                Ok(head) => kept.heads.push(head),
                Err(why) => kept.damaged.push(DamagedLine {
                    line: index + 1,
                    why,
                }),
            }
        }
        Ok(Some(kept))
    }

    /// Puts these in the place of those that are there, whole or not at all.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, heads: &[SignedHead]) -> io::Result<()> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let mut draft = tempfile::Builder::new()
            .prefix(".record-heads-")
            .tempfile_in(folder)?;
        for head in heads {
            writeln!(draft, "{}", head.to_line())?;
        }
        draft.as_file().sync_all()?;
        draft.persist(&self.path).map_err(|refused| refused.error)?;
        Ok(())
    }
}

/// What stands in such a file.
#[derive(Debug, Default)]
pub struct KeptHeads {
    /// The heads.
    pub heads: Vec<SignedHead>,
    /// The lines that are none. They may have been heads, so what is missing is no proof of anything.
    pub damaged: Vec<DamagedLine>,
}

/// A line that is no head.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct DamagedLine {
    /// Which, from 1.
    pub line: usize,
    /// Why.
    pub why: HeadError,
}
