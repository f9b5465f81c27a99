//! The one reader, and before GTK starts the one writer, of environment variables.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one place of the app that reads the environment"
)]

use std::{ffi::OsString, fs, path::PathBuf};

/// What to log: `WHEREABOUTS_LOG`, such as `warn,companion=debug`.
pub(crate) fn log_filter() -> Option<String> {
    std::env::var_os("WHEREABOUTS_LOG").and_then(|filter| filter.into_string().ok())
}

/// Which desktop this is, by all of its names: `ubuntu:GNOME`.
#[cfg(target_os = "linux")]
pub(crate) fn desktop() -> Option<String> {
    std::env::var_os("XDG_CURRENT_DESKTOP").and_then(|names| names.into_string().ok())
}

/// Sets what GTK and WebKit read when they start. Call it before the first other thread exists.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    for (name, value) in Surroundings::here().wanted() {
        if let Err(error) = gtk::glib::setenv(name, value, false) {
            tracing::warn!(%error, name, "the environment could not be prepared");
        }
    }
}

/// Nothing needs to be prepared here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}

/// What decides how GTK and WebKit should draw.
#[derive(Clone, Copy, Debug)]
struct Surroundings {
    /// An X server answers, alone or beside Wayland.
    x11: bool,
    /// The session is Wayland's.
    wayland: bool,
    /// A graphics card that WebKit may share buffers with.
    shares_buffers: bool,
}

impl Surroundings {
    fn here() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value: OsString| !value.is_empty());
        Self {
            x11: set("DISPLAY"),
            wayland: set("WAYLAND_DISPLAY"),
            shares_buffers: render_node() && !PathBuf::from("/proc/driver/nvidia").exists(),
        }
    }

    /// What to set, unless it is set already.
    fn wanted(self) -> Vec<(&'static str, &'static str)> {
        let mut wanted = Vec::new();
        if self.wayland && self.x11 {
            // Wayland has no "always on top" and no position: without this the emergency window
            // may open behind everything else, and nothing says so.
            wanted.push(("GDK_BACKEND", "x11"));
        }
        if !self.shares_buffers {
            // Without a card WebKit loses about 250 ms on its first frame in looking for one,
            // and with NVIDIA's own driver the frame may stay empty.
            wanted.push(("WEBKIT_DISABLE_DMABUF_RENDERER", "1"));
        }
        wanted
    }
}

/// Whether there is a graphics card that this user may draw with.
fn render_node() -> bool {
    let Ok(cards) = fs::read_dir("/dev/dri") else {
        return false;
    };
    cards.flatten().any(|card| {
        card.file_name().to_string_lossy().starts_with("renderD")
            && fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open(card.path())
                .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Surroundings = Surroundings {
        x11: true,
        wayland: false,
        shares_buffers: true,
    };

    #[test]
    fn with_x11_and_a_card_nothing_is_changed() {
        assert_eq!(PLAIN.wanted(), []);
    }

    #[test]
    fn wayland_is_left_for_x11_where_the_emergency_window_can_stay_on_top() {
        let wayland = Surroundings {
            wayland: true,
            ..PLAIN
        };
        assert_eq!(wayland.wanted(), [("GDK_BACKEND", "x11")]);
    }

    #[test]
    fn wayland_without_an_x_server_is_kept_because_the_app_must_start() {
        let only_wayland = Surroundings {
            wayland: true,
            x11: false,
            ..PLAIN
        };
        assert_eq!(only_wayland.wanted(), []);
    }

    #[test]
    fn without_a_card_webkit_does_not_look_for_one() {
        let no_card = Surroundings {
            shares_buffers: false,
            ..PLAIN
        };
        assert_eq!(no_card.wanted(), [("WEBKIT_DISABLE_DMABUF_RENDERER", "1")]);
    }
}
