//! Reading the smaller bodies of telephony platforms, as leniently as [`super::Asked`].

use emergency::E164;
use serde_json::Value;

use super::{
    NotAsked,
    asked::{field, scalar},
};
use crate::http::{Head, Whole};

/// The call that a body names: `{"call_id"}`, or the same in a damaged body.
///
/// # Errors
/// When it names none.
pub fn named_call(head: &Head) -> Result<String, NotAsked> {
    member(head, "call_id").ok_or_else(|| NotAsked::of(head))
}

/// A callback that arrives, as far as it can be read.
#[derive(Clone, Eq, PartialEq)]
pub struct CallingBack {
    /// The platform's name for it.
    pub call_id: Option<String>,
    /// The number that is called, in any form.
    pub number: String,
}

impl CallingBack {
    /// Reads what arrived of a body.
    ///
    /// # Errors
    /// When it names no number.
    pub fn read(head: &Head) -> Result<Self, NotAsked> {
        Ok(Self {
            call_id: member(head, "call_id"),
            number: member(head, "number").ok_or_else(|| NotAsked::of(head))?,
        })
    }
}

/// A telephone number as platforms write it: E.164, with or without its plus, as a URI, or ten digits
/// of North America.
#[must_use]
pub fn e164(text: &str) -> Option<E164> {
    let text = text.trim();
    let number = ["sips:", "sip:", "tel:"]
        .iter()
        .find_map(|scheme| {
            let (head, rest) = text.split_at_checked(scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then_some(rest)
        })
        .unwrap_or(text);
    let number = number.split(['@', ';', '?']).next()?;
    number.parse().ok().or_else(|| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let others = number
            .chars()
            .any(|c| !(c.is_ascii_digit() || " .-()/".contains(c)));
        match digits.len() {
            _ if others => None,
            10 => format!("+1{digits}").parse().ok(),
            11..=15 => format!("+{digits}").parse().ok(),
            _ => None,
        }
    })
}

fn member(head: &Head, name: &str) -> Option<String> {
    if head.whole == Whole::Yes
        && let Ok(Value::Object(members)) = serde_json::from_slice(&head.bytes)
    {
        return members.get(name).and_then(scalar);
    }
    field(&String::from_utf8_lossy(&head.bytes), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_any_form_is_one_number() {
        for text in [
            "+12065550123",
            "12065550123",
            "2065550123",
            "(206) 555-0123",
            "tel:+1-206-555-0123",
            "sip:+12065550123@pbx.example.com;user=phone",
        ] {
            assert_eq!(
                e164(text).map(|number| number.to_string()).as_deref(),
                Some("+12065550123"),
                "{text}"
            );
        }
        for text in [
            "",
            "anonymous",
            "911",
            "sip:maria@example.com",
            "206555012x",
            "\0",
        ] {
            assert_eq!(e164(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_call_is_named_even_in_a_damaged_body() {
        let named = |body: &str| {
            named_call(&Head {
                bytes: body.as_bytes().to_vec(),
                whole: Whole::Yes,
            })
        };
        assert_eq!(named(r#"{"call_id":"c1"}"#).as_deref(), Ok("c1"));
        assert_eq!(named(r#"{"call_id":7,"x":{}}"#).as_deref(), Ok("7"));
        assert_eq!(named(r#"{"call_id":"c1",}"#).as_deref(), Ok("c1"));
        for bad in ["", "{}", "[]", r#"{"call_id":{}}"#, "c1"] {
            assert_eq!(named(bad), Err(NotAsked::Unreadable), "{bad:?}");
        }
    }
}
