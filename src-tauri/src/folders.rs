//! Where this user's files are.

use std::{fs, io, path::PathBuf};

use anyhow::Context;

/// The name of the app's folders.
const NAME: &str = "org.whereabouts.desktop";

/// What must survive a restart: `~/.local/share/org.whereabouts.desktop/companion`. Not made
/// here. (WebKit keeps its own beside it.)
pub(crate) fn data() -> anyhow::Result<PathBuf> {
    let data = dirs::data_local_dir().context("this user has no data folder")?;
    Ok(data.join(NAME).join("companion"))
}

/// Where this user expects what they asked to save; where there is no such folder, their home.
pub(crate) fn downloads() -> Option<PathBuf> {
    dirs::download_dir().or_else(dirs::home_dir)
}

/// Logs: `~/.local/state/org.whereabouts.desktop`, made so that only this user can read it.
pub(crate) fn state() -> anyhow::Result<PathBuf> {
    let state = dirs::state_dir()
        .or_else(dirs::data_local_dir)
        .context("this user has no state folder")?
        .join(NAME);
    make_private(&state).with_context(|| format!("{} cannot be made", state.display()))?;
    Ok(state)
}

fn make_private(folder: &PathBuf) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
