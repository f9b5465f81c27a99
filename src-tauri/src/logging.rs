//! The log: a file a day in the state folder, and stderr.
//!
//! What happened to the app is logged at INFO and above; who and where never above DEBUG.

use std::{
    any::Any,
    panic::{self, PanicHookInfo},
    path::Path,
};

use tracing::Level;
use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::environment;

/// Our own crates: heard from INFO upwards, the libraries below them from WARN.
const OWN: [&str; 3] = ["whereabouts", "companion", "client"];

/// How many days are kept.
const KEPT_DAYS: usize = 14;

/// Starts the log. Where the folder cannot be written there is still stderr.
pub(crate) fn start(folder: Option<&Path>) {
    let stderr = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_filter(filter());
    let opened = folder.map(open).transpose();
    let (file, fault) = match opened {
        Ok(file) => (file, None),
        Err(error) => (None, Some(error)),
    };
    let file = file.map(|file| {
        tracing_subscriber::fmt::layer()
            .json()
            .flatten_event(true)
            .with_writer(file)
            .with_filter(filter())
    });
    tracing_subscriber::registry()
        .with(stderr)
        .with(file)
        .init();
    panic::set_hook(Box::new(note_panic));
    if let Some(error) = fault {
        tracing::warn!(%error, "the log goes to stderr only");
    }
}

/// What is asked for, as far as it can be read. Not `EnvFilter`: its regular expressions would
/// cost memory all day.
fn filter() -> Targets {
    let wanted = environment::log_filter().and_then(|wanted| wanted.parse().ok());
    wanted.unwrap_or_else(default_filter)
}

fn default_filter() -> Targets {
    OWN.into_iter()
        .fold(Targets::new().with_default(Level::WARN), |filter, own| {
            filter.with_target(own, Level::INFO)
        })
}

fn open(folder: &Path) -> Result<RollingFileAppender, InitError> {
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("whereabouts")
        .filename_suffix("log")
        .max_log_files(KEPT_DAYS)
        .build(folder)
}

/// A message put together while the app ran may hold an address: it stays at DEBUG.
fn note_panic(info: &PanicHookInfo<'_>) {
    let location = info.location().map(ToString::to_string);
    let location = location.as_deref().unwrap_or("unknown");
    let reason = literal(info.payload()).unwrap_or("(see the log at DEBUG)");
    tracing::error!(location, reason, "panicked");
    if let Some(reason) = info.payload().downcast_ref::<String>() {
        tracing::debug!(location, reason, "panicked");
    }
}

/// The message when it stands in the source as it is.
fn literal(payload: &(dyn Any + Send)) -> Option<&'static str> {
    payload.downcast_ref::<&'static str>().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_says_above_debug_only_what_stands_in_the_source() {
        let home = "12 Elm St";
        let written = panic::catch_unwind(|| panic!("the lock is poisoned")).unwrap_err();
        let composed = panic::catch_unwind(|| panic!("no such address: {home}")).unwrap_err();
        assert_eq!(literal(&*written), Some("the lock is poisoned"));
        assert_eq!(literal(&*composed), None);
    }

    #[test]
    fn libraries_are_heard_only_when_something_is_wrong() {
        let filter = default_filter();
        assert!(filter.would_enable("companion::core", &Level::INFO));
        assert!(!filter.would_enable("companion::core", &Level::DEBUG));
        assert!(filter.would_enable("zbus", &Level::WARN));
        assert!(!filter.would_enable("zbus", &Level::INFO));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_and_no_panic() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(open(file.path()).is_err());
    }
}
