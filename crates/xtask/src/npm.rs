//! The Node side of the repository: one lock file, installed only when it changed.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{process::Invocation, workspace::Workspace};

/// A copy of the lock file that `node_modules` was installed from.
const INSTALLED: &str = "node_modules/.installed-package-lock.json";

/// The oldest Node the tools in the lock file run on, as package.json has it: major and minor.
const OLDEST_NODE: (u32, u32) = (20, 19);

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
    let (major, minor) = OLDEST_NODE;
    let Some(version) = Invocation::new("node").arg("--version").output() else {
        bail!(
            "Node is not installed; Whereabouts needs Node {major}.{minor} or newer (https://nodejs.org)"
        );
    };
    if read(&version).is_none_or(|version| version < OLDEST_NODE) {
        bail!(
            "Node is {}; Whereabouts needs {major}.{minor} or newer (https://nodejs.org)",
            version.trim()
        );
    }
    Ok(())
}

/// Major and minor version.
fn read(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim().strip_prefix('v')?.split('.');
    let mut next = || numbers.next()?.parse().ok();
    Some((next()?, next()?))
}

#[cfg(test)]
mod tests {
    use super::{OLDEST_NODE, read};

    #[test]
    fn the_version_is_read_from_what_node_says() {
        assert_eq!(read("v20.20.2\n"), Some((20, 20)));
        assert_eq!(read("v22.0.0"), Some((22, 0)));
        assert_eq!(read("nonsense"), None);
        assert!(read("v20.9.0") < Some(OLDEST_NODE));
    }
}
