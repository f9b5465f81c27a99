//! The binary: reads the command line and hands over to the library.

use std::{process::ExitCode, sync::Arc};

use clap::Parser;
use server::{cli, clock::SystemClock};

fn main() -> ExitCode {
    cli::run(cli::Cli::parse(), Arc::new(SystemClock))
}
