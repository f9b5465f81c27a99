//! `cargo xtask bench`: the figures in `docs/BENCHMARKS.md`, measured anew on this machine.
//!
//! Each measurement is a program of the part that it measures, built with optimisation and run here;
//! its last line is `key=value` for machines.

mod emergency;

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
    /// Reading addresses: accuracy by country, lines a second, memory; and looking them up in a street
    /// guide: letters, time, memory.
    Address {
        /// Another set of labelled lines, measured apart from the project's own
        #[arg(long, value_name = "FILE")]
        set: Vec<PathBuf>,
        /// Another street guide, and look-ups in it with their letters
        #[arg(long, num_args = 2, value_names = ["GUIDE", "CASES"])]
        msag: Vec<PathBuf>,
    },
    /// Around an emergency call: until its window is on the screen, until the mail is accepted, and two
    /// hundred calls at once.
    #[command(after_help = emergency::EXAMPLES)]
    Emergency(emergency::Options),
}

pub(crate) fn bench(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    match &options.what {
        What::Address { set, msag } => address(workspace, set, msag)?,
        What::Emergency(options) => emergency::bench(workspace, options)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn address(workspace: &Workspace, sets: &[PathBuf], guides: &[PathBuf]) -> Result<()> {
    const COUNTRIES: [&str; 5] = ["ca", "dk", "gb", "pr", "us"];
    let corpora =
        COUNTRIES.map(|country| workspace.path(&format!("tests/corpus/addresses/{country}.jsonl")));
    let mut run =
        Invocation::cargo("run --quiet --release --package location --example bench_address --")
            .args(corpora.iter().filter(|path| path.is_file()));
    let own = ["guide.csv", "cases.jsonl"]
        .map(|name| workspace.path(&format!("tests/corpus/msag/{name}")));
    for guide in own.chunks(2).chain(guides.chunks(2)) {
        run = run.arg("--msag").args(guide);
    }
    for set in sets {
        run = run.arg("--set").arg(set);
    }
    run.run()
}
