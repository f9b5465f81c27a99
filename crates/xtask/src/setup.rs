//! What the operating system must have, and installing what it lacks.

mod packages;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{
    machine::{self, System},
    process::Invocation,
};

use self::packages::{PACKAGES, Package};

/// What a package is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A Chromium for the tests of the user interface without the app.
    Browser,
    /// Compiling the desktop app.
    Build,
    /// Running the app without a screen: virtual display, private bus, keyring, WebDriver.
    Display,
    /// What measurements of the app are held against.
    Floor,
    /// A real mail server for the tests of notifications.
    Mail,
}

impl Need {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Browser,
        Self::Build,
        Self::Display,
        Self::Floor,
        Self::Mail,
    ];
}

/// Installs what is missing for `needs`. Silent when nothing is; otherwise says what and why, and fails
/// with the exact command when it may not install.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let system = System::current();
    if system == System::Other {
        return Ok(());
    }
    let missing = missing(system, needs);
    if missing.is_empty() {
        return Ok(());
    }
    println!("==> this machine lacks:");
    for package in &missing {
        println!("    {:<32} {}", package.name(system), package.why);
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name(system)).collect();
    let command = install_command(system, &names);
    if system != System::Debian {
        bail!(
            "only Debian and Ubuntu are set up automatically; install the above yourself:\n  {command}"
        );
    }
    if !machine::is_root() && machine::program("sudo").is_none() {
        bail!("this needs root, and there is no sudo; run as root:\n  {command}");
    }
    install(&names)
        .map_err(|error| error.context(format!("could not install; run as root:\n  {command}")))?;
    let left = self::missing(system, needs);
    if let Some(package) = left.first() {
        bail!(
            "apt-get succeeded, but {} is still missing ({})",
            package.name(system),
            package.why
        );
    }
    Ok(())
}

/// The browser for the tests of the user interface, where it was found.
pub(crate) fn browser() -> Option<PathBuf> {
    packages::BROWSERS
        .iter()
        .find_map(|name| machine::program(name))
}

fn install(names: &[&str]) -> Result<()> {
    // Another apt may be at work on a freshly started machine: wait for its lock instead of failing.
    let apt_get = || as_root().args(["apt-get", "-o", "DPkg::Lock::Timeout=600", "-y"]);
    apt_get().arg("update").run()?;
    apt_get()
        .args(["install", "--no-install-recommends"])
        .args(names)
        .run()
}

fn as_root() -> Invocation {
    if machine::is_root() {
        Invocation::new("env").arg("DEBIAN_FRONTEND=noninteractive")
    } else if machine::has_terminal() {
        Invocation::new("sudo").args(["env", "DEBIAN_FRONTEND=noninteractive"])
    } else {
        Invocation::new("sudo").args(["--non-interactive", "env", "DEBIAN_FRONTEND=noninteractive"])
    }
}

/// The command a person would type.
fn install_command(system: System, names: &[&str]) -> String {
    let names = names.join(" ");
    match system {
        System::Arch => format!("sudo pacman -S --needed {names}"),
        System::Debian => format!(
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
        ),
        System::Fedora => format!("sudo dnf install {names}"),
        System::Linux | System::Other => {
            format!("(your package manager's names for these Debian packages) {names}")
        }
    }
}

fn missing(system: System, needs: &[Need]) -> Vec<&'static Package> {
    let wanted = || {
        PACKAGES
            .iter()
            .filter(|package| needs.contains(&package.need))
    };
    if system == System::Debian {
        let names: Vec<&str> = wanted().map(|package| package.debian).collect();
        // Fails when one is unknown, and still prints the others.
        let query = Invocation::new("sh")
            .args([
                "-c",
                "dpkg-query -W -f '${Package} ${db:Status-Status}\\n' \"$@\" 2>/dev/null; true",
                "sh",
            ])
            .args(names);
        let installed = installed(&query.output().unwrap_or_default());
        wanted()
            .filter(|package| !installed.iter().any(|name| name == package.debian))
            .filter(|package| !package.is_provided_otherwise())
            .collect()
    } else {
        wanted().filter(|package| !package.is_present()).collect()
    }
}

/// Names of the packages that dpkg-query reports as installed.
fn installed(report: &str) -> Vec<String> {
    report
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_removed_but_not_purged_is_not_installed() {
        let report = "xvfb installed\ndbus-daemon config-files\nfile not-installed\n";
        assert_eq!(installed(report), ["xvfb"]);
    }

    #[test]
    fn the_command_can_be_pasted() {
        let command = install_command(System::Debian, &["xvfb", "file"]);
        assert_eq!(
            command,
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb file"
        );
        assert_eq!(
            install_command(System::Arch, &["file"]),
            "sudo pacman -S --needed file"
        );
    }

    #[test]
    fn every_need_has_packages_and_every_package_a_reason() {
        for need in Need::ALL {
            assert!(
                PACKAGES.iter().any(|package| package.need == need),
                "{need:?}"
            );
        }
        assert!(PACKAGES.iter().all(|package| !package.why.is_empty()));
    }
}
