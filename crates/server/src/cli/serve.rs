//! `serve`: puts the server together and runs it until it is told to stop.
//!
//! Nothing that is broken at start keeps it from listening: without the store it answers telephony
//! from the last-known copy, without keys it keeps new ones in memory, and it says so loudly. What an
//! administrator wrote wrong does stop it, with a sentence.

use std::{net::SocketAddr, path::Path, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use platforms::lost::LostServer;
use tokio::{net::lookup_host, time::Instant};
use tracing::{info, warn};

use super::{open, open_files};
use crate::{
    background,
    browser::{Browsers, Files, Origin},
    clock::Clock,
    config::{Config, Environment, Paths},
    http::{self, App, Ground},
    journal::Journal,
    last_known::{self, Follower, LastKnown, SnapshotFile},
    notify::Outlets,
    presence::Platform,
    record::HeadsFile,
    seal::{CallKeyError, CallKeys, Keys},
    store::{
        NotifyPolicy, Store,
        sqlite::{Location, SqliteStore},
    },
    trace,
    validation::{LocalGuide, Validators},
};

/// How long a server that is about to end may still hold the store, and how often it is looked at.
const OTHER_ENDS: Duration = Duration::from_secs(3);
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// How soon a store that could not be taken over is asked again.
const TAKE_OVER_AGAIN: Duration = Duration::from_secs(1);
/// Of what may be open, streams get one in so many: a desktop may hold a second connection, and telephony platforms
/// must always get theirs.
const STREAMS_SHARE: usize = 2;
/// How long what goes on in the background may take to end.
const ENDING: Duration = Duration::from_secs(5);

/// Serves until the process is told to stop.
pub(super) fn run(
    config: Config,
    environment: &Environment,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<ExitCode> {
    trace::report_panics();
    let location = open::location(&config)?;
    if !config.server.tls_cert.is_empty() {
        bail!(
            "server.tls_cert is set, and this version serves plain HTTP: leave it empty and put a \
             proxy that speaks TLS in front"
        );
    }
    let paths = config.paths(environment);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the threads of the server cannot be started")?;
    runtime.block_on(serve(config, location, &paths, clock))
}

async fn serve(
    config: Config,
    location: Location,
    paths: &Paths,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<ExitCode> {
    let platform = Platform::of(&config.platform)
        .context("nothing was started, because the telephony platform could not be asked")?;
    let outlets = Outlets::of(&config, &platform)
        .context("nothing was started, because nobody could be told of emergency calls")?;
    let address = resolve(&config.server.listen).await?;
    let file = open::absolute(&location);
    let call_keys = Arc::new(CallKeys::in_folder(&paths.call_key_folder));
    be_the_only_one(&call_keys, &file, paths).await?;
    let open_files = open_files::raise();
    let listener = http::listen(address)
        .with_context(|| format!("the address {address} cannot be listened on"))?;
    let keys = Arc::new(Keys::load_or_create(&paths.seal_key_file));
    open::tell(keys.origin(), paths);
    warn_of_what_is_set(&config, address);
    let last_known = Arc::new(LastKnown::default());
    let snapshot = SnapshotFile::at(&paths.snapshot_file, keys.clone());
    let expected = last_known::start_from_file(&snapshot, &last_known);
    let location = location.expected(expected);
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(location, keys.clone(), call_keys));
    let follower = Follower {
        last_known,
        store: store.clone(),
        file: snapshot,
        clock: clock.clone(),
    };
    let (journal, recovered) = Journal::open(&paths.journal_folder, keys);
    let street_guide = Arc::new(LocalGuide::at(&paths.msag_file));
    let mut validators = Validators::none().then(street_guide.clone());
    if !config.lost.url.is_empty() {
        validators = validators.then(Arc::new(LostServer::new(&config.lost.url)?));
    }
    let browsers = browsers(&config);
    let app = App::new(Ground {
        store: store.clone(),
        last_known: follower.last_known.clone(),
        journal: Arc::new(journal),
        clock,
        notify: NotifyPolicy {
            test_calls: config.policy.notify_on_test_calls,
            organisation_hook: !config.webhook.url.is_empty(),
            platform_task: !config.platform.url.is_empty(),
        },
        policy: config.policy,
        validators,
        browsers,
        call_control: platform.call_control.clone(),
        streams: open_files / STREAMS_SHARE,
    });
    app.telephony.recover(recovered.calls);
    let mut tasks = background::start(&app, follower.clone(), outlets, &platform);
    tasks.spawn(background::watch_guide(app.clone(), street_guide));
    tasks.spawn(take_over(store.clone()));
    tasks.spawn(background::witness(
        app.clone(),
        HeadsFile::at(&paths.record_heads_file),
    ));
    info!(
        server.address = %listener.local_addr().unwrap_or(address),
        store.file = %file.display(),
        "the server listens"
    );
    if !app.browsers.files.is_empty() {
        info!("the security desk's page is at /desk/");
    }
    let served = http::serve(listener, app, told_to_stop()).await;
    let ended = async { while tasks.join_next().await.is_some() {} };
    // Whatever waits for a store that is away has waited long enough.
    if tokio::time::timeout(ENDING, ended).await.is_err() {
        tasks.abort_all();
    }
    follower.finish().await;
    store.close().await;
    served.context("the server cannot listen any more")?;
    info!("the server has ended");
    Ok(ExitCode::SUCCESS)
}

/// Reads the security desk's page. A server without it answers calls all the same.
fn browsers(config: &Config) -> Browsers {
    let folder = config.desk_folder();
    let files = folder.map(|folder| Files::read(&folder));
    let files = match files {
        Some(Ok(files)) => files,
        Some(Err(error)) => {
            warn!(%error, "the security desk's page is not served");
            Files::default()
        }
        None => Files::default(),
    };
    let public = Some(config.server.public_url.as_str()).filter(|url| !url.is_empty());
    let origin = public.and_then(Origin::of_url);
    if public.is_some() && origin.is_none() {
        warn!("server.public_url is no address: it begins with https:// and names this server");
    }
    Browsers {
        files,
        public: origin,
    }
}

/// Stops a second server on the same store, which would destroy the keys of the first one's calls.
/// One that is just about to end is waited for; a disk that refuses is not: calls have to be answered.
async fn be_the_only_one(call_keys: &CallKeys, file: &Path, paths: &Paths) -> anyhow::Result<()> {
    let deadline = Instant::now() + OTHER_ENDS;
    while let Err(CallKeyError::Owned) = call_keys.own() {
        if Instant::now() >= deadline {
            bail!(
                "another server uses the store {} (it holds {}); stop it first, or give this one a \
                 store of its own with --database",
                file.display(),
                paths.call_key_folder.display()
            );
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(())
}

/// Says what an administrator would not expect of what they set.
fn warn_of_what_is_set(config: &Config, address: SocketAddr) {
    for key in config.without_effect() {
        warn!(
            config.key = key,
            "this setting has no effect: this version does not have what it is for"
        );
    }
    if !address.ip().is_loopback() {
        warn!(
            server.listen = %address,
            "plain HTTP is served beyond this machine: tokens and addresses can be read on the way; \
             listen on 127.0.0.1 and put a proxy that speaks TLS in front"
        );
    }
}

/// Makes this process the one that serves from the store, as soon as it can be.
async fn take_over(store: Arc<dyn Store>) {
    let mut told = false;
    while let Err(fault) = store.take_over().await {
        if !told {
            warn!(store.fault = %fault, "the store cannot be taken over yet");
        }
        told = true;
        tokio::time::sleep(TAKE_OVER_AGAIN).await;
    }
}

async fn resolve(listen: &str) -> anyhow::Result<SocketAddr> {
    let addresses = lookup_host(listen).await;
    addresses
        .ok()
        .and_then(|mut addresses| addresses.next())
        .with_context(|| {
            format!(
                "server.listen is {listen:?}; write an address and a port, such as 127.0.0.1:8911"
            )
        })
}

/// Waits for Ctrl-C, or on Unix for SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        // Without a handler there is nothing to wait for.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminated = async {
            match signal(SignalKind::terminate()) {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            () = interrupted => {}
            () = terminated => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
    info!("the server was told to stop");
}
