//! `cargo xtask bench`: the figures in `docs/BENCHMARKS.md`, measured anew on this machine.
//!
//! Each measurement is a program of the part that it measures, built with optimisation and run here;
//! its last line is `key=value` for machines.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::{process::Invocation, workspace::Workspace};

/// What to measure.
#[derive(Args, Debug)]
pub(crate) struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Reading addresses: accuracy by country, lines a second, memory.
    Address {
        /// Another set of labelled lines, measured apart from the project's own
        #[arg(long, value_name = "FILE")]
        set: Vec<PathBuf>,
    },
}

pub(crate) fn bench(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    match &options.what {
        What::Address { set } => address(workspace, set)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn address(workspace: &Workspace, sets: &[PathBuf]) -> Result<()> {
    const COUNTRIES: [&str; 5] = ["ca", "dk", "gb", "pr", "us"];
    let corpora =
        COUNTRIES.map(|country| workspace.path(&format!("tests/corpus/addresses/{country}.jsonl")));
    let mut run =
        Invocation::cargo("run --quiet --release --package location --example bench_address --")
            .args(corpora.iter().filter(|path| path.is_file()));
    for set in sets {
        run = run.arg("--set").arg(set);
    }
    run.run()
}
