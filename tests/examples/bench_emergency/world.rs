//! The server with the sample organisation, a mail server that it sends by, and a telephony platform.

use std::time::Duration;

use anyhow::{Context as _, Result};
use api::{paths, telephony::Answer};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use system_tests::{Backend, MailServer, Role};
use tokio::time::Instant;

/// More than anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Everything that runs.
pub(crate) struct World {
    pub(crate) backend: Backend,
    pub(crate) mails: MailServer,
    telephony: String,
    admin: String,
    metrics: String,
}

/// A call as it was answered.
pub(crate) struct Answered {
    pub(crate) answer: Answer,
    /// From the platform's question.
    pub(crate) took: Duration,
}

impl World {
    /// Starts this server once `prepare` has put into its store what it needs.
    pub(crate) async fn start(
        server: &str,
        prepare: impl FnOnce(&Backend) -> Result<()>,
    ) -> Result<Self> {
        let mails = MailServer::start()?;
        let mut backend = Backend::stopped(server)?;
        backend.set(
            "WHEREABOUTS_SMTP_URL",
            format!("smtp://127.0.0.1:{}", mails.port()),
        );
        backend.set("WHEREABOUTS_SMTP_FROM", "911-alerts@example.com");
        prepare(&backend)?;
        backend.restart().await?;
        Ok(Self {
            telephony: backend.key(Role::Telephony, "pbx")?,
            admin: backend.key(Role::Admin, "ops")?,
            metrics: backend.key(Role::Metrics, "watch")?,
            backend,
            mails,
        })
    }

    /// Somebody dials 911, and the platform asks where they are.
    pub(crate) async fn dial(
        &self,
        platform: &Client,
        call_id: &str,
        agent: &str,
    ) -> Result<Answered> {
        let asked = json!({"call_id": call_id, "agent": agent, "dialled": "911"});
        let began = Instant::now();
        let answer = self.tell(platform, paths::TELEPHONY_CALLS, &asked).await?;
        let answer = answer.json().await?;
        Ok(Answered {
            answer,
            took: began.elapsed(),
        })
    }

    /// The call is over.
    pub(crate) async fn hang_up(&self, platform: &Client, call_id: &str) -> Result<()> {
        let asked = json!({ "call_id": call_id });
        self.tell(platform, paths::TELEPHONY_CALLS_END, &asked)
            .await?;
        Ok(())
    }

    /// A question that needs nothing at all to be answered, with how long that took.
    pub(crate) async fn greet(&self, platform: &Client) -> Result<Duration> {
        let began = Instant::now();
        let answer = platform
            .get(self.backend.url() + paths::HEALTHZ)
            .send()
            .await?;
        answer.error_for_status()?.bytes().await?;
        Ok(began.elapsed())
    }

    /// What the administrator sees of who was told.
    pub(crate) async fn notifications(&self) -> Result<Value> {
        let request = self.backend.ask(Method::GET, paths::NOTIFICATIONS);
        let answer = request.bearer_auth(&self.admin).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// What is counted, as Prometheus reads it.
    pub(crate) async fn metrics(&self) -> Result<String> {
        let request = self.backend.ask(Method::GET, paths::METRICS);
        let answer = request.bearer_auth(&self.metrics).send().await?;
        Ok(answer.error_for_status()?.text().await?)
    }

    async fn tell(&self, platform: &Client, path: &str, said: &Value) -> Result<reqwest::Response> {
        let request = platform.post(self.backend.url() + path);
        let answer = request
            .bearer_auth(&self.telephony)
            .json(said)
            .send()
            .await?;
        answer.error_for_status().with_context(|| path.to_owned())
    }
}

/// A telephony platform that has no connection to the server yet.
pub(crate) fn platform() -> Result<Client> {
    Ok(Client::builder().no_proxy().timeout(PATIENCE).build()?)
}
