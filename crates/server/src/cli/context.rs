use std::{process::ExitCode, sync::Arc};

use anyhow::Context as _;

use super::{Cli, Command};
use crate::{
    clock::Clock,
    config::{Config, Environment},
};

/// Reads the configuration and runs the command.
pub(super) fn dispatch(
    cli: Cli,
    environment: &Environment,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<ExitCode> {
    let config = Config::load(cli.config.as_deref(), environment)
        .context("nothing was done, because the configuration cannot be used")?;
    match cli.command {
        Command::Serve { listen, database } => {
            let _ = (listen, database, config, clock);
            anyhow::bail!("not here yet")
        }
    }
}
