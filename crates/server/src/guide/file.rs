use std::{
    fs::{self, File},
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use location::msag::{GuideFile, Layout, RowProblem};

/// Why there is no guide.
#[derive(Debug, thiserror::Error)]
pub enum GuideError {
    /// The map of a layout says nothing that can be used.
    #[error("the layout {name} cannot be used: {reason}")]
    Layout {
        /// The file.
        name: String,
        /// A sentence without any value.
        reason: String,
    },
    /// No layout goes by this name.
    #[error(
        "there is no layout {name}: it is none of auto, csv, intrado and att-tape, and no file that \
         can be read"
    )]
    NoLayout {
        /// As it was asked for.
        name: String,
        /// Why it is no file.
        source: io::Error,
    },
    /// The file cannot be read.
    #[error("the street guide {file} cannot be read")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// A layout by its name, or from the TOML file of that name.
///
/// # Errors
/// When it is neither.
pub fn layout(name: &str) -> Result<Layout, GuideError> {
    if let Some(layout) = Layout::named(name) {
        return Ok(layout);
    }
    let text = fs::read_to_string(name).map_err(|source| GuideError::NoLayout {
        name: name.to_owned(),
        source,
    })?;
    toml::from_str(&text).map_err(|error: toml::de::Error| GuideError::Layout {
        name: name.to_owned(),
        // Only the message: the error's own Display quotes lines.
        reason: error.message().to_owned(),
    })
}

/// Reads a guide from a file; what is wrong with rows goes to `complain`.
///
/// # Errors
/// When the file cannot be read.
pub fn read(
    file: &Path,
    layout: &Layout,
    complain: impl FnMut(RowProblem),
) -> Result<GuideFile, GuideError> {
    let unreadable = |source| GuideError::Unreadable {
        file: file.to_owned(),
        source,
    };
    let source = File::open(file).map_err(unreadable)?;
    let source = BufReader::with_capacity(256 * 1024, source);
    GuideFile::read(source, layout, complain).map_err(unreadable)
}
