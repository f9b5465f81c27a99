//! Everything that people are given, and what it is tried with, built in one go.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;

use crate::{machine, npm, process::Invocation, workspace::Workspace};

/// How programs are built.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Profile {
    /// Quickly, with checks
    Debug,
    /// As they are given to people
    Release,
}

impl Profile {
    /// What cargo calls the folder of its programs.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    /// Where cargo puts a program of the workspace.
    pub(crate) fn built(self, program: &str) -> PathBuf {
        machine::target()
            .join(self.name())
            .join(machine::program_file(program))
    }
}

/// Builds the windows' content, the security desk's page, and every program.
pub(crate) fn build(workspace: &Workspace, profile: Profile) -> Result<()> {
    npm::install(workspace)?;
    // The examples make cargo choose the dependencies' features as it does for the tests, so that whoever
    // runs both builds them once.
    let programs = Invocation::cargo("build --workspace --bins --examples")
        .args(["--features", "whereabouts/custom-protocol"]);
    let build = [
        Invocation::npm("run build --workspace ui"),
        Invocation::npm("run build:desk --workspace ui"),
        match profile {
            Profile::Debug => programs,
            Profile::Release => programs.arg("--release"),
        },
    ];
    for invocation in build {
        println!("$ {invocation}");
        invocation.within(workspace.root()).run()?;
    }
    Ok(())
}
