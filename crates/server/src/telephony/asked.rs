use emergency::{CallId, Dialled, Recognised};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::{
    hex::hex,
    http::{Head, Whole},
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
        if head.whole == Whole::Yes
            && let Ok(Value::Object(fields)) = serde_json::from_slice(&head.bytes)
        {
            return Ok(Self::of(&fields));
        }
        let text = String::from_utf8_lossy(&head.bytes);
        form(&text)
            .or_else(|| salvaged(&text))
            .or_else(|| mentioned(&text))
            .ok_or_else(|| NotAsked::of(head))
    }

    fn of(fields: &Map<String, Value>) -> Self {
        let text = |name: &str| fields.get(name).and_then(scalar);
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

/// A platform's name for a call as it is kept here.
#[must_use]
pub fn call_id(given: &str) -> CallId {
    given.parse().unwrap_or_else(|_| {
        let digest = Sha256::digest(given.as_bytes());
        format!("sha256-{}", hex(&digest))
            .parse()
            .expect("a digest in hexadecimal is a name")
    })
}

/// A scalar as text; blank counts as absent.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
    .filter(|text| !text.is_empty())
}

/// `call_id=c1&agent=maria.chen&dialled=911`
fn form(text: &str) -> Option<Asked> {
    let mut asked = Asked::default();
    for pair in text.trim().split('&') {
        let (name, value) = pair.split_once('=')?;
        let value = percent_decoded(value);
        match name {
            "agent" => asked.agent = Some(value),
            "call_id" => asked.call_id = Some(value),
            "dialled" => asked.dialled = Some(value),
            _ if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {}
            _ => return None,
        }
    }
    asked.dialled.is_some().then_some(asked)
}

fn percent_decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit = || char::from(ahead.next()?).to_digit(16);
        let escaped = if byte == b'%' {
            digit()
                .zip(digit())
                .and_then(|(high, low)| u8::try_from(high * 16 + low).ok())
        } else {
            None
        };
        match (escaped, byte) {
            (Some(plain), _) => {
                bytes.push(plain);
                rest = ahead;
            }
            (None, b'+') => bytes.push(b' '),
            (None, other) => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

/// The fields as they stand in a text that is nearly JSON.
fn salvaged(text: &str) -> Option<Asked> {
    let asked = Asked {
        call_id: field(text, "call_id"),
        agent: field(text, "agent"),
        dialled: field(text, "dialled"),
        platform: None,
    };
    asked.dialled.is_some().then_some(asked)
}

pub(super) fn field(text: &str, name: &str) -> Option<String> {
    let (_, after) = [format!("\"{name}\""), format!("'{name}'")]
        .iter()
        .find_map(|quoted| text.split_once(quoted.as_str()))?;
    let value = after.trim_start().strip_prefix([':', '='])?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => unescaped(value[1..].split([quote, '\n']).next()?),
        _ => value.split([',', '}', ']', '\n']).next()?.to_owned(),
    };
    Some(value.trim().to_owned()).filter(|value| !value.is_empty() && value != "null")
}

/// What stands between the quotes of a JSON string; as it is where that is no JSON.
fn unescaped(inner: &str) -> String {
    serde_json::from_str(&format!("\"{inner}\"")).unwrap_or_else(|_| inner.to_owned())
}

/// Any emergency number or service in a text that is nothing we know.
fn mentioned(text: &str) -> Option<Asked> {
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
        let table: [(&[u8], &str); 22] = [
            (b"{\"call_id\":\"c1\",\"agent\":\"maria.chen\",\"dialled\":\"\\u002B1911\",}", "c1 maria.chen +1911"),
            (br#"{"call_id":"c1","agent":"maria.chen","dialled":"911"}"#, "c1 maria.chen 911"),
            (br#"{"call_id":7,"agent":null,"dialled":911,"new":[{}]}"#, "7 - 911"),
            (br#"{"call_id":{},"agent":["x"],"dialled":" 911 "}"#, "- - 911"),
            (b"{}", "- - -"),
            (br#"{"call_id":"c1","agent":"maria.chen","dialled":"911"#, "c1 maria.chen 911"),
            (br#"{"call_id":"c1","agent":"maria.chen","dialled":"911",}"#, "c1 maria.chen 911"),
            (b"{'call_id':'c1','agent':'maria.chen','dialled':'911'}", "c1 maria.chen 911"),
            (b"{\"agent\":\"ma\nria\",\"dialled\":911}", "- ma 911"),
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
        bytes.resize(crate::http::BODY_LIMIT, b'x');
        let whole = Whole::TooLarge;
        let asked = Asked::read(&Head { bytes, whole }).unwrap();
        assert_eq!(asked.agent.as_deref(), Some("maria.chen"));
        let bytes = vec![b'x'; crate::http::BODY_LIMIT];
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
