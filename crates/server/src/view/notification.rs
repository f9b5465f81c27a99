use api::notification::{Notification, NotificationChannel, NotificationState, Notifications};

use crate::store::{Channel, Notice, NoticeState, Recipient};

/// Every notice, with the sums.
#[must_use]
pub fn notifications(notices: &[Notice]) -> Notifications {
    let notifications: Vec<Notification> = notices.iter().map(notification).collect();
    let count = |state| {
        let of = notifications.iter().filter(|n| n.state == state);
        of.count() as u64
    };
    Notifications {
        waiting: count(NotificationState::Waiting),
        sent: count(NotificationState::Sent),
        dead: count(NotificationState::Dead),
        notifications,
    }
}

fn notification(notice: &Notice) -> Notification {
    let (state, next_at, done_at, error) = match &notice.state {
        NoticeState::Dead { at, error } => (
            NotificationState::Dead,
            None,
            Some(*at),
            Some(error.clone()),
        ),
        NoticeState::Sent { at } => (NotificationState::Sent, None, Some(*at), None),
        NoticeState::Waiting { next_at, error } => (
            NotificationState::Waiting,
            Some(*next_at),
            None,
            error.clone(),
        ),
    };
    Notification {
        id: notice.id.to_string(),
        call_id: notice.call.named_key().call_id.to_string(),
        username: notice
            .call
            .agent
            .as_ref()
            .map(|agent| agent.username.to_string()),
        test: notice.call.test,
        channel: match notice.recipient.channel() {
            Channel::Mail => NotificationChannel::Mail,
            Channel::Task => NotificationChannel::Task,
            Channel::Webhook => NotificationChannel::Webhook,
        },
        recipient: match &notice.recipient {
            // The rest of the address is often a secret.
            Recipient::Hook(url) => url.host().to_owned(),
            Recipient::Mail(address) => address.to_string(),
            Recipient::OrganisationHook => "webhook.url".to_owned(),
            Recipient::PlatformTask => "platform.url".to_owned(),
        },
        tier: notice.tier,
        correction: notice.edition > 1,
        state,
        attempts: notice.attempts,
        made_at: notice.made_at,
        next_at,
        done_at,
        error,
    }
}
