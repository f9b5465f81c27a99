//! What became of telling people of emergency calls.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// `GET /v1/notifications`.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Notifications {
    /// How many are to be tried.
    pub waiting: u64,
    /// How many were accepted.
    pub sent: u64,
    /// How many were given up.
    pub dead: u64,
    /// The newest first. They are gone when their call's callback window closes.
    pub notifications: Vec<Notification>,
}

/// One person or program that is told of one call.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
pub struct Notification {
    /// Its name, the same at every try: the Message-ID of a mail begins with it, and a web hook gets
    /// it as `Whereabouts-Id`.
    pub id: String,
    /// The platform's name for the call.
    pub call_id: String,
    /// The agent's username; null when the platform named nobody we know.
    pub username: Option<String>,
    /// A test call: nobody is sent.
    pub test: bool,
    /// The way.
    pub channel: NotificationChannel,
    /// A mailbox, or the machine of a web hook.
    pub recipient: String,
    /// 0: told at once; more: told because nobody acknowledged.
    pub tier: u32,
    /// It says what an earlier one did not.
    pub correction: bool,
    /// Where it stands.
    pub state: NotificationState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was queued.
    pub made_at: Timestamp,
    /// When it is tried next; null unless it waits.
    pub next_at: Option<Timestamp>,
    /// When it was accepted or given up.
    pub done_at: Option<Timestamp>,
    /// What went wrong last, as a code such as `unreachable`, `smtp_550`, `http_503`,
    /// `not_configured`.
    pub error: Option<String>,
}

impl fmt::Debug for Notification {
    /// Leaves the recipient out.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Notification")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// The way somebody is told.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotificationChannel {
    /// By mail.
    Mail,
    /// By a task on the telephony platform.
    Task,
    /// By web hook.
    Webhook,
}

/// Where a notification stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, TS, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotificationState {
    /// Given up: somebody does not know.
    Dead,
    /// The receiver has it.
    Sent,
    /// It is to be tried.
    Waiting,
}
