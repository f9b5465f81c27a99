use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use axum::{body::Bytes, http::HeaderValue};
use sha2::{Digest as _, Sha256};

use crate::hex::hex;

/// The page itself.
const PAGE: &str = "desk.html";
/// Where the names of files say their content.
const HASHED: &str = "assets/";
/// More than any build of the page has; a folder that holds more is another one.
const MOST: usize = 500;
const LARGEST: u64 = 8 * 1024 * 1024;
/// How deep the folder goes.
const DEEPEST: usize = 4;

/// The files of the page, read once: what was not there then cannot be asked for, whatever its path, and a
/// page is never half of one version and half of another.
#[derive(Debug, Default)]
pub struct Files(HashMap<String, File>);

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    /// What is in it.
    pub bytes: Bytes,
    /// What it is.
    pub content_type: HeaderValue,
    /// Changes with the content.
    pub etag: HeaderValue,
    /// Whether its name says its content, so that it never changes.
    pub immutable: bool,
}

/// Why a folder does not hold the page.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The folder cannot be read.
    #[error("{} cannot be read: {reason}", folder.display())]
    Unreadable {
        /// Which.
        folder: PathBuf,
        /// As the operating system says.
        reason: io::Error,
    },
    /// It is another folder.
    #[error("{} holds no {PAGE}; it has to be what `npm run build:desk -w ui` makes", folder.display())]
    NoPage {
        /// Which.
        folder: PathBuf,
    },
    /// It is another folder.
    #[error("{} holds more than the page: name the folder `npm run build:desk -w ui` makes", folder.display())]
    TooMuch {
        /// Which.
        folder: PathBuf,
    },
}

impl Files {
    /// Reads a folder. Hidden files and links are left out.
    ///
    /// # Errors
    /// See [`FilesError`].
    pub fn read(folder: &Path) -> Result<Self, FilesError> {
        let mut files = HashMap::new();
        read_into(&mut files, folder, folder, "", DEEPEST)?;
        if files.contains_key(PAGE) {
            Ok(Self(files))
        } else {
            Err(FilesError::NoPage {
                folder: folder.to_owned(),
            })
        }
    }

    /// Whether there is a page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The file at a path below the page's; the page itself at the empty one.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&File> {
        self.0.get(if path.is_empty() { PAGE } else { path })
    }
}

fn read_into(
    files: &mut HashMap<String, File>,
    top: &Path,
    folder: &Path,
    above: &str,
    deeper: usize,
) -> Result<(), FilesError> {
    let unreadable = |reason| FilesError::Unreadable {
        folder: folder.to_owned(),
        reason,
    };
    let too_much = || FilesError::TooMuch {
        folder: top.to_owned(),
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let kind = entry.file_type().map_err(unreadable)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        let path = format!("{above}{name}");
        if kind.is_dir() {
            let deeper = deeper.checked_sub(1).ok_or_else(too_much)?;
            read_into(files, top, &entry.path(), &format!("{path}/"), deeper)?;
            continue;
        }
        let size = entry.metadata().map_err(unreadable)?.len();
        if files.len() >= MOST || size > LARGEST {
            return Err(too_much());
        }
        let bytes = fs::read(entry.path()).map_err(unreadable)?;
        files.insert(path.clone(), File::of(&path, bytes));
    }
    Ok(())
}

impl File {
    fn of(path: &str, bytes: Vec<u8>) -> Self {
        let digest = hex(&Sha256::digest(&bytes)[..12]);
        Self {
            content_type: HeaderValue::from_static(content_type(path)),
            etag: HeaderValue::try_from(format!("\"{digest}\"")).expect("hexadecimal is ASCII"),
            immutable: path.starts_with(HASHED),
            bytes: bytes.into(),
        }
    }
}

/// What a file is, by its ending. Anything unknown is only to be saved.
fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_is_the_page_and_nothing_around_it() {
        let folder = folder(&[
            "page/desk.html",
            "page/assets/a-1.js",
            "page/.env",
            "secret",
        ]);
        let page = folder.path().join("page");
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("secret"), page.join("link.html")).unwrap();
        let files = Files::read(&page).unwrap();
        assert_eq!(files.at("").unwrap().bytes, "page/desk.html");
        assert!(!files.at("").unwrap().immutable);
        let script = files.at("assets/a-1.js").unwrap();
        assert!(script.immutable);
        assert_eq!(script.content_type, "text/javascript; charset=utf-8");
        assert_ne!(script.etag, files.at("").unwrap().etag);
        for path in [
            ".env",
            "link.html",
            "../secret",
            "assets",
            "assets/",
            "assets/../desk.html",
            "/desk.html",
            "assets/../../secret",
        ] {
            assert!(files.at(path).is_none(), "{path}");
        }
    }

    #[test]
    fn another_folder_is_told_apart() {
        let said = |folder: &Path| Files::read(folder).unwrap_err().to_string();
        let other = folder(&["index.html"]);
        assert!(said(other.path()).contains("holds no desk.html"));
        assert!(said(&other.path().join("nowhere")).contains("cannot be read"));
        let deep = folder(&["desk.html", "a/b/c/d/e/f.txt"]);
        assert!(said(deep.path()).contains("more than the page"));
    }
}
