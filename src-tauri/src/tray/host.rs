//! Whether somebody shows tray icons.

/// Asks the session bus for whoever shows tray icons. Takes milliseconds, a second at most.
#[cfg(target_os = "linux")]
pub(super) fn is_there() -> bool {
    match linux::ask() {
        Ok(there) => there,
        Err(error) => {
            tracing::debug!(%error, "nobody shows tray icons");
            false
        }
    }
}

/// Windows and macOS always do.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_there() -> bool {
    true
}

#[cfg(target_os = "linux")]
mod linux {
    use std::time::Duration;

    use zbus::{
        blocking::{connection, proxy},
        proxy::CacheProperties,
    };

    /// A desktop that takes longer than this to answer shows nothing either.
    const PATIENCE: Duration = Duration::from_secs(1);

    const WATCHER: &str = "org.kde.StatusNotifierWatcher";

    pub(super) fn ask() -> zbus::Result<bool> {
        let bus = connection::Builder::session()?
            .method_timeout(PATIENCE)
            .build()?;
        let watcher: zbus::blocking::Proxy<'_> = proxy::Builder::new(&bus)
            .destination(WATCHER)?
            .path("/StatusNotifierWatcher")?
            .interface(WATCHER)?
            .cache_properties(CacheProperties::No)
            .build()?;
        watcher.get_property("IsStatusNotifierHostRegistered")
    }
}
