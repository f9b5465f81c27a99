//! `cargo xtask tables`: the tables under `crates/location/data`, made from pinned registry
//! packages.
//!
//! The tables are committed, so nobody needs this to build. It is run when a package has a new
//! version: change the version and the checksum here, run it, and look at the difference. Where
//! each table comes from and under which licence stands in `docs/DATA.md`.

mod ca;
mod source;
mod us;

use std::{fs, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::workspace::Workspace;

/// Which tables to make.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Names of tables; all when there is none
    names: Vec<String>,
}

/// A table: its file's name, and what makes its text.
struct Table {
    name: &'static str,
    make: fn(&Workspace) -> Result<Vec<String>>,
}

const TABLES: &[Table] = &[
    Table {
        name: "ca_places",
        make: ca::places,
    },
    Table {
        name: "us_places",
        make: us::places,
    },
    Table {
        name: "us_zips",
        make: us::zips,
    },
];

pub(crate) fn make(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    for name in &options.names {
        if TABLES.iter().all(|table| table.name != name) {
            bail!("there is no table {name:?}");
        }
    }
    for table in TABLES {
        if !options.names.is_empty() && options.names.iter().all(|name| name != table.name) {
            continue;
        }
        let mut rows = (table.make)(workspace).with_context(|| format!("making {}", table.name))?;
        rows.sort_unstable();
        rows.dedup();
        let path = workspace
            .root()
            .join("crates/location/data")
            .join(table.name)
            .with_extension("tsv");
        let mut text = rows.join("\n");
        text.push('\n');
        fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}: {} rows, {} bytes", table.name, rows.len(), text.len());
    }
    Ok(ExitCode::SUCCESS)
}
