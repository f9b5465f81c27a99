use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;
use api::drill::StartDrill;

use super::{
    AgentsCommand, Cli, Command, ContactsCommand, Ended, ImportCommand, ImportFile, KeysCommand,
    MsagCommand, PlansCommand, RecordCommand, ReportCommand, TemplatesCommand, address,
    console::Console,
    contacts, demo, drill, enrol, erase,
    import::{self, Kind},
    keys, msag,
    open::{self, Absent},
    record, report, serve, sign_out, templates,
};
use crate::{
    clock::Clock,
    config::{self, Config, Environment},
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
        database: cli.database,
        environment,
    };
    let ended = match cli.command {
        Command::Address(command) => address::run(&command),
        Command::Agents(AgentsCommand::Import(import)) => context.import(Kind::Agents, &import),
        Command::Agents(AgentsCommand::SignOut { username }) => context
            .with_store(Absent::Refuse, async |store, console| {
                sign_out::run(&username, clock.now(), store, console).await
            }),
        Command::Agents(AgentsCommand::Erase { username }) => context
            .with_store(Absent::Refuse, async |store, console| {
                erase::run(&username, clock.now(), store, console).await
            }),
        Command::Config => return print(&config::document()),
        Command::Contacts(ContactsCommand::Import(import)) => {
            context.import(Kind::Contacts, &import)
        }
        Command::Contacts(ContactsCommand::List) => context
            .with_store(Absent::Refuse, async |store, console| {
                contacts::list(store, console).await
            }),
        Command::Contacts(ContactsCommand::Remove(import)) => {
            context.import(Kind::ContactsToRemove, &import)
        }
        Command::Demo => context.with_store(Absent::Create, async |store, console| {
            demo::run(clock.now(), store, console).await
        }),
        Command::Drill {
            agents,
            sample,
            team,
            site,
            format,
        } => context.with_store(Absent::Refuse, async |store, console| {
            let asked = StartDrill {
                agents,
                sample,
                team,
                site,
            };
            drill::run(
                &asked,
                format,
                drill::PATIENCE,
                Arc::clone(&clock),
                store,
                console,
            )
            .await
        }),
        Command::Enrol { username } => context
            .with_store(Absent::Refuse, async |store, console| {
                enrol::run(&username, clock.now(), store, console).await
            }),
        Command::Keys(command) => {
            context.with_store(Absent::Refuse, async |store, console| match command {
                KeysCommand::Create { role, name } => {
                    keys::create(role, name, clock.now(), store, console).await
                }
                KeysCommand::List => keys::list(store, console).await,
                KeysCommand::Revoke { name } => keys::revoke(&name, store, console).await,
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
        Command::Numbers(ImportCommand::Import(import)) => context.import(Kind::Numbers, &import),
        Command::Openapi => return print(&routes::document()),
        Command::Plans(PlansCommand::Import { folder, dry_run }) => context
            .with_store(or_pretend(dry_run), async |store, console| {
                import::plans(&folder, dry_run, store, console).await
            }),
        Command::Record(command) => {
            let kept = context.config()?.paths(environment).record_heads_file;
            context.with_store(Absent::Refuse, async |store, console| match command {
                RecordCommand::Head => record::head(store, console).await,
                RecordCommand::Verify { heads } => {
                    record::verify(&heads, &kept, store, console).await
                }
            })
        }
        Command::Report(ReportCommand::Coverage { at, format }) => {
            let policy = context.config()?.policy;
            context.with_store(Absent::Refuse, async |store, console| {
                let now = clock.now();
                report::coverage(at.unwrap_or(now), now, format, &policy, store, console).await
            })
        }
        Command::Seats(ImportCommand::Import(import)) => context.import(Kind::Seats, &import),
        Command::Serve { listen } => {
            let mut config = context.config()?;
            config.server.listen = listen.unwrap_or(config.server.listen);
            return serve::run(config, environment, clock);
        }
        Command::Sites(ImportCommand::Import(import)) => context.import(Kind::Sites, &import),
        Command::Templates(command) => context.templates(&command),
    };
    ended.map(ExitCode::from)
}

/// What commands run in.
struct Context<'a> {
    file: Option<&'a Path>,
    database: Option<String>,
    environment: &'a Environment,
}

impl Context<'_> {
    fn config(&self) -> anyhow::Result<Config> {
        let mut config = Config::load(self.file, self.environment)
            .context("nothing was done, because the configuration cannot be used")?;
        if let Some(url) = &self.database {
            config.store.url.clone_from(url);
        }
        Ok(config)
    }

    fn import(&self, kind: Kind, import: &ImportFile) -> anyhow::Result<Ended> {
        let ImportFile { file, dry_run } = import;
        self.with_store(or_pretend(*dry_run), async |store, console| {
            import::csv(kind, file, *dry_run, store, console).await
        })
    }

    /// Needs no store.
    fn templates(&self, command: &TemplatesCommand) -> anyhow::Result<Ended> {
        let config = self.config()?;
        let mut console = Console {
            out: &mut io::stdout(),
            aside: &mut io::stderr(),
        };
        match command {
            TemplatesCommand::Check => templates::check(&config, &mut console),
            TemplatesCommand::Preview {
                case,
                language,
                html,
            } => templates::preview(*case, *language, *html, &config, &mut console),
        }
    }

    /// Opens the store, does some work with it, and closes it.
    fn with_store(
        &self,
        absent: Absent,
        work: impl AsyncFnOnce(&dyn Store, &mut Console<'_>) -> anyhow::Result<Ended>,
    ) -> anyhow::Result<Ended> {
        let config = self.config()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .context("the asynchronous runtime cannot be started")?;
        runtime.block_on(async {
            let opened = open::open(&config, self.environment, absent).await?;
            let mut console = Console {
                out: &mut io::stdout(),
                aside: &mut io::stderr(),
            };
            let ended = work(opened.store.as_ref(), &mut console).await;
            opened.store.close().await;
            ended
        })
    }
}

/// What is imported first makes the store; what is only tried makes none.
fn or_pretend(dry_run: bool) -> Absent {
    if dry_run {
        Absent::Pretend
    } else {
        Absent::Create
    }
}

/// Prints a document that is the same for everybody.
fn print(document: &str) -> anyhow::Result<ExitCode> {
    io::stdout()
        .write_all(document.as_bytes())
        .context("the document cannot be printed")?;
    Ok(ExitCode::SUCCESS)
}
