use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use api::{error::ErrorCode, token};
use reqwest::{Method, RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use crate::{Client, Error, Refusal, client};

/// A pair of tokens. Neither is ever printed.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Goes into `Authorization: Bearer`; lasts minutes.
    pub access: SecretString,
    /// Buys the next pair, once.
    pub refresh: SecretString,
}

/// Keeps the newest pair of tokens across a restart.
pub trait TokenStore: Send + Sync {
    /// Keeps this pair instead of the one before. It is awaited before the pair is used, so it
    /// must end in bounded time, also when the pair cannot be kept.
    fn save<'a>(&'a self, tokens: &'a Tokens) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;
}

/// A client that is signed in. Cheap to clone; all clones share their tokens.
///
/// When the access token has run out, the first caller to notice rotates the pair and everybody
/// else waits for it. A rotation runs to its end even when its caller gives up. When its answer is
/// lost, the old refresh token is offered again, which the server takes once more within ten
/// minutes.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    client: Client,
    held: Mutex<Held>,
    store: Arc<dyn TokenStore>,
}

struct Held {
    tokens: Tokens,
    /// Counts rotations, so that two callers who saw the same token run out rotate once.
    generation: u64,
    /// Nothing more can be bought with this pair.
    over: Option<Box<Refusal>>,
}

impl Session {
    /// A session with this pair of tokens.
    #[must_use]
    pub fn new(client: Client, tokens: Tokens, store: Arc<dyn TokenStore>) -> Self {
        Self(Arc::new(Inner {
            client,
            held: Mutex::new(Held {
                tokens,
                generation: 0,
                over: None,
            }),
            store,
        }))
    }

    /// The client underneath.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// Signs out: the server forgets this device.
    ///
    /// # Errors
    /// When the server could not be told; the tokens here are worthless to others all the same
    /// once they are erased.
    pub async fn sign_out(&self) -> Result<(), Error> {
        self.done(|client| client.request(Method::DELETE, api::paths::TOKENS, &[]))
            .await
    }

    /// Sends a request as this agent and reads its answer.
    pub(crate) async fn answer<T: DeserializeOwned>(
        &self,
        request: impl Fn(&Client) -> RequestBuilder,
    ) -> Result<T, Error> {
        let (access, generation) = self.access().await?;
        let first = self
            .0
            .client
            .answer(request(&self.0.client).bearer_auth(access.expose_secret()));
        match first.await {
            Err(error) => {
                let access = self.after(error, generation).await?;
                let again = request(&self.0.client).bearer_auth(access.expose_secret());
                self.0.client.answer(again).await
            }
            Ok(answer) => Ok(answer),
        }
    }

    /// Sends a request as this agent and hands over its answer as it is written.
    pub(crate) async fn text(
        &self,
        request: impl Fn(&Client) -> RequestBuilder,
    ) -> Result<String, Error> {
        let limit = self.0.client.patience().answer;
        let response = self
            .open(|client| request(client).timeout(limit), limit)
            .await?;
        let body = client::read(response).await?;
        String::from_utf8(body.into()).map_err(|_| Error::UnexpectedAnswer("it is no text"))
    }

    /// Sends a request as this agent whose answer says nothing but that it was done.
    pub(crate) async fn done(
        &self,
        request: impl Fn(&Client) -> RequestBuilder,
    ) -> Result<(), Error> {
        self.open(request, self.0.client.patience().answer).await?;
        Ok(())
    }

    /// Sends a request as this agent and hands over the answer unread. `limit` is for its head.
    pub(crate) async fn open(
        &self,
        request: impl Fn(&Client) -> RequestBuilder,
        limit: Duration,
    ) -> Result<Response, Error> {
        let (access, generation) = self.access().await?;
        match self.head(request(&self.0.client), &access, limit).await {
            Err(error) => {
                let access = self.after(error, generation).await?;
                self.head(request(&self.0.client), &access, limit).await
            }
            Ok(response) => Ok(response),
        }
    }

    async fn head(
        &self,
        request: RequestBuilder,
        access: &SecretString,
        limit: Duration,
    ) -> Result<Response, Error> {
        let request = request.bearer_auth(access.expose_secret());
        tokio::time::timeout(limit, self.0.client.send(request))
            .await
            .map_err(|_| Error::Unreachable("it did not answer in time"))?
    }

    async fn access(&self) -> Result<(SecretString, u64), Error> {
        let held = self.0.held.lock().await;
        match &held.over {
            Some(refusal) => Err(Error::SignedOut(refusal.clone())),
            None => Ok((held.tokens.access.clone(), held.generation)),
        }
    }

    /// The access token to try again with, when the error says that the first one was at fault;
    /// otherwise that error.
    async fn after(&self, error: Error, generation: u64) -> Result<SecretString, Error> {
        match error {
            Error::Refused(refusal) if refusal.status == 401 => {
                let inner = Arc::clone(&self.0);
                // On its own task: a caller that goes away must not lose the new pair.
                tokio::spawn(async move { inner.rotate(generation, refusal).await })
                    .await
                    .map_err(|_| Error::Unreachable("the rotation of tokens was cut short"))?
            }
            other @ (Error::Refused(_)
            | Error::SignedOut(_)
            | Error::UnexpectedAnswer(_)
            | Error::Unreachable(_)) => Err(other),
        }
    }
}

impl Inner {
    async fn rotate(&self, seen: u64, cause: Box<Refusal>) -> Result<SecretString, Error> {
        let mut held = self.held.lock().await;
        if let Some(refusal) = &held.over {
            return Err(Error::SignedOut(refusal.clone()));
        }
        if held.generation != seen {
            return Ok(held.tokens.access.clone());
        }
        if cause.code == ErrorCode::TokenRevoked {
            held.over = Some(cause.clone());
            return Err(Error::SignedOut(cause));
        }
        let request = token::RotateTokens {
            refresh_token: held.tokens.refresh.expose_secret().to_owned(),
        };
        let answer = self
            .client
            .answer::<token::Tokens>(
                self.client
                    .request(Method::POST, api::paths::TOKENS, &[])
                    .json(&request),
            )
            .await;
        match answer {
            Ok(pair) => {
                let tokens = Tokens::from(pair);
                self.store.save(&tokens).await;
                let access = tokens.access.clone();
                held.tokens = tokens;
                held.generation += 1;
                tracing::debug!("tokens rotated");
                Ok(access)
            }
            Err(Error::Refused(refusal)) if refusal.status == 401 => {
                held.over = Some(refusal.clone());
                Err(Error::SignedOut(refusal))
            }
            Err(error) => Err(error),
        }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Session")
            .field("server", &self.0.client.server())
            .finish_non_exhaustive()
    }
}
