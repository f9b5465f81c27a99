use std::{borrow::Cow, collections::HashMap};

use emergency::{CallId, Dialled, Recognised};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::text::{member, member_or_part, plain};
use crate::{
    hex::hex,
    http::{Head, Whole, percent_decoded},
    random,
};

/// What a platform asked when an emergency number was dialled, as far as it can be read.
///
/// Reading is lenient, because a template with a comma too many must not cost a call its location:
///
/// - a JSON object: fields of any scalar type count as text, those of another type as absent;
/// - a form (`call_id=…&dialled=911`);
/// - anything else, also JSON that was cut off: the fields are looked for in the text, and failing
///   that any emergency number in it opens a call for an unknown agent.
///
/// A body is refused only when it is none of these, and then nothing in it names an emergency.
#[derive(Clone, Default, Eq, PartialEq)]
pub struct Asked {
    /// The platform's name for the call.
    pub call_id: Option<String>,
    /// Who dialled, in any form.
    pub agent: Option<String>,
    /// What was dialled, in any form.
    pub dialled: Option<String>,
    /// Which platform the call is on, by the word that numbers of the pool have for it.
    pub platform: Option<String>,
}

/// A body in which nothing can be an emergency.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NotAsked {
    /// More than is read.
    TooLarge,
    /// Not to be read.
    Unreadable,
}

impl NotAsked {
    pub(super) fn of(head: &Head) -> Self {
        match head.whole {
            Whole::TooLarge => Self::TooLarge,
            Whole::CutOff | Whole::Yes => Self::Unreadable,
        }
    }
}

impl Asked {
    /// Reads what arrived of a body.
    ///
    /// # Errors
    /// See [`NotAsked`].
    pub fn read(head: &Head) -> Result<Self, NotAsked> {
        let bytes = plain(&head.bytes);
        if let Ok(fields) = serde_json::from_slice::<HashMap<Cow<'_, str>, &RawValue>>(&bytes) {
            return Ok(Self::of(&fields));
        }
        let text = String::from_utf8_lossy(&bytes);
        form(&text, head.whole)
            .or_else(|| salvaged(&text))
            .or_else(|| mentioned(&text))
            .ok_or_else(|| NotAsked::of(head))
    }

    /// Whether what has arrived of a body is enough to answer by, should no more come.
    pub(crate) fn is_enough(bytes: &[u8]) -> bool {
        let bytes = plain(bytes);
        let text = String::from_utf8_lossy(&bytes);
        form(&text, Whole::CutOff)
            .or_else(|| salvaged(&text))
            .or_else(|| mentioned(&text))
            .is_some()
            || ["call_id", "number"]
                .iter()
                .any(|name| member(&text, name).is_some())
    }

    fn of(fields: &HashMap<Cow<'_, str>, &RawValue>) -> Self {
        let text = |name: &str| fields.get(name).and_then(|value| scalar(value));
        Self {
            call_id: text("call_id"),
            agent: text("agent"),
            dialled: text("dialled"),
            platform: text("platform").map(|word| word.to_ascii_lowercase()),
        }
    }

    /// The call's name as it is kept here; made up when the platform gave none. A name that is too
    /// long or holds control characters is kept as its digest, so that its end still finds it.
    #[must_use]
    pub fn call_id(&self) -> CallId {
        match self.call_id.as_deref() {
            Some(given) => call_id(given),
            None => call_id(&random::id("call")),
        }
    }
}

/// A platform's name for a call as it is kept here. White space around it names nothing.
#[must_use]
pub fn call_id(given: &str) -> CallId {
    let given = given.trim();
    given.parse().unwrap_or_else(|_| {
        let digest = Sha256::digest(given.as_bytes());
        format!("sha256-{}", hex(&digest))
            .parse()
            .expect("a digest in hexadecimal is a name")
    })
}

