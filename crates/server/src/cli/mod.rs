//! The command line: the arguments, and what each subcommand does.

mod address;
mod args;
mod console;
mod contacts;
mod context;
mod demo;
mod drill;
mod enrol;
mod erase;
mod import;
mod keys;
mod msag;
mod open;
mod open_files;
mod record;
mod report;
mod serve;
mod sign_out;
mod templates;
#[cfg(test)]
mod tests;

use std::{process::ExitCode, sync::Arc};

pub use args::{
    AddressCommand, AgentsCommand, Cli, Command, ContactsCommand, ImportCommand, ImportFile,
    KeysCommand, MsagCommand, PlansCommand, RecordCommand, ReportCommand, ReportFormat,
    TemplatesCommand,
};

use crate::{clock::Clock, config::Environment, trace};

/// Runs one command and says how it went: 0 done, 1 failed, 2 done but some input was refused.
///
/// The clock comes from outside so that the test server can run the same commands at another time.
#[must_use]
pub fn run(cli: Cli, clock: Arc<dyn Clock>) -> ExitCode {
    let environment = Environment::of_process();
    trace::start(cli.log_format, environment.log_filter());
    match context::dispatch(cli, &environment, clock) {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Ended {
    Done,
    SomeRefused,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Done => Self::SUCCESS,
            Ended::SomeRefused => Self::from(2),
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "a command says on standard error why it failed"
)]
fn complain(error: &anyhow::Error) {
    eprintln!("whereabouts-server: {error:#}");
}
