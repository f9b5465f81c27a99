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
    /// When it cannot be read, or a line is no head.
    pub fn read(&self) -> Result<Option<Vec<SignedHead>>, HeadsFileError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let lines = text.lines().enumerate();
        let lines = lines.filter(|(_, line)| !line.trim().is_empty());
        let heads = lines.map(|(index, line)| {
            SignedHead::from_line(line.trim()).map_err(|why| HeadsFileError::Line {
                line: index + 1,
                why,
            })
        });
        heads.collect::<Result<_, _>>().map(Some)
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

/// Why heads cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum HeadsFileError {
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// A line is no head.
    #[error("line {line}: {why}")]
    Line {
        /// Which, from 1.
        line: usize,
        /// Why.
        why: HeadError,
    },
}