/// A scalar as text; blank counts as absent. A number is the digits as they were written: an identifier may
/// be longer than any number a machine computes with.
pub(super) fn scalar(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.chars().next()? {
        '"' => serde_json::from_str::<String>(raw)
            .ok()
            .map(|text| text.trim().to_owned()),
        '-' | '0'..='9' => Some(raw.to_owned()),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

/// `call_id=c1&agent=maria.chen&dialled=911`
fn form(text: &str, whole: Whole) -> Option<Asked> {
    let mut asked = Asked::default();
    let mut pairs = text.trim().split('&').peekable();
    while let Some(pair) = pairs.next() {
        let (name, value) = pair.split_once('=')?;
        let value = percent_decoded(&value.replace('+', " ")).trim().to_owned();
        // What was cut off may be half of another's name.
        let cut = whole != Whole::Yes && pairs.peek().is_none();
        match name {
            "agent" if !cut => asked.agent = Some(value),
            "call_id" if !cut => asked.call_id = Some(value),
            "dialled" => asked.dialled = Some(value),
            _ if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {}
            _ => return None,
        }
    }
    asked.dialled.is_some().then_some(asked)
}

/// The fields as they stand in a text that is nearly JSON.
fn salvaged(text: &str) -> Option<Asked> {
    let asked = Asked {
        call_id: member(text, "call_id"),
        agent: member(text, "agent"),
        dialled: member_or_part(text, "dialled"),
        platform: None,
    };
    asked.dialled.is_some().then_some(asked)
}

/// Any emergency number or service in a text that is nothing we know.
pub(super) fn mentioned(text: &str) -> Option<Asked> {
    let dialled = text
        .split(|c: char| !(c.is_alphanumeric() || "+*#:.-_".contains(c)))
        .filter(|word| word.len() <= 64)
        .find(|word| {
            let digits = word.chars().any(char::is_numeric);
            match Dialled::recognise(word) {
                Recognised::Emergency { known, urn, .. } => {
                    (digits && known.is_some()) || (urn.contains("sos") && word.contains("sos"))
                }
                Recognised::Ordinary => false,
            }
        })?;
    Some(Asked {
        dialled: Some(dialled.to_owned()),
        ..Asked::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> String {
        let head = Head {
            bytes: body.to_vec(),
            whole: Whole::Yes,
        };
        match Asked::read(&head) {
            Ok(asked) => format!(
                "{} {} {}",
                asked.call_id.as_deref().unwrap_or("-"),
                asked.agent.as_deref().unwrap_or("-"),
                asked.dialled.as_deref().unwrap_or("-")
            ),
            Err(refused) => format!("{refused:?}"),
        }
    }

    #[test]
    fn whatever_can_name_an_emergency_is_read() {
        #[rustfmt::skip]
        let table: [(&[u8], &str); 28] = [
            (b"{\"call_id\":\"c1\",\"agent\":\"maria.chen\",\"dialled\":\"\\u002B1911\",}", "c1 maria.chen +1911"),
            (br#"{"call_id":"c1","agent":"maria.chen","dialled":"911"}"#, "c1 maria.chen 911"),
            (br#"{"call_id":7,"agent":null,"dialled":911,"new":[{}]}"#, "7 - 911"),
            (br#"{"call_id":{},"agent":["x"],"dialled":" 911 "}"#, "- - 911"),
            (b"{}", "- - -"),
            (br#"{"call_id":"c1","agent":"maria.chen","dialled":"911"#, "c1 maria.chen 911"),
            (br#"{"call_id":"c1","agent":"maria.chen","dialled":"911",}"#, "c1 maria.chen 911"),
            (b"{'call_id':'c1','agent':'maria.chen','dialled':'911'}", "c1 maria.chen 911"),
            (b"{\"agent\":\"ma\nria\",\"dialled\":911}", "- ma\nria 911"),
            // Digits that no machine computes with are still a name.
            (br#"{"call_id":123456789012345678901234567890,"dialled":911}"#, "123456789012345678901234567890 - 911"),
            (br#"{"call_id":"c1","dialled":"911","agent":"sam.lee"#, "c1 - 911"),
            (br#"{"dialled":"911","agent":sam.lee"#, "- - 911"),
            (b"\xef\xbb\xbf{\"agent\":\"maria.chen\",\"dialled\":\"911\"}", "- maria.chen 911"),
            (b"{\0\"\0d\0i\0a\0l\0l\0e\0d\0\"\0:\x009\x001\x001\0}\0", "- - 911"),
            (br#"{"call_id":" c 1 ","dialled":"911"}"#, "c 1 - 911"),
            (b"{\"agent\":\"\xff\xfe\",\"dialled\":\"911\"}", "- \u{fffd}\u{fffd} 911"),
            (br#"[{"dialled":"112"}]"#, "- - 112"),
            (b"call_id=c1&agent=maria.chen%40example.com&dialled=%2B1911", "c1 maria.chen@example.com +1911"),
            (b"INVITE sip:911@example.com SIP/2.0", "- - sip:911"),
            (b"urn:service:sos", "- - urn:service:sos"),
            (br#""911""#, "- - 911"),
            (b"", "Unreadable"),
            (b"null", "Unreadable"),
            (b"[1,2,3]", "Unreadable"),
            (b"not json", "Unreadable"),
            (b"\0\x01\x02", "Unreadable"),
            (b"<call>+12065550123</call>", "Unreadable"),
            (br#"{"call_id":"c1""#, "Unreadable"),
        ];
        for (body, expected) in table {
            assert_eq!(read(body), expected, "{:?}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn a_body_too_large_still_opens_a_call() {
        let mut bytes = br#"{"agent":"maria.chen","dialled":"911","x":""#.to_vec();
        bytes.resize(crate::http::HEAD_LIMIT, b'x');
        let whole = Whole::TooLarge;
        let asked = Asked::read(&Head { bytes, whole }).unwrap();
        assert_eq!(asked.agent.as_deref(), Some("maria.chen"));
        let bytes = vec![b'x'; crate::http::HEAD_LIMIT];
        assert_eq!(
            Asked::read(&Head { bytes, whole }).err(),
            Some(NotAsked::TooLarge)
        );
    }

    #[test]
    fn every_name_of_a_call_finds_it_again() {
        for given in ["c1", "a b/c?#%", "\0", &"x".repeat(257)] {
            assert_eq!(call_id(given), call_id(given), "{given:?}");
        }
        assert_ne!(call_id(&"x".repeat(257)), call_id(&"x".repeat(258)));
        let made_up = Asked::default().call_id();
        assert_ne!(made_up, Asked::default().call_id());
    }
}
