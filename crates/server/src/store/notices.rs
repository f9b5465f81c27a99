use std::collections::HashSet;

use async_trait::async_trait;
use emergency::{
    CallId,
    notification::{Caller, MailAddress},
};
use jiff::Timestamp;
use platforms::webhook::HookUrl;
use serde::{Deserialize, Serialize};

use super::{Call, StoreError, opaque_id::opaque_id};

opaque_id! {
    /// Names a notice: the same at every try, so it is what receivers know it by. Opaque, so it may
    /// stand in logs.
    NoticeId "no"
}

/// Who is told.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// A web hook.
    Hook(HookUrl),
    /// A mailbox.
    Mail(MailAddress),
    /// The web hook of the configuration, wherever that is when the notice is sent.
    OrganisationHook,
    /// The people of the telephony platform, who find it among their tasks.
    PlatformTask,
}

impl Recipient {
    /// The way they are told.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Hook(_) | Self::OrganisationHook => Channel::Webhook,
            Self::Mail(_) => Channel::Mail,
            Self::PlatformTask => Channel::Task,
        }
    }
}

/// The way somebody is told.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By mail.
    Mail,
    /// By a task on the telephony platform.
    Task,
    /// By web hook.
    Webhook,
}

impl Channel {
    /// Its word, as in columns and labels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Task => "task",
            Self::Webhook => "webhook",
        }
    }
}

/// What the organisation decided about telling people.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct NotifyPolicy {
    /// Whether people are told of test calls.
    pub test_calls: bool,
    /// Whether the organisation has a web hook of its own.
    pub organisation_hook: bool,
    /// Whether the telephony platform takes tasks.
    pub platform_task: bool,
}

/// A notice of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its name.
    pub id: NoticeId,
    /// The call it tells of, with the location as it was sent.
    pub call: Call,
    /// Who called, as they were called when it was made.
    pub caller: Option<Caller>,
    /// Who is told.
    pub recipient: Recipient,
    /// How soon: 0 at once, more when nobody acknowledges.
    pub tier: u32,
    /// For how many seconds nobody had said that they are handling the call, when that is why they are
    /// told.
    pub unhandled_seconds: Option<u32>,
    /// 1, or more when an earlier one said something that was not so.
    pub edition: u32,
    /// Where it stands.
    pub state: NoticeState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was queued.
    pub made_at: Timestamp,
}

/// Where a notice stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NoticeState {
    /// Nobody tries any more.
    Dead {
        /// Since when.
        at: Timestamp,
        /// Why, as a code.
        error: String,
    },
    /// The receiver has it.
    Sent {
        /// Since when.
        at: Timestamp,
    },
    /// It is to be tried.
    Waiting {
        /// When next.
        next_at: Timestamp,
        /// What went wrong last, as a code.
        error: Option<String>,
    },
}

/// What is due.
#[derive(Clone, Debug, Default)]
pub struct DueNotices {
    /// Everything that is due.
    pub ids: HashSet<NoticeId>,
    /// Those of it that were asked for, the longest due first.
    pub notices: Vec<Notice>,
    /// When to look again: now, when there is more than was asked for.
    pub next: Option<Timestamp>,
}

/// What became of a try.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Delivery {
    /// The receiver has it.
    Accepted,
    /// It will never have it.
    Dead {
        /// Why, as a code.
        error: String,
    },
    /// It is tried again.
    Retry {
        /// When.
        at: Timestamp,
        /// Why, as a code.
        error: String,
    },
}

/// How many notices there are.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct NoticeFigures {
    /// To be tried.
    pub waiting: u64,
    /// Given up.
    pub dead: u64,
}

/// What is kept of a notice beside its call, sealed.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NoticeContent {
    /// Who is told.
    pub recipient: Recipient,
    /// Who called.
    pub caller: Option<KeptCaller>,
    /// For how many seconds nobody had said that they are handling the call, when that is why they are
    /// told.
    #[serde(default)]
    pub unhandled_seconds: Option<u32>,
}

/// A [`Caller`] as it is kept.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct KeptCaller {
    /// The name on the telephony platform.
    pub username: String,
    /// What colleagues call them.
    pub display_name: String,
    /// Their team.
    pub team: String,
}

/// The outbox.
#[async_trait]
pub trait Notices: Send + Sync {
    /// Notices whose time has come: at most `limit`, beside those that are `known` to the caller.
    async fn due_notices(
        &self,
        now: Timestamp,
        known: &HashSet<NoticeId>,
        limit: usize,
    ) -> Result<DueNotices, StoreError>;

    /// Notes what became of a try. A notice that is gone with its call is no error.
    async fn note_delivery(
        &self,
        notice: &NoticeId,
        at: Timestamp,
        delivery: Delivery,
    ) -> Result<(), StoreError>;

    /// Every notice there is, the newest first; of one call when it is named.
    async fn notices(&self, call: Option<&CallId>) -> Result<Vec<Notice>, StoreError>;

    /// How many there are.
    async fn notice_figures(&self) -> Result<NoticeFigures, StoreError>;
}
