//! Files that are made for the person at this computer, in a folder of theirs.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use tokio::task::spawn_blocking;

use crate::view::{CommandError, LocalErrorCode};

/// How many files of one name are borne with.
const SAME_NAME: usize = 100;

/// Writes `text` into a new file in `folder`, called `name` or as near to it as is free, and answers with its
/// path. The folder may lie on a network drive: this waits on a thread of its own.
pub(crate) async fn save(
    folder: Option<PathBuf>,
    name: String,
    text: String,
) -> Result<String, CommandError> {
    let folder = folder.ok_or(LocalErrorCode::NotSaved)?;
    let written = spawn_blocking(move || write(&folder, &name, text.as_bytes())).await;
    let path = written
        .map_err(|error| CommandError::local(LocalErrorCode::NotSaved, &error))?
        .map_err(|error| CommandError::local(LocalErrorCode::NotSaved, &error.kind()))?;
    Ok(path.display().to_string())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    for count in 1..=SAME_NAME {
        let path = folder.join(numbered(name, count));
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            opened => opened?,
        };
        let written = file.write_all(bytes).and_then(|()| file.sync_all());
        if let Err(error) = written {
            // Half a table would be taken for a whole one.
            fs::remove_file(&path).ok();
            return Err(error);
        }
        return Ok(path);
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// `drill.csv`, `drill (2).csv` and so on, as browsers do.
fn numbered(name: &str, count: usize) -> String {
    match (count, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, ending))) => format!("{stem} ({count}).{ending}"),
        (_, None) => format!("{name} ({count})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::CommandErrorCode;

    async fn put(folder: &Path, text: &str) -> Result<String, CommandError> {
        let name = "drill.csv".to_owned();
        save(Some(folder.to_owned()), name, text.to_owned()).await
    }

    #[tokio::test]
    async fn no_file_that_is_there_is_touched() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("Downloads");
        let first = put(&folder, "one").await.unwrap();
        let second = put(&folder, "two").await.unwrap();
        assert_eq!(first, folder.join("drill.csv").display().to_string());
        assert_eq!(second, folder.join("drill (2).csv").display().to_string());
        assert_eq!(fs::read_to_string(first).unwrap(), "one");
        assert_eq!(fs::read_to_string(second).unwrap(), "two");
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_link_in_its_place_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = home.path().join("precious");
        fs::write(&elsewhere, "mine").unwrap();
        std::os::unix::fs::symlink(&elsewhere, home.path().join("drill.csv")).unwrap();
        let path = put(home.path(), "one").await.unwrap();
        assert!(path.ends_with("drill (2).csv"), "{path}");
        assert_eq!(fs::read_to_string(elsewhere).unwrap(), "mine");
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_said() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("Downloads");
        fs::write(&file, "no folder").unwrap();
        let not_saved = CommandErrorCode::Local(LocalErrorCode::NotSaved);
        assert_eq!(put(&file, "one").await.unwrap_err().code, not_saved);
        let nowhere = save(None, "drill.csv".to_owned(), String::new()).await;
        assert_eq!(nowhere.unwrap_err().code, not_saved);
    }
}
