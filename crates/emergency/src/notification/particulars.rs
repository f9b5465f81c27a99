use jiff::Timestamp;
use location::Status;
use serde::Serialize;

use super::{LocationAsSent, Notification, Phrases, Slot};
use crate::E164;

/// A notification in words: what a template gets. Every text is there whatever is known; an empty
/// slot reads "not available".
///
/// In a template: `{{ call.agent }}`, `{{ callback.number }}`, `{% for line in location.lines %}`.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Particulars {
    /// That a call was made.
    pub call: CallParticulars,
    /// The number that reaches the caller.
    pub callback: CallbackParticulars,
    /// The location as it was sent.
    pub location: LocationParticulars,
    /// Whether an earlier notice of this call said something else.
    pub correction: bool,
    /// That nobody said for so long that they are handling the call, when that is why somebody is told;
    /// otherwise empty.
    pub unhandled: String,
    /// For how many seconds.
    pub unhandled_seconds: Option<u32>,
}

/// That a call was made, in words.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct CallParticulars {
    /// The emergency number, such as `911`.
    pub dialled: String,
    /// A test call: nobody is sent.
    pub test: bool,
    /// A drill: nobody dialled anything. Every drill is also a test.
    pub drill: bool,
    /// When, in UTC: `2026-11-20 10:00:00 UTC`.
    pub at: String,
    /// When, for machines (RFC 3339).
    pub at_rfc3339: String,
    /// Who called, by display name and username.
    pub agent: String,
    /// What colleagues call them.
    pub display_name: String,
    /// The name on the telephony platform.
    pub username: String,
    /// Their team; empty for none.
    pub team: String,
}

/// The number that reaches the caller, in words.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct CallbackParticulars {
    /// Whether there is one.
    pub available: bool,
    /// The number as it is read aloud: `(206) 555-0123`.
    pub number: String,
    /// The number as it is dialled: `+12065550123`.
    pub e164: String,
}

/// The location as it was sent, in words.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct LocationParticulars {
    /// Whether there is one.
    pub available: bool,
    /// The address, seat and floor first, never empty.
    pub lines: Vec<String>,
    /// How sure it is.
    pub standing: String,
    /// When the caller said to be there, in UTC.
    pub since: String,
    /// Whether a fault made this the best known rather than the truth.
    pub degraded: bool,
}

impl Particulars {
    /// A notification in the words of a language.
    #[must_use]
    pub fn of(notification: &Notification, correction: bool, phrases: &Phrases) -> Self {
        Self {
            call: call(notification, phrases),
            callback: callback(&notification.callback, phrases),
            location: location(&notification.location, phrases),
            correction,
            unhandled: notification
                .unhandled_seconds
                .map_or_else(String::new, |seconds| phrases.unhandled(seconds)),
            unhandled_seconds: notification.unhandled_seconds,
        }
    }
}

fn call(notification: &Notification, phrases: &Phrases) -> CallParticulars {
    let made = &notification.call;
    let caller = made.caller.known();
    let or_absent = |text: Option<&str>| text.unwrap_or(phrases.not_available).to_owned();
    CallParticulars {
        dialled: made.dialled.clone(),
        test: made.test,
        drill: made.drill,
        at: moment(made.at),
        at_rfc3339: made.at.to_string(),
        agent: caller.map_or_else(
            || phrases.not_available.to_owned(),
            |caller| format!("{} ({})", caller.display_name, caller.username),
        ),
        display_name: or_absent(caller.map(|caller| caller.display_name.as_str())),
        username: or_absent(caller.map(|caller| caller.username.as_str())),
        team: caller.map_or_else(String::new, |caller| caller.team.clone()),
    }
}

fn callback(number: &Slot<E164>, phrases: &Phrases) -> CallbackParticulars {
    let in_words = |text: fn(&E164) -> String| {
        number
            .known()
            .map_or_else(|| phrases.not_available.to_owned(), text)
    };
    CallbackParticulars {
        available: number.known().is_some(),
        number: in_words(E164::grouped),
        e164: in_words(|number| number.as_str().to_owned()),
    }
}

fn location(sent: &Slot<LocationAsSent>, phrases: &Phrases) -> LocationParticulars {
    let known = sent.known().filter(|sent| !sent.lines.is_empty());
    let status = known.map_or(Status::Unknown, |sent| sent.status);
    LocationParticulars {
        available: known.is_some(),
        lines: known.map_or_else(
            || vec![phrases.not_available.to_owned()],
            |sent| sent.lines.clone(),
        ),
        standing: match status {
            Status::Confirmed => phrases.confirmed,
            Status::Declined => phrases.declined,
            Status::Stale => phrases.stale,
            Status::Unknown => phrases.unknown,
        }
        .to_owned(),
        since: known
            .and_then(|sent| sent.since)
            .map_or_else(|| phrases.not_available.to_owned(), moment),
        degraded: known.is_some_and(|sent| sent.degraded),
    }
}

/// `2026-11-20 10:00:00 UTC`.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{CallMade, Caller, Language},
        *,
    };

    fn made(caller: Slot<Caller>) -> CallMade {
        CallMade {
            at: "2026-11-20T10:00:00.25Z".parse().unwrap(),
            dialled: "911".to_owned(),
            test: false,
            drill: false,
            caller,
        }
    }

    #[test]
    fn everything_known() {
        let notification = Notification {
            call: made(Slot::Available(Caller {
                username: "maria.chen".to_owned(),
                display_name: "Maria Chen".to_owned(),
                team: "Care".to_owned(),
            })),
            callback: Slot::Available("+12065550123".parse().unwrap()),
            location: Slot::Available(LocationAsSent {
                lines: vec!["WS 181, floor 5".to_owned(), "2121 7th Ave".to_owned()],
                status: Status::Confirmed,
                since: Some("2026-11-20T08:00:00Z".parse().unwrap()),
                degraded: false,
            }),
            unhandled_seconds: Some(60),
        };
        let particulars = Particulars::of(&notification, false, Phrases::of(Language::En));
        insta::assert_yaml_snapshot!(particulars);
    }

    #[test]
    fn an_empty_slot_reads_not_available() {
        let notification = Notification {
            call: made(Slot::NotAvailable),
            callback: Slot::NotAvailable,
            location: Slot::NotAvailable,
            unhandled_seconds: None,
        };
        let particulars = Particulars::of(&notification, true, Phrases::of(Language::En));
        insta::assert_yaml_snapshot!(particulars);
    }

    #[test]
    fn debug_of_a_notification_says_nothing_of_where_and_how() {
        let notification = Notification {
            call: made(Slot::NotAvailable),
            callback: Slot::Available("+12065550123".parse().unwrap()),
            location: Slot::Available(LocationAsSent {
                lines: vec!["12 Planted St".to_owned()],
                status: Status::Stale,
                since: None,
                degraded: false,
            }),
            unhandled_seconds: Some(60),
        };
        let printed = format!("{notification:?}");
        assert!(
            !printed.contains("Planted") && !printed.contains("555"),
            "{printed}"
        );
    }
}
