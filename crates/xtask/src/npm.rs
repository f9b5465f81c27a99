//! The Node side of the repository: one lock file, installed only when it changed.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{process::Invocation, workspace::Workspace};

/// A copy of the lock file that `node_modules` was installed from.
const INSTALLED: &str = "node_modules/.installed-package-lock.json";

/// The oldest Node the tools in the lock file run on.
const OLDEST_NODE: u32 = 20;

/// Makes `node_modules` agree with the committed lock file. Does nothing when it already does.
pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    if !workspace.has("package.json") {
        return Ok(());
    }
    check_node()?;
    let wanted = fs::read(workspace.path("package-lock.json"))
        .context("package-lock.json is missing; run `npm install` once and commit it")?;
    if fs::read(workspace.path(INSTALLED)).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("==> npm ci (the lock file changed since the last install)");
    // No package's install script is needed, so none gets to run.
    Invocation::npm("ci --ignore-scripts --no-audit --no-fund")
        .within(workspace.root())
        .run()?;
    fs::write(workspace.path(INSTALLED), wanted)
        .context("cannot note which lock file was installed")
}

fn check_node() -> Result<()> {
    let Some(version) = Invocation::new("node").arg("--version").output() else {
        bail!(
            "Node is not installed; Whereabouts needs Node {OLDEST_NODE} or newer (https://nodejs.org)"
        );
    };
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!(
            "Node is {}; Whereabouts needs {OLDEST_NODE} or newer (https://nodejs.org)",
            version.trim()
        );
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read_from_what_node_says() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
