//! The keychain: the tokens, and the key to the files.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use client::{TokenStore, Tokens};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::{Inbox, line::Line};
use crate::{
    core::Input,
    sealed::SealKey,
    shell::{Keychain, KeychainError},
};

const SESSION: &str = "session";
const SEAL_KEY: &str = "seal-key";
/// New tokens wait no longer than this for the keychain before they are used all the same.
const PATIENCE: Duration = Duration::from_secs(3);

/// A session as the keychain holds it.
#[derive(Clone)]
pub(super) struct SavedSession {
    pub(super) server: String,
    pub(super) username: String,
    pub(super) tokens: Tokens,
}

/// The same on its way into the keychain.
#[derive(Deserialize, Serialize)]
struct Written {
    version: u8,
    server: String,
    username: String,
    access_token: String,
    refresh_token: String,
}

/// The keychain, one request after the other. A keychain that hangs is waited for, and what it
/// should hold then is not forgotten.
#[derive(Clone)]
pub(super) struct Vault {
    keychain: Arc<dyn Keychain>,
    line: Line,
    /// What the keychain does not hold yet.
    wanted: Arc<Mutex<Option<Wanted>>>,
    key: Arc<OnceLock<SealKey>>,
    inbox: Inbox,
}

enum Wanted {
    Erased,
    Kept(Box<SavedSession>),
}

impl Vault {
    pub(super) fn new(
        keychain: Arc<dyn Keychain>,
        key: Arc<OnceLock<SealKey>>,
        inbox: Inbox,
    ) -> Self {
        Self {
            keychain,
            line: Line::new(),
            wanted: Arc::default(),
            key,
            inbox,
        }
    }

    /// Writes what is wanted, then reads the session and the key to the files; a key is made when
    /// there is none. `opened` gets the session; a keychain that refuses is an input of its own.
    pub(super) fn open(&self, opened: impl FnOnce(Option<SavedSession>) + Send + 'static) {
        let vault = self.clone();
        self.line
            .push(move || match vault.flush().and_then(|()| vault.read()) {
                Ok(session) => opened(session),
                Err(error) => vault.failed(&error, Input::KeychainRefused),
            });
    }

    /// Has the keychain hold this session. Ends when it does, or after a few seconds; it is then
    /// written as soon as the keychain answers.
    async fn keep(&self, session: SavedSession) {
        self.want(Wanted::Kept(Box::new(session)));
        let written = self.write();
        if tokio::time::timeout(PATIENCE, written).await.is_err() {
            let error = KeychainError("it takes too long".to_owned());
            self.failed(&error, Input::KeychainSilent);
        }
    }

    /// Has the keychain forget the session.
    pub(super) fn erase(&self) {
        self.want(Wanted::Erased);
        self.write();
    }

    fn write(&self) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        let vault = self.clone();
        self.line.push(move || {
            match vault.flush() {
                Ok(()) => vault.inbox.put(Input::KeychainWrote),
                Err(error) => vault.failed(&error, Input::KeychainSilent),
            }
            sender.send(()).ok();
        });
        receiver
    }

    fn want(&self, wanted: Wanted) {
        *self.lock() = Some(wanted);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Wanted>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what is wanted. What fails stays wanted, unless something else is by then.
    fn flush(&self) -> Result<(), KeychainError> {
        let Some(wanted) = self.lock().take() else {
            return Ok(());
        };
        let result = match &wanted {
            Wanted::Erased => self.keychain.erase(SESSION),
            Wanted::Kept(session) => self.keychain.write(SESSION, &session.write()),
        };
        if result.is_err() {
            self.lock().get_or_insert(wanted);
        }
        result
    }

    fn read(&self) -> Result<Option<SavedSession>, KeychainError> {
        if self.key.get().is_none() {
            self.key.set(self.seal_key()?).ok();
        }
        let secret = self.keychain.read(SESSION)?;
        let session = secret.as_ref().and_then(SavedSession::read);
        if secret.is_some() && session.is_none() {
            tracing::warn!("the keychain's session cannot be read and counts as none");
        }
        Ok(session)
    }

    fn seal_key(&self) -> Result<SealKey, KeychainError> {
        let held = self.keychain.read(SEAL_KEY)?;
        if let Some(key) = held.as_ref().and_then(SealKey::from_secret) {
            return Ok(key);
        }
        let key = SealKey::random().map_err(|error| KeychainError(error.to_string()))?;
        self.keychain.write(SEAL_KEY, &key.to_secret())?;
        Ok(key)
    }

    fn failed(&self, error: &KeychainError, input: Input) {
        tracing::warn!("{error}");
        self.inbox.put(input);
    }
}

impl SavedSession {
    fn write(&self) -> SecretString {
        let written = Written {
            version: 1,
            server: self.server.clone(),
            username: self.username.clone(),
            access_token: self.tokens.access.expose_secret().to_owned(),
            refresh_token: self.tokens.refresh.expose_secret().to_owned(),
        };
        let text = serde_json::to_string(&written).map(Zeroizing::new);
        SecretString::from(text.map(|text| text.to_string()).unwrap_or_default())
    }

    fn read(secret: &SecretString) -> Option<Self> {
        let written: Written = serde_json::from_str(secret.expose_secret()).ok()?;
        (written.version == 1).then(|| Self {
            server: written.server,
            username: written.username,
            tokens: Tokens {
                access: SecretString::from(written.access_token),
                refresh: SecretString::from(written.refresh_token),
            },
        })
    }
}

/// Keeps the tokens of one session for as long as it is the one in use.
pub(super) struct Keeper {
    pub(super) vault: Vault,
    pub(super) server: String,
    pub(super) username: String,
    pub(super) in_use: Arc<AtomicBool>,
}

impl TokenStore for Keeper {
    fn save<'a>(&'a self, tokens: &'a Tokens) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async {
            if self.in_use.load(Ordering::Acquire) {
                self.vault
                    .keep(SavedSession {
                        server: self.server.clone(),
                        username: self.username.clone(),
                        tokens: tokens.clone(),
                    })
                    .await;
            }
        })
    }
}
