//! Where things are in the repository.

use std::path::{Path, PathBuf};

/// The checked-out repository this tool was built from.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The repository that holds this crate. `cargo` sets the manifest directory at build time and the
    /// tool is always built where it is used.
    pub(crate) fn find() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest
            .ancestors()
            .nth(2)
            .expect("the crate lies two folders below the root");
        Self {
            root: root.to_owned(),
        }
    }

    /// An absolute path from one relative to the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Whether the repository has this file or folder.
    pub(crate) fn has(&self, relative: &str) -> bool {
        self.path(relative).exists()
    }

    /// The top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }
}
