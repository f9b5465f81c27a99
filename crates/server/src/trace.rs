//! Logs: JSON or text, to standard error.
//!
//! What never stands in a log above `DEBUG`: an address, a callback number, a dialled number, a
//! token, a key, a code. Agents are named by their opaque id. A failure is logged once, where it is
//! handled. Fields are dotted and carry their unit (`store.commit.duration_ms`).

use std::io::IsTerminal as _;

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    Json,
    /// Lines for people.
    #[default]
    Text,
}

/// Starts logging to standard error. `filter` is in the syntax of `tracing`'s `EnvFilter`, such as
/// `info,server=debug`; one that cannot be read counts as `info`. A second call changes nothing.
pub fn start(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let writer = std::io::stderr;
    let started = match format {
        LogFormat::Json => registry
            .with(tracing_subscriber::fmt::layer().json().with_writer(writer))
            .try_init(),
        LogFormat::Text => registry
            .with(
                tracing_subscriber::fmt::layer()
                    // Colours are for a terminal; in a file they are noise.
                    .with_ansi(writer().is_terminal())
                    .with_writer(writer),
            )
            .try_init(),
    };
    // The only failure is that logging has been started before.
    drop(started);
}

/// Says of a panic where it happened and nothing else: its message may quote what somebody sent.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(
            alarm = true,
            panic.place = place,
            "a bug made the server panic"
        );
    }));
}
