use jiff::Timestamp;
use platforms::{
    DeliveryFault, Task,
    smtp::Mail,
    webhook::{Hook, HookUrl},
};

use super::{HookBody, Outlets, particulars::particulars};
use crate::store::{Notice, Recipient};

/// What became of one try.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Tried {
    Accepted,
    /// Refused for good, with the reason as a code.
    Refused(String),
    /// Not this time, with the reason as a code.
    NotNow(String),
}

/// Hands one notice over.
pub(super) async fn deliver(notice: &Notice, outlets: &Outlets, now: Timestamp) -> Tried {
    match &notice.recipient {
        Recipient::Hook(url) => post(notice, Some(url), outlets, now).await,
        Recipient::Mail(to) => {
            let Some(mail) = &outlets.mail else {
                return not_configured();
            };
            let templates = &outlets.templates;
            let letter = templates.write(&particulars(notice, templates.phrases()));
            let mail_to = Mail {
                message_id: format!("{}@{}", notice.id, outlets.mail_domain),
                to: to.clone(),
                at: notice.made_at,
                subject: letter.subject,
                text: letter.text,
                html: letter.html,
            };
            judge(mail.send(&mail_to).await)
        }
        Recipient::PlatformTask => {
            let Some(tasks) = &outlets.tasks else {
                return not_configured();
            };
            let details = serde_json::to_value(HookBody::of(notice));
            let task = Task {
                id: notice.id.to_string(),
                at: now,
                details: details.expect("texts and lists are JSON"),
            };
            judge(tasks.create(&task).await)
        }
        Recipient::OrganisationHook => {
            post(notice, outlets.organisation_hook.as_ref(), outlets, now).await
        }
    }
}

async fn post(notice: &Notice, url: Option<&HookUrl>, outlets: &Outlets, now: Timestamp) -> Tried {
    let Some((hooks, url)) = outlets.hooks.as_ref().zip(url) else {
        return not_configured();
    };
    let body = serde_json::to_string(&HookBody::of(notice)).expect("texts and lists are JSON");
    let hook = Hook {
        url: url.clone(),
        id: notice.id.to_string(),
        at: now,
        body,
    };
    judge(hooks.post(&hook).await)
}

fn judge(sent: Result<(), DeliveryFault>) -> Tried {
    match sent {
        Ok(()) => Tried::Accepted,
        Err(DeliveryFault::Permanent(code)) => Tried::Refused(code.as_str().to_owned()),
        Err(DeliveryFault::Transient(code)) => Tried::NotNow(code.as_str().to_owned()),
    }
}

fn not_configured() -> Tried {
    Tried::Refused("not_configured".to_owned())
}
