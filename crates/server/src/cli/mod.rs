//! The command line: the arguments, and what each subcommand does.

mod args;
mod context;
mod serve;

use std::{process::ExitCode, sync::Arc};

pub use args::{Cli, Command};

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

#[expect(
    clippy::print_stderr,
    reason = "a command says on standard error why it failed"
)]
fn complain(error: &anyhow::Error) {
    eprintln!("whereabouts-server: {error:#}");
}
