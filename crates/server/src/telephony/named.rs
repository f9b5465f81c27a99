//! Reading the smaller bodies of telephony platforms, as leniently as [`super::Asked`].

use std::{borrow::Cow, collections::HashMap};

use serde_json::value::RawValue;

use super::{
    NotAsked,
    asked::scalar,
    text::{self, plain},
};
use crate::http::Head;

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

fn member(head: &Head, name: &str) -> Option<String> {
    let bytes = plain(&head.bytes);
    if let Ok(members) = serde_json::from_slice::<HashMap<Cow<'_, str>, &RawValue>>(&bytes) {
        return members.get(name).and_then(|value| scalar(value));
    }
    text::member(&String::from_utf8_lossy(&bytes), name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Whole;

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
