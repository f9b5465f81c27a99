use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, header, redirect::Policy};

use super::{HookUrl, ID, SIGNATURE, Secrets, TIMESTAMP, WebhookError};

/// How long a receiver may take to be reached.
const CONNECT: Duration = Duration::from_secs(5);

/// Makes signed requests.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    http: Client,
    secrets: Secrets,
}

impl Signer {
    /// Prepares; connects only for the first request. Each may take `whole`.
    pub(super) fn new(secrets: Secrets, whole: Duration) -> Result<Self, WebhookError> {
        let http = Client::builder()
            .connect_timeout(CONNECT.min(whole))
            .timeout(whole)
            .redirect(Policy::none())
            .user_agent(concat!("whereabouts/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| WebhookError)?;
        Ok(Self { http, secrets })
    }

    /// A request that only has to be sent.
    pub(super) fn request(
        &self,
        url: &HookUrl,
        id: &str,
        at: Timestamp,
        body: String,
    ) -> RequestBuilder {
        self.http
            .post(url.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header(ID, id)
            .header(TIMESTAMP, at.as_second().to_string())
            .header(SIGNATURE, self.secrets.sign(at, body.as_bytes()))
            .body(body)
    }
}
