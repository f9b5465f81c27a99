//! `whereabouts-test-server CLOCK_FILE ...`: the production server with a clock that tests can move.
//!
//! The first argument names the file with the seconds to add (see [`system_tests::ShiftedClock`]); the rest
//! is the command line of `whereabouts-server`, unchanged. The switch is a program of its own so that the
//! production binary has none.

use std::{env, process::ExitCode, sync::Arc};

use clap::Parser;
use server::cli::{self, Cli};
use system_tests::ShiftedClock;

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = env::args_os();
    let program = arguments.next().into_iter();
    let clock = arguments
        .next()
        .ok_or_else(|| anyhow::anyhow!("the first argument is the file that moves the clock"))?;
    let cli = Cli::parse_from(program.chain(arguments));
    Ok(cli::run(cli, Arc::new(ShiftedClock::new(clock.into()))))
}
