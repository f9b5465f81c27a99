//! The project's own commands, called as `cargo xtask <command>`.
//!
//! Everything a person or a CI machine does with the repository goes through here, so that there is one
//! list of it: what the machine must have ([`setup`]), how the product is shown ([`mod@run`]), how every
//! suite is run and counted ([`mod@test`]).
//! Nothing of the product lives here and no crate of the product is linked.
#![expect(
    clippy::print_stdout,
    reason = "a command-line tool talks to people on standard output"
)]
#![expect(
    clippy::print_stderr,
    reason = "a command-line tool reports trouble on standard error"
)]

mod bench;
mod machine;
mod npm;
mod process;
mod product;
mod run;
mod setup;
mod tables;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{setup::Need, workspace::Workspace};

const EXAMPLES: &str = "\
Examples:
  cargo xtask run                  the app with a backend and a sample organisation; without a display
                                   an unattended journey, with pictures in target/demo
  cargo xtask test                 every suite; the last line reads `N passed, N failed`
  cargo xtask test rust vitest     two suites
  cargo xtask test --list          the suites there are
  cargo xtask bench address        how well and how fast addresses are read
  cargo xtask bench emergency      how soon the window, the mails and two hundred answers are there
  cargo xtask setup                install what this machine lacks, say what and why";

/// Build, run and test Whereabouts.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Measure one thing and close with a line of key=value.
    Bench(bench::Options),
    /// Build and start everything, with a sample organisation and an enrolment code filled in.
    Run(run::Options),
    /// Install what the operating system lacks for building, running and testing.
    Setup,
    /// Make the address tables anew from the packages they come from.
    Tables(tables::Options),
    /// Run every suite, or only the named ones, and close with `N passed, N failed`.
    Test(test::Options),
}

fn main() -> ExitCode {
    match carry_out(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(task: Task) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find();
    match task {
        Task::Bench(options) => bench::bench(&workspace, &options),
        Task::Run(options) => run::run(&workspace, &options),
        Task::Setup => {
            setup::ensure(&Need::ALL)?;
            npm::install(&workspace)?;
            Ok(ExitCode::SUCCESS)
        }
        Task::Tables(options) => tables::make(&workspace, &options),
        Task::Test(options) => test::run(&workspace, &options),
    }
}
