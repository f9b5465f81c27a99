//! The log: a file a day in the state folder, and stderr.
//!
//! What happened to the app is logged at INFO and above; who and where never above DEBUG.

use std::{
    any::Any,
    panic::{self, PanicHookInfo},
    path::Path,
};

use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::environment;

/// What is logged when nothing else is asked for.
const DEFAULT_FILTER: &str = "warn,whereabouts=info,companion=info,client=info";

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

fn filter() -> EnvFilter {
    let wanted = environment::log_filter();
    EnvFilter::new(wanted.as_deref().unwrap_or(DEFAULT_FILTER))
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
    fn the_filter_that_is_used_by_default_can_be_read() {
        assert!(DEFAULT_FILTER.parse::<EnvFilter>().is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_and_no_panic() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(open(file.path()).is_err());
    }
}
