use std::{fmt, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use location::CivicAddress;
use reqwest::{Client, header, redirect::Policy};
use tokio::time::timeout;
use url::Url;

use super::{
    answer::{self, Answer, AnswerError},
    cache::Cache,
    finding,
    request::find_service,
};
use crate::{AddressValidator, Validation};

/// How long an answer may take in all, a redirect included. A little less than three seconds, so that
/// whoever waits that long hears why there is none.
pub const PATIENCE: Duration = Duration::from_millis(2_800);
/// The largest answer, in bytes. One with a whole boundary in it is large.
const ANSWER_LIMIT: usize = 1024 * 1024;
const MEDIA_TYPE: &str = "application/lost+xml";

/// A LoST server on the web.
pub struct LostServer {
    url: Url,
    http: Client,
    cache: Cache,
}

impl LostServer {
    /// Prepares; connects only for the first address.
    ///
    /// # Errors
    /// When the URL is none that can be asked, or TLS cannot be prepared.
    pub fn new(url: &str) -> Result<Self, LostServerError> {
        let url: Url = url.parse().map_err(|_| LostServerError::Url)?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(LostServerError::Url);
        }
        let http = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .user_agent(concat!("whereabouts/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| LostServerError::Tls)?;
        Ok(Self {
            url,
            http,
            cache: Cache::default(),
        })
    }

    /// Asks, and once more where the first one sends us.
    async fn ask(&self, request: &str) -> Result<Answer, NoAnswer> {
        match self.post(self.url.clone(), request).await? {
            Answer::Redirect { target } => {
                let other = self.redirected(&target).ok_or(NoAnswer::Redirected)?;
                match self.post(other, request).await? {
                    Answer::Redirect { .. } => Err(NoAnswer::Redirected),
                    answer @ (Answer::Errors(_) | Answer::Found(_)) => Ok(answer),
                }
            }
            answer @ (Answer::Errors(_) | Answer::Found(_)) => Ok(answer),
        }
    }

    /// The URL of another server: a whole one that is no less safe, or a domain that stands in the
    /// place of ours.
    fn redirected(&self, target: &str) -> Option<Url> {
        if let Ok(whole) = target.parse::<Url>()
            && whole.has_host()
        {
            let safe = whole.scheme() == "https" || whole.scheme() == self.url.scheme();
            return safe.then_some(whole);
        }
        let whole = format!("{}://{target}{}", self.url.scheme(), self.url.path());
        let url: Url = whole.parse().ok()?;
        let plain = url.username().is_empty() && url.query().is_none() && url.fragment().is_none();
        (plain && url.path() == self.url.path()).then_some(url)
    }

    async fn post(&self, url: Url, request: &str) -> Result<Answer, NoAnswer> {
        let mut response = self
            .http
            .post(url)
            .header(header::CONTENT_TYPE, MEDIA_TYPE)
            .header(header::ACCEPT, MEDIA_TYPE)
            .body(request.to_owned())
            .send()
            .await
            .map_err(|error| NoAnswer::of(&error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(NoAnswer::Status(status.as_u16()));
        }
        let mut body = Vec::new();
        while let Some(part) = response
            .chunk()
            .await
            .map_err(|error| NoAnswer::of(&error))?
        {
            if body.len() + part.len() > ANSWER_LIMIT {
                return Err(NoAnswer::Unreadable(AnswerError::TooLarge));
            }
            body.extend_from_slice(&part);
        }
        let text =
            str::from_utf8(&body).map_err(|_| NoAnswer::Unreadable(AnswerError::NotWellFormed))?;
        answer::read(text).map_err(NoAnswer::Unreadable)
    }
}

#[async_trait]
impl AddressValidator for LostServer {
    async fn validate(&self, address: &CivicAddress, now: Timestamp) -> Validation {
        let host = self.url.host_str().unwrap_or_default();
        let request = find_service(address);
        if let Some(found) = self.cache.find(&request, now) {
            return finding::of_found(&found, address, host);
        }
        let answer = timeout(PATIENCE, self.ask(&request)).await;
        match answer.unwrap_or(Err(NoAnswer::Slow)) {
            Ok(Answer::Found(found)) => {
                self.cache.keep(request, &found, now);
                finding::of_found(&found, address, host)
            }
            Ok(Answer::Errors(errors)) => finding::of_errors(&errors),
            // `ask` follows one and refuses the next.
            Ok(Answer::Redirect { .. }) => silent(NoAnswer::Redirected),
            Err(reason) => silent(reason),
        }
    }
}

fn silent(reason: NoAnswer) -> Validation {
    Validation::Silent {
        because: format!("The location server did not check the address: {reason}."),
    }
}

impl fmt::Debug for LostServer {
    /// Without what was asked, and without what the URL may hold beside the host.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LostServer")
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
enum NoAnswer {
    #[error("it cannot be reached")]
    Unreachable,
    #[error("it did not answer in time")]
    Slow,
    #[error("it sends from one server to the next")]
    Redirected,
    #[error("it answered with HTTP {0}")]
    Status(u16),
    #[error("its answer cannot be used, because {0}")]
    Unreadable(AnswerError),
}

impl NoAnswer {
    fn of(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::Slow
        } else {
            Self::Unreachable
        }
    }
}

/// Why no server can be asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum LostServerError {
    /// This machine trusts nobody.
    #[error("a location server cannot be asked: this machine has no certificates to trust")]
    Tls,
    /// Not an address of the web.
    #[error("lost.url is no URL that can be asked; write https://, the host and the path")]
    Url,
}
