use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;

use super::{
    Cli, Command, Ended, ImportCommand, KeysCommand, MsagCommand, PlansCommand, address,
    console::Console,
    demo, enrol,
    import::{self, Kind},
    keys, msag, open, serve,
};
use crate::{
    clock::Clock,
    config::{Config, Environment},
    routes,
    store::Store,
};

/// Reads the configuration and runs the command.
pub(super) fn dispatch(
    cli: Cli,
    environment: &Environment,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<ExitCode> {
    let context = Context {
        file: cli.config.as_deref(),
        environment,
    };
    let ended = match cli.command {
        Command::Address(command) => address::run(&command),
        Command::Agents(command) => context.import(Kind::Agents, command),
        Command::Demo => {
            context.with_store(async |store, console| demo::run(clock.now(), store, console).await)
        }
        Command::Enrol { username } => context.with_store(async |store, console| {
            enrol::run(&username, clock.now(), store, console).await
        }),
        Command::Keys(KeysCommand::Create { role, name }) => {
            context.with_store(async |store, console| {
                keys::create(role, name, clock.now(), store, console).await
            })
        }
        Command::Msag(MsagCommand::Import {
            file,
            layout,
            dry_run,
        }) => {
            let standing = context.config()?.paths(environment).msag_file;
            let mut console = Console {
                out: &mut io::stdout(),
                aside: &mut io::stderr(),
            };
            msag::import(&file, &layout, dry_run, &standing, &mut console)
        }
        Command::Numbers(command) => context.import(Kind::Numbers, command),
        Command::Openapi => return openapi(),
        Command::Plans(PlansCommand::Import { folder, dry_run }) => {
            context.with_store(async |store, console| {
                import::plans(&folder, dry_run, store, console).await
            })
        }
        Command::Seats(command) => context.import(Kind::Seats, command),
        Command::Serve { listen, database } => {
            let mut config = context.config()?;
            config.server.listen = listen.unwrap_or(config.server.listen);
            config.store.url = database.unwrap_or(config.store.url);
            return serve::run(config, environment, clock);
        }
        Command::Sites(command) => context.import(Kind::Sites, command),
    };
    ended.map(ExitCode::from)
}

/// What commands run in.
struct Context<'a> {
    file: Option<&'a Path>,
    environment: &'a Environment,
}

impl Context<'_> {
    fn config(&self) -> anyhow::Result<Config> {
        Config::load(self.file, self.environment)
            .context("nothing was done, because the configuration cannot be used")
    }

    fn import(&self, kind: Kind, command: ImportCommand) -> anyhow::Result<Ended> {
        let ImportCommand::Import { file, dry_run } = command;
        self.with_store(async |store, console| {
            import::csv(kind, &file, dry_run, store, console).await
        })
    }

    /// Opens the store, does some work with it, and closes it.
    fn with_store(
        &self,
        work: impl AsyncFnOnce(&dyn Store, &mut Console<'_>) -> anyhow::Result<Ended>,
    ) -> anyhow::Result<Ended> {
        let config = self.config()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .context("the asynchronous runtime cannot be started")?;
        runtime.block_on(async {
            let store = open::open(&config, self.environment).await?;
            let mut console = Console {
                out: &mut io::stdout(),
                aside: &mut io::stderr(),
            };
            let ended = work(store.as_ref(), &mut console).await;
            store.close().await;
            ended
        })
    }
}

/// Needs no configuration.
fn openapi() -> anyhow::Result<ExitCode> {
    io::stdout()
        .write_all(routes::document().as_bytes())
        .context("the document cannot be printed")?;
    Ok(ExitCode::SUCCESS)
}
