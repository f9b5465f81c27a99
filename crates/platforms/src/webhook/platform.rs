//! A platform behind one web hook: signed questions, each answered at once.
//!
//! Every body is `{"id", "verb", ...}`; see `docs/TELEPHONY.md` for the whole of it.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use emergency::{
    Username,
    presence::{Current, Mark, Marked, Status},
};
use jiff::Timestamp;
use reqwest::StatusCode;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::{
    HookUrl, Secrets, WebhookError,
    client::Signer,
    post::{judge, not_sent},
};
use crate::{
    CallControl, CallToEnd, DeliveryFault, FaultCode, PlatformFault, Task, TaskQueue,
    presence::AgentPresence,
};

/// How long an answer may take: an agent who wants to hang up waits for it.
const WHOLE: Duration = Duration::from_secs(8);
/// The most bytes of an answer that are read.
const ANSWER: usize = 16 * 1024;

/// A platform that answers signed questions at one address.
#[derive(Clone)]
pub struct PlatformHook {
    url: HookUrl,
    signer: Signer,
}

impl PlatformHook {
    /// Prepares; connects only for the first question.
    ///
    /// # Errors
    /// When TLS cannot be prepared.
    pub fn new(url: HookUrl, secrets: Secrets) -> Result<Self, WebhookError> {
        Ok(Self {
            url,
            signer: Signer::new(secrets, WHOLE)?,
        })
    }

    /// Asks, and reads the answer if anybody wants it.
    async fn ask(&self, id: &str, at: Timestamp, body: &Value) -> Result<Answer, PlatformFault> {
        let request = self.signer.request(&self.url, id, at, body.to_string());
        let mut answer = request.send().await.map_err(|error| {
            // What was never connected was never asked.
            if error.is_connect() {
                PlatformFault::Refused(not_sent(&error))
            } else {
                PlatformFault::InDoubt(not_sent(&error))
            }
        })?;
        let status = answer.status();
        if !status.is_success() {
            return Err(refusal(status));
        }
        let mut whole = Vec::new();
        while let Some(part) = answer
            .chunk()
            .await
            .map_err(|error| PlatformFault::InDoubt(not_sent(&error)))?
        {
            whole.extend_from_slice(&part);
            if whole.len() > ANSWER {
                return Err(PlatformFault::in_doubt("answer_too_long"));
            }
        }
        Ok(Answer(whole))
    }
}

impl fmt::Debug for PlatformHook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PlatformHook({})", self.url.host())
    }
}

/// The body of a success.
struct Answer(Vec<u8>);

impl Answer {
    fn presence(&self) -> Result<PresenceAnswer, PlatformFault> {
        serde_json::from_slice(&self.0).map_err(|_| PlatformFault::in_doubt("answer_unreadable"))
    }
}

/// What is answered about a status.
#[derive(Deserialize)]
struct PresenceAnswer {
    status: Status,
    /// Left out where the platform cannot tell; null where a person chose the status.
    #[serde(default, deserialize_with = "there")]
    mark: Option<Option<Mark>>,
}

fn there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Mark>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// What an answer that is no success means.
fn refusal(status: StatusCode) -> PlatformFault {
    let code = FaultCode::new(format!("http_{}", status.as_u16()));
    if status.is_server_error() || status == StatusCode::REQUEST_TIMEOUT {
        PlatformFault::InDoubt(code)
    } else {
        PlatformFault::Refused(code)
    }
}

#[async_trait]
impl AgentPresence for PlatformHook {
    async fn read(&self, agent: &Username, at: Timestamp) -> Result<Current, PlatformFault> {
        let id = request_id("presence.read", agent, at);
        let body = json!({"id": id, "verb": "presence.read", "agent": agent});
        let answer = self.ask(&id, at, &body).await?.presence()?;
        Ok(Current {
            status: answer.status,
            marked: match answer.mark {
                Some(Some(mark)) => Marked::ByUs(mark),
                Some(None) => Marked::NotByUs,
                None => Marked::Unknown,
            },
        })
    }

    async fn hold(
        &self,
        agent: &Username,
        mark: &Mark,
        until: Timestamp,
        at: Timestamp,
    ) -> Result<Status, PlatformFault> {
        let id = request_id("presence.hold", agent, at);
        let body = json!({
            "id": id, "verb": "presence.set", "agent": agent, "do_not_disturb": true, "mark": mark,
            "expires_at": until, "expires_in_seconds": until.duration_since(at).as_secs(),
        });
        Ok(self.ask(&id, at, &body).await?.presence()?.status)
    }

    async fn restore(
        &self,
        agent: &Username,
        mark: &Mark,
        to: Option<&Status>,
        at: Timestamp,
    ) -> Result<(), PlatformFault> {
        let id = request_id("presence.restore", agent, at);
        let body = json!({
            "id": id, "verb": "presence.set", "agent": agent, "do_not_disturb": false, "status": to,
            "only_if_mark": mark,
        });
        self.ask(&id, at, &body).await.map(drop)
    }
}

#[async_trait]
impl CallControl for PlatformHook {
    async fn end_call(&self, call: &CallToEnd) -> Result<(), PlatformFault> {
        let body = json!({
            "id": call.id, "verb": "call.end", "agent": call.agent, "call_id": call.key.call_id,
            "platform": call.key.api_key,
        });
        self.ask(&call.id, call.at, &body).await.map(drop)
    }
}

#[async_trait]
impl TaskQueue for PlatformHook {
    async fn create(&self, task: &Task) -> Result<(), DeliveryFault> {
        let body = json!({"id": task.id, "verb": "task.create", "task": task.details});
        let request = self
            .signer
            .request(&self.url, &task.id, task.at, body.to_string());
        match request.send().await {
            Ok(answer) => judge(answer.status()),
            Err(error) => Err(DeliveryFault::Transient(not_sent(&error))),
        }
    }
}

/// Names a question. Each may be asked again under another name: what is asked for is the same then.
fn request_id(verb: &str, agent: &Username, at: Timestamp) -> String {
    use sha2::{Digest as _, Sha256};
    let digest = Sha256::digest(format!("{verb}\0{agent}\0{}", at.as_nanosecond()));
    let hex: String = digest[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("pq_{hex}")
}
