//! The list of system packages, each with its reason.

use crate::{
    machine::{self, System},
    process::Invocation,
};

use super::Need;

/// What a Chromium is called, in the order in which they are taken.
pub(super) const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// One thing the system must have.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) need: Need,
    pub(super) why: &'static str,
    pub(super) debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
    probe: Probe,
}

/// How to see that it is there where dpkg cannot be asked.
#[derive(Debug)]
enum Probe {
    /// One of these programs is on `PATH`.
    Program(&'static [&'static str]),
    /// pkg-config knows this library.
    Library(&'static str),
    /// A font of this family.
    Font(&'static str),
    /// A module of the system's Python.
    Python(&'static str),
}

impl Package {
    /// What it is called there.
    pub(super) fn name(&self, system: System) -> &'static str {
        match system {
            System::Arch => self.arch,
            System::Fedora => self.fedora,
            System::Debian | System::Linux | System::Other => self.debian,
        }
    }

    /// Whether it can be found without a package manager.
    pub(super) fn is_present(&self) -> bool {
        match self.probe {
            Probe::Program(names) => names.iter().any(|name| machine::program(name).is_some()),
            Probe::Library(name) => Invocation::new("pkg-config")
                .args(["--exists", name])
                .output()
                .is_some(),
            Probe::Python(module) => Invocation::new("python3")
                .args(["-c".to_owned(), format!("import {module}")])
                .output()
                .is_some(),
            Probe::Font(family) => Invocation::new("fc-list")
                .arg(family)
                .output()
                .is_some_and(|fonts| !fonts.trim().is_empty()),
        }
    }

    /// Whether a person brought their own. Only a browser commonly comes from elsewhere.
    pub(super) fn is_provided_otherwise(&self) -> bool {
        self.need == Need::Browser && self.is_present()
    }
}

macro_rules! packages {
    ($($need:ident $debian:literal $fedora:literal $arch:literal $probe:expr, $why:literal;)*) => {
        &[$(Package {
            need: Need::$need, why: $why, debian: $debian, fedora: $fedora, arch: $arch, probe: $probe,
        }),*]
    };
}

/// In the order in which they are shown.
pub(super) const PACKAGES: &[Package] = packages! {
    Build "build-essential" "gcc-c++" "base-devel"
        Probe::Program(&["cc"]), "the linker, and the C parts of TLS and SQLite";
    Build "pkg-config" "pkgconf-pkg-config" "pkgconf"
        Probe::Program(&["pkg-config"]), "finds the libraries below";
    Build "libwebkit2gtk-4.1-dev" "webkit2gtk4.1-devel" "webkit2gtk-4.1"
        Probe::Library("webkit2gtk-4.1"), "the web view the app's windows are made of";
    Build "libgtk-3-dev" "gtk3-devel" "gtk3"
        Probe::Library("gtk+-3.0"), "windows";
    Build "libayatana-appindicator3-dev" "libayatana-appindicator-gtk3-devel" "libayatana-appindicator"
        Probe::Library("ayatana-appindicator3-0.1"), "the tray icon";
    Build "librsvg2-dev" "librsvg2-devel" "librsvg"
        Probe::Library("librsvg-2.0"), "icons";
    Display "xvfb" "xorg-x11-server-Xvfb" "xorg-server-xvfb"
        Probe::Program(&["Xvfb"]), "a screen where there is none";
    Display "openbox" "openbox" "openbox"
        Probe::Program(&["openbox"]), "a window manager on that screen, for stacking and focus";
    Display "dbus-daemon" "dbus-daemon" "dbus"
        Probe::Program(&["dbus-run-session"]), "a private message bus for each run";
    Display "gnome-keyring" "gnome-keyring" "gnome-keyring"
        Probe::Program(&["gnome-keyring-daemon"]), "a real keychain on that bus";
    Display "webkit2gtk-driver" "webkit2gtk4.1" "webkit2gtk-4.1"
        Probe::Program(&["WebKitWebDriver"]), "lets tests press the app's real buttons";
    Display "xdotool" "xdotool" "xdotool"
        Probe::Program(&["xdotool"]), "does to windows what a person does, such as closing one by keys";
    Display "imagemagick" "ImageMagick" "imagemagick"
        Probe::Program(&["import"]), "pictures of the whole screen";
    Display "fonts-dejavu-core" "dejavu-sans-fonts" "ttf-dejavu"
        Probe::Font("DejaVu Sans"), "a typeface, so that the pictures can be read";
    Browser "chromium" "chromium" "chromium"
        Probe::Program(BROWSERS),
        "the browser for the tests of the user interface alone";
    Mail "python3-aiosmtpd" "python3-aiosmtpd" "python-aiosmtpd"
        Probe::Program(&["aiosmtpd"]), "a real mail server that notifications are sent to";
    Floor "python3-gi" "python3-gobject" "python-gobject"
        Probe::Python("gi"), "a bare window, beside which the time of the app's is measured";
    Floor "gir1.2-webkit2-4.1" "webkit2gtk4.1" "webkit2gtk-4.1"
        Probe::Library("webkit2gtk-4.1"), "the web view in that window";
};
