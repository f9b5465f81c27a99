//! What this tool asks the machine it runs on: environment, time, rights. The only place that does.
#![expect(
    clippy::disallowed_methods,
    reason = "a build tool has no injected clock or configuration; it reads both here and nowhere else"
)]

use std::{
    env, fs,
    io::IsTerminal,
    path::PathBuf,
    time::{Duration, Instant},
};

/// Starts a stopwatch.
pub(crate) fn stopwatch() -> impl Fn() -> Duration {
    let start = Instant::now();
    move || start.elapsed()
}

/// Lets a moment pass before something is looked at again that cannot say by itself when it is ready.
pub(crate) fn pause(moment: Duration) {
    std::thread::sleep(moment);
}

/// Whether there is a screen to show windows on.
pub(crate) fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Where cargo puts what it builds: this program is one of it.
pub(crate) fn target() -> PathBuf {
    let this = env::current_exe().expect("a running program has a path");
    let target = this.ancestors().nth(2);
    target
        .expect("cargo puts programs into a folder of their profile")
        .to_owned()
}

/// What the file of a program is called here.
pub(crate) fn program_file(program: &str) -> String {
    format!("{program}{}", env::consts::EXE_SUFFIX)
}

/// Asks another program to end, as its session does at log-out.
pub(crate) fn ask_to_end(pid: u32) {
    #[cfg(unix)]
    if let Some(pid) = i32::try_from(pid)
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // It may have ended already.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
    #[cfg(not(unix))]
    drop(
        std::process::Command::new("taskkill")
            .args(["/PID", &pid.to_string(), "/T", "/F"])
            .status(),
    );
}

/// Whether output goes to a person's terminal that wants colours.
pub(crate) fn wants_colour() -> bool {
    std::io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none()
}

/// Whether we may change the system without asking.
pub(crate) fn is_root() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    return false;
}

/// Whether somebody can be asked for a password.
pub(crate) fn has_terminal() -> bool {
    std::io::stdin().is_terminal()
}

/// The full path of a program on `PATH`, if there is one.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The operating system as far as installing packages is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Arch and what derives from it: pacman.
    Arch,
    /// Debian, Ubuntu and what derives from them: apt.
    Debian,
    /// Fedora and what derives from it: dnf.
    Fedora,
    /// Another Linux.
    Linux,
    /// macOS or Windows: what the app needs comes with the system.
    Other,
}

impl System {
    /// Reads `/etc/os-release` on Linux.
    pub(crate) fn current() -> Self {
        if !cfg!(target_os = "linux") {
            return Self::Other;
        }
        Self::from_os_release(&fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// Reads `ID` and `ID_LIKE` of os-release(5).
    fn from_os_release(text: &str) -> Self {
        let value = |key: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
                .unwrap_or_default()
                .trim_matches('"')
        };
        let mut names = value("ID").split(' ').chain(value("ID_LIKE").split(' '));
        names
            .find_map(|name| match name {
                "arch" => Some(Self::Arch),
                "debian" | "ubuntu" => Some(Self::Debian),
                "fedora" | "rhel" => Some(Self::Fedora),
                _ => None,
            })
            .unwrap_or(Self::Linux)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_distributions_count_as_their_parent() {
        let mint = "NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(System::from_os_release(mint), System::Debian);
        assert_eq!(System::from_os_release("ID=debian\n"), System::Debian);
        assert_eq!(
            System::from_os_release("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\""),
            System::Fedora
        );
        assert_eq!(System::from_os_release("ID=nixos\n"), System::Linux);
    }
}
