use emergency::notification::{Language, Particulars, Phrases};
use location::CivicAddress;
use serde::Serialize;

use super::particulars::particulars;
use crate::store::Notice;

/// What a web hook gets, as JSON: the three slots in words, and what a machine needs beside.
#[derive(Serialize)]
pub struct HookBody<'a> {
    /// The notice, the same at every try.
    pub id: &'a str,
    /// `emergency_call`, `test_call` or `drill`.
    pub event: &'static str,
    /// The platform's name for the call.
    pub call_id: String,
    /// The three slots; an empty one reads "not available".
    #[serde(flatten)]
    pub particulars: Particulars,
    /// How far the call was passed on: 0 at once, more because nobody said that they are handling it.
    pub tier: u32,
    /// The address as it was sent, by the keys of RFC 5139; null when none was.
    pub civic_address: Option<&'a CivicAddress>,
}

impl<'a> HookBody<'a> {
    /// What is said of a notice. In English: what reads it is a program.
    #[must_use]
    pub fn of(notice: &'a Notice) -> Self {
        let call = &notice.call;
        Self {
            id: notice.id.as_str(),
            event: if call.drill.is_some() {
                "drill"
            } else if call.test {
                "test_call"
            } else {
                "emergency_call"
            },
            call_id: call.named_key().call_id.to_string(),
            particulars: particulars(notice, Phrases::of(Language::En)),
            tier: notice.tier,
            civic_address: call.location.civic_address.as_ref(),
        }
    }
}
