use std::{io::Write as _, process::ExitCode, sync::Arc};

use anyhow::Context as _;

use super::{Cli, Command, serve};
use crate::{
    clock::Clock,
    config::{Config, Environment},
    routes,
};

/// Reads the configuration and runs the command.
pub(super) fn dispatch(
    cli: Cli,
    environment: &Environment,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<ExitCode> {
    if matches!(cli.command, Command::Openapi) {
        return openapi();
    }
    let config = Config::load(cli.config.as_deref(), environment)
        .context("nothing was done, because the configuration cannot be used")?;
    match cli.command {
        Command::Openapi => openapi(),
        Command::Serve { listen, database } => {
            let mut config = config;
            config.server.listen = listen.unwrap_or(config.server.listen);
            config.store.url = database.unwrap_or(config.store.url);
            serve::run(config, environment, clock)
        }
    }
}

/// Needs no configuration.
fn openapi() -> anyhow::Result<ExitCode> {
    std::io::stdout()
        .write_all(routes::document().as_bytes())
        .context("the document cannot be printed")?;
    Ok(ExitCode::SUCCESS)
}
