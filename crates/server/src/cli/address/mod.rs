//! `address interpret` and `address render`: JSON Lines in, JSON Lines out.

mod interpret;
mod lines;
mod render;

use std::io::{self, BufReader, BufWriter};

use anyhow::Context as _;

use super::{AddressCommand, Ended};

/// Runs over standard input and output.
pub(super) fn run(command: &AddressCommand) -> anyhow::Result<Ended> {
    let input = BufReader::with_capacity(64 * 1024, io::stdin().lock());
    let output = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let done = match command {
        AddressCommand::Interpret => lines::transform(input, output, interpret::one),
        AddressCommand::Render { profile } => {
            lines::transform(input, output, |asked| render::one(*profile, asked))
        }
    };
    match done {
        Ok(0) => Ok(Ended::Done),
        Ok(_) => Ok(Ended::SomeRefused),
        // Whoever reads has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Ended::Done),
        Err(error) => Err(error).context("the lines cannot be read or written"),
    }
}
