use std::time::Duration;

use api::{agent::Agent, enrolment::EnrolDevice, enrolment::EnrolledDevice, error::ErrorBody};
use bytes::BytesMut;
use jiff::{Timestamp, fmt::rfc2822};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{self, HeaderMap, HeaderValue},
};
use secrecy::SecretString;
use serde::de::DeserializeOwned;

use crate::{Error, Refusal, ServerUrl, Tokens, secret};

/// The longest answer that is read, in bytes; a site with its plans is the largest there is.
const LONGEST_ANSWER: usize = 32 * 1024 * 1024;

/// How long to wait for the server.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the whole of an answer, streams excepted.
    pub answer: Duration,
    /// For the next sign of life on a stream. The server sends one every 15 s.
    pub silence: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(4),
            answer: Duration::from_secs(10),
            silence: Duration::from_secs(45),
        }
    }
}

/// The backend, not signed in. Cheap to clone; all clones share their connections.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    server: ServerUrl,
    patience: Patience,
}

impl Client {
    /// A client of the server at this address.
    ///
    /// # Errors
    /// [`Error::UnexpectedAnswer`] when this computer's TLS set-up cannot be read.
    pub fn new(server: ServerUrl, patience: Patience) -> Result<Self, Error> {
        let mut headers = HeaderMap::new();
        headers.insert("x-api-version", HeaderValue::from_static(api::VERSION));
        let http = reqwest::Client::builder()
            .connect_timeout(patience.connect)
            .default_headers(headers)
            .read_timeout(patience.silence)
            // A redirect would carry the token elsewhere, and turn a PUT into a GET.
            .redirect(reqwest::redirect::Policy::none())
            .tcp_keepalive(Duration::from_secs(30))
            .user_agent(concat!("whereabouts/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            http,
            server,
            patience,
        })
    }

    /// The server's address.
    #[must_use]
    pub fn server(&self) -> &ServerUrl {
        &self.server
    }

    /// Signs this computer in with a one-time code.
    ///
    /// # Errors
    /// [`Error::Refused`] with `code_unknown`, `code_used`, `code_expired` or `rate_limited`.
    pub async fn enrol(
        &self,
        code: &SecretString,
        device_name: &str,
    ) -> Result<(Agent, Tokens), Error> {
        let request = EnrolDevice {
            code: secrecy::ExposeSecret::expose_secret(code).to_owned(),
            device_name: device_name.chars().take(100).collect(),
        };
        let device: EnrolledDevice = self
            .answer(
                self.request(Method::POST, api::paths::ENROLMENTS, &[])
                    .json(&request),
            )
            .await?;
        Ok(secret::enrolled(device))
    }

    pub(crate) fn request(&self, method: Method, path: &str, segments: &[&str]) -> RequestBuilder {
        self.http
            .request(method, self.server.endpoint(path, segments))
    }

    pub(crate) fn patience(&self) -> Patience {
        self.patience
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn answer<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, Error> {
        let response = self.send(request.timeout(self.patience.answer)).await?;
        let body = read(response).await?;
        // The reason would quote the answer.
        serde_json::from_slice(&body).map_err(|_| Error::UnexpectedAnswer("it cannot be read"))
    }

    /// Sends a request and turns what is no success into an error.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Result<Response, Error> {
        let response = request.send().await?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let retry_after = retry_after(response.headers());
        let refusal = serde_json::from_slice::<ErrorBody>(&read(response).await?);
        Err(match refusal {
            Ok(body) => Error::Refused(Box::new(Refusal::new(status.as_u16(), body, retry_after))),
            // What stands before the server says so when the server is gone.
            Err(_) if GATEWAY.contains(&status) => Error::Unreachable("a gateway answered for it"),
            Err(_) => Error::UnexpectedAnswer("an error without a known body"),
        })
    }
}

const GATEWAY: [StatusCode; 3] = [
    StatusCode::BAD_GATEWAY,
    StatusCode::GATEWAY_TIMEOUT,
    StatusCode::SERVICE_UNAVAILABLE,
];

/// The server's clock when it began to answer, to the second.
pub(crate) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(header::DATE)?.to_str().ok()?;
    rfc2822::parse(text).ok().map(|date| date.timestamp())
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

pub(crate) async fn read(mut response: Response) -> Result<BytesMut, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(Error::UnexpectedAnswer("it does not end"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
