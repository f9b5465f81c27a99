//! `address check`, `address interpret` and `address render`: JSON Lines in, JSON Lines out.

mod check;
mod interpret;
mod lines;
mod progress;
mod render;

use std::{
    io::{self, BufReader, BufWriter, Write as _},
    path::Path,
};

use anyhow::Context as _;
use location::msag::StreetGuide;
use progress::Progress;

use super::{AddressCommand, Ended};
use crate::guide;

/// Runs over standard input and output.
pub(super) fn run(command: &AddressCommand) -> anyhow::Result<Ended> {
    let input = BufReader::with_capacity(64 * 1024, Progress::of(io::stdin().lock()));
    let output = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let done = match command {
        AddressCommand::Check { msag, layout } => {
            let guide = open_guide(msag, layout)?;
            lines::transform(input, output, |asked| check::one(&guide, asked))
        }
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

/// Rows that cannot be read are only counted here: it is addresses that are asked about.
fn open_guide(file: &Path, layout: &str) -> anyhow::Result<StreetGuide> {
    let mut first = None;
    let read = guide::read(file, &guide::layout(layout)?, |problem| {
        first.get_or_insert(problem);
    })?;
    let name = file.display();
    if let Some(first) = first {
        anyhow::ensure!(
            read.rows > 0,
            "the street guide {name} has no row that can be read; {first}"
        );
        let _ = writeln!(
            io::stderr(),
            "{name}: {} of {} rows cannot be read, the first of them for this: {first}; \
             `msag import {name} --dry-run` names each",
            read.bad_rows,
            read.rows + read.bad_rows,
        );
    }
    Ok(read.guide)
}
