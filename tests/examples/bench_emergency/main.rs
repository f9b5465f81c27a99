//! Measures what happens around an emergency call on real parts: the server as a process and a real mail server.
//!
//! `bench_emergency --server PATH mail|storm [--runs N]`; called by `cargo xtask bench emergency`, which
//! builds the server. Every figure stands beside a floor that was measured between the very calls it is a floor
//! of. Whatever is promised of the calls themselves (none lost, no number twice, no mail twice) is checked on
//! the way, and the program fails where it does not hold. The last line is `key=value` for machines.
#![expect(
    clippy::print_stdout,
    reason = "a measuring tool talks to people on standard output"
)]

mod clock;
mod fire;
mod mail;
mod smtp;
mod spread;
mod storm;
mod world;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
struct Arguments {
    /// The server under test, which takes the file that moves its clock as the first argument
    #[arg(long)]
    server: String,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// From the call until the mail server has taken the mail
    Mail {
        /// How many calls
        #[arg(long, default_value_t = 100)]
        runs: usize,
    },
    /// Two hundred calls at once from one site with fifty numbers
    Storm {
        /// How many fires
        #[arg(long, default_value_t = 5)]
        runs: usize,
    },
}

#[tokio::main]
async fn main() -> Result<()> {
    let Arguments { server, what } = Arguments::parse();
    match what {
        What::Mail { runs } => mail::measure(&server, runs).await,
        What::Storm { runs } => storm::measure(&server, runs).await,
    }
}
