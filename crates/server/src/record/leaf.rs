//! What one entry of the record says.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::seal::Digest;

/// What happened.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody said that they handle an emergency.
    Acknowledged,
    /// Somebody opened an agent's address.
    BreakGlass,
    /// A call was destroyed, because its window closed.
    CallDestroyed,
    /// A call ended.
    CallEnded,
    /// A call was opened.
    CallOpened,
    /// An agent confirmed where they are.
    Confirmed,
    /// An agent would not say where they are.
    Declined,
    /// The whole path was tried without dialling.
    Drilled,
    /// A person's key was destroyed.
    Erased,
    /// Nobody answered in time, and the next were told.
    Escalated,
    /// Entries that could not be kept, because the store refused them.
    Lost,
    /// An agent read a notice.
    NoticeAcknowledged,
    /// The next system took a notification.
    NotificationAccepted,
    /// A notification was given up.
    NotificationGivenUp,
    /// People are to be told of a call.
    NotificationQueued,
    /// A node's chain begins.
    RecordBegun,
    /// An agent's shift ended.
    ShiftEnded,
    /// What an agent heard on a test call.
    TestCallResult,
    /// A node saw the head of another node's chain.
    Witnessed,
}

impl Kind {
    /// The word that stands in the record.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::BreakGlass => "break_glass",
            Self::CallDestroyed => "call_destroyed",
            Self::CallEnded => "call_ended",
            Self::CallOpened => "call_opened",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Drilled => "drilled",
            Self::Erased => "erased",
            Self::Escalated => "escalated",
            Self::Lost => "lost",
            Self::NoticeAcknowledged => "notice_acknowledged",
            Self::NotificationAccepted => "notification_accepted",
            Self::NotificationGivenUp => "notification_given_up",
            Self::NotificationQueued => "notification_queued",
            Self::RecordBegun => "record_begun",
            Self::ShiftEnded => "shift_ended",
            Self::TestCallResult => "test_call_result",
            Self::Witnessed => "witnessed",
        }
    }

    /// Whether it is what an agent says about where they are: one row of the history.
    #[must_use]
    pub const fn is_of_history(self) -> bool {
        matches!(self, Self::Confirmed | Self::Declined | Self::ShiftEnded)
    }
}

/// The longest word. Words come from vocabularies; a longer one is none.
const WORD_LIMIT: usize = 40;

/// One line of the record, being written.
#[derive(Clone, Debug)]
pub struct Leaf(Map<String, Value>);

impl Leaf {
    /// Something that happened at a moment.
    #[must_use]
    pub fn new(kind: Kind, at: Timestamp) -> Self {
        let mut fields = Map::new();
        fields.insert("kind".to_owned(), kind.as_str().into());
        fields.insert("at".to_owned(), at.as_millisecond().into());
        Self(fields)
    }

    /// A number that says nothing about whom.
    pub fn count(&mut self, name: &'static str, count: i64) {
        self.0.insert(name.to_owned(), count.into());
    }

    /// A word of a vocabulary. What cannot be one is left out: text of people does not belong here.
    pub fn word(&mut self, name: &'static str, word: &str) {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let known = !word.is_empty() && word.len() <= WORD_LIMIT && word.bytes().all(plain);
        let word = if known { word } else { "other" };
        self.0.insert(name.to_owned(), word.into());
    }

    /// A keyed digest.
    pub fn digest(&mut self, name: &'static str, digest: Digest) {
        self.0.insert(name.to_owned(), short(digest).into());
    }

    /// The head of another chain.
    pub fn head(&mut self, head: &super::Head) {
        self.0
            .insert("node".to_owned(), head.node.to_string().into());
        self.0.insert("height".to_owned(), head.height.into());
        self.0
            .insert("link".to_owned(), head.link.to_string().into());
    }

    /// The line, without its end.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        Value::Object(self.0).to_string().into_bytes()
    }
}

/// A digest as it stands in a leaf: its first 128 bits (RFC 2104 section 5 allows half).
#[must_use]
pub fn short(digest: Digest) -> String {
    BASE64.encode(&digest.to_bytes()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_by_its_wire_name() {
        let kinds = [
            Kind::Acknowledged,
            Kind::BreakGlass,
            Kind::CallDestroyed,
            Kind::CallEnded,
            Kind::CallOpened,
            Kind::Confirmed,
            Kind::Declined,
            Kind::Drilled,
            Kind::Erased,
            Kind::Escalated,
            Kind::Lost,
            Kind::NoticeAcknowledged,
            Kind::NotificationAccepted,
            Kind::NotificationGivenUp,
            Kind::NotificationQueued,
            Kind::RecordBegun,
            Kind::ShiftEnded,
            Kind::TestCallResult,
            Kind::Witnessed,
        ];
        for kind in kinds {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }

    #[test]
    fn a_leaf_is_one_line_in_one_order() {
        let mut leaf = Leaf::new(Kind::Confirmed, "2026-11-20T10:00:00Z".parse().unwrap());
        leaf.word("verdict", "valid");
        leaf.word("class", "742 Evergreen");
        leaf.count("version", 3);
        insta::assert_snapshot!(
            String::from_utf8(leaf.into_bytes()).unwrap(),
            @r#"{"at":1795168800000,"class":"other","kind":"confirmed","verdict":"valid","version":3}"#
        );
    }
}
