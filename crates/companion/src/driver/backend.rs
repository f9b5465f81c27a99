//! Everything that is said to and heard from the server.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use api::location::ConfirmLocation;
use client::{Client, Error, IdempotencyKey, Patience, ServerUrl, Session, TokenStore, Tokens};
use secrecy::SecretString;
use tokio::task::JoinHandle;

use super::{
    Inbox,
    vault::{Keeper, SavedSession, Vault},
};
use crate::core::{Input, SignedInAs, StreamId, Ticket};

/// How long signing out waits for the server.
const FAREWELL: Duration = Duration::from_secs(5);

/// The session that is in use, for those who only ask.
pub(crate) type Slot = Arc<Mutex<Option<Session>>>;

/// The server, and the session with it.
pub(super) struct Backend {
    inbox: Inbox,
    vault: Vault,
    slot: Slot,
    in_use: Arc<Mutex<Arc<AtomicBool>>>,
    watch: Option<JoinHandle<()>>,
    roster: Option<JoinHandle<()>>,
}

impl Backend {
    pub(super) fn new(inbox: Inbox, vault: Vault, slot: Slot) -> Self {
        Self {
            inbox,
            vault,
            slot,
            in_use: Arc::default(),
            watch: None,
            roster: None,
        }
    }

    /// Reads the keychain, and takes up the session it holds unless there is one.
    pub(super) fn open_keychain(&self) {
        let host = self.host();
        self.vault.open(move |saved| {
            let session = saved.and_then(|saved| host.resume(saved));
            host.inbox.put(Input::KeychainOpened(session));
        });
    }

    pub(super) fn enrol(&self, server: ServerUrl, code: SecretString, device_name: String) {
        let host = self.host();
        tokio::spawn(async move {
            let enrolled = async {
                let client = Client::new(server.clone(), Patience::default())?;
                let (agent, tokens) = client.enrol(&code, &device_name).await?;
                let keeper = host.keeper(&server.to_string(), &agent.username);
                keeper.save(&tokens).await;
                host.hold(Session::new(client, tokens, Arc::new(keeper)));
                Ok(agent)
            };
            host.inbox.put(Input::Enrolled(enrolled.await));
        });
    }

    /// Forgets the session here, in the keychain and, where asked and possible, at the server.
    pub(super) fn forget(&self, tell_server: bool) {
        let host = self.host();
        // Nothing that is still under way may write its tokens after this.
        host.replace_use().store(false, Ordering::Release);
        let session = lock(&self.slot).take();
        self.vault.erase();
        if let Some(session) = session.filter(|_| tell_server) {
            tokio::spawn(async move {
                match tokio::time::timeout(FAREWELL, session.sign_out()).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => tracing::info!("signed out without the server: {error}"),
                    Err(_) => tracing::info!("signed out without the server"),
                }
            });
        }
    }

    pub(super) fn watch(&mut self, id: StreamId) {
        self.unwatch();
        let inbox = self.inbox.clone();
        self.watch = self.session().map(|session| {
            tokio::spawn(async move {
                let refusal = session
                    .watch_me(|watched| inbox.put(Input::Watched(id, watched)))
                    .await;
                inbox.put(Input::SignedOut(id, refusal));
            })
        });
    }

    pub(super) fn unwatch(&mut self) {
        if let Some(watch) = self.watch.take() {
            watch.abort();
        }
    }

    pub(super) fn watch_roster(&mut self, id: StreamId) {
        self.unwatch_roster();
        let inbox = self.inbox.clone();
        self.roster = self.session().map(|session| {
            tokio::spawn(async move {
                // Why it ended, the agent's own stream says too.
                session
                    .watch_roster(|watched| inbox.put(Input::Roster(id, watched)))
                    .await;
            })
        });
    }

    pub(super) fn unwatch_roster(&mut self) {
        if let Some(roster) = self.roster.take() {
            roster.abort();
        }
    }

    pub(super) fn declare(&self, key: IdempotencyKey, declaration: Box<ConfirmLocation>) {
        let (inbox, session) = (self.inbox.clone(), self.session());
        tokio::spawn(async move {
            let result = match session {
                Some(session) => session.confirm(&declaration, &key).await.map(Box::new),
                None => Err(Error::Unreachable("nobody is signed in")),
            };
            inbox.put(Input::Declared(key, result));
        });
    }

    /// Says something whose answer is only whether it was done.
    pub(super) fn say<F>(&self, ticket: Ticket, say: impl FnOnce(Session) -> F)
    where
        F: Future<Output = Result<(), Error>> + Send + 'static,
    {
        let (inbox, said) = (self.inbox.clone(), self.session().map(say));
        tokio::spawn(async move {
            let result = match said {
                Some(said) => said.await,
                None => Err(Error::Unreachable("nobody is signed in")),
            };
            inbox.put(Input::Done(ticket, result));
        });
    }

    /// Tells that a banner is on the screen. Nobody waits for it.
    pub(super) fn banner_shown(&self, call: String) {
        let (inbox, session) = (self.inbox.clone(), self.session());
        tokio::spawn(async move {
            let noted = match session {
                Some(session) => session.banner_shown(&call).await.is_ok(),
                None => false,
            };
            inbox.put(Input::BannerTold(call, noted));
        });
    }

    fn session(&self) -> Option<Session> {
        lock(&self.slot).clone()
    }

    fn host(&self) -> Host {
        Host {
            inbox: self.inbox.clone(),
            vault: self.vault.clone(),
            slot: Arc::clone(&self.slot),
            in_use: Arc::clone(&self.in_use),
        }
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.unwatch();
        self.unwatch_roster();
    }
}

/// What a task needs to begin a session.
struct Host {
    inbox: Inbox,
    vault: Vault,
    slot: Slot,
    in_use: Arc<Mutex<Arc<AtomicBool>>>,
}

impl Host {
    fn resume(&self, saved: SavedSession) -> Option<SignedInAs> {
        let SavedSession {
            server,
            username,
            tokens,
        } = saved;
        if lock(&self.slot).is_none() {
            self.hold(self.session(&server, &username, tokens)?);
        }
        Some(SignedInAs { server, username })
    }

    fn session(&self, server: &str, username: &str, tokens: Tokens) -> Option<Session> {
        let client = match server
            .parse()
            .map(|url| Client::new(url, Patience::default()))
        {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => {
                tracing::error!("no session: {error}");
                return None;
            }
            Err(error) => {
                tracing::error!("no session: {error}");
                return None;
            }
        };
        let keeper = self.keeper(server, username);
        Some(Session::new(client, tokens, Arc::new(keeper)))
    }

    fn keeper(&self, server: &str, username: &str) -> Keeper {
        self.replace_use().store(false, Ordering::Release);
        let in_use = Arc::clone(&lock(&self.in_use));
        in_use.store(true, Ordering::Release);
        Keeper {
            vault: self.vault.clone(),
            server: server.to_owned(),
            username: username.to_owned(),
            in_use,
        }
    }

    /// The mark of the session so far; the next one gets its own.
    fn replace_use(&self) -> Arc<AtomicBool> {
        std::mem::take(&mut *lock(&self.in_use))
    }

    fn hold(&self, session: Session) {
        *lock(&self.slot) = Some(session);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
