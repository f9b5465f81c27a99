//! The event of Amazon Connect.

use emergency::{Dialled, Recognised};
use serde_json::{Map, Value};

use super::{
    Asked, NotAsked,
    asked::mentioned,
    text::{members, plain},
};
use crate::http::Head;

/// The word that numbers of the pool have for this platform.
const PLATFORM: &str = "amazon_connect";
/// What flows call the parameter with the agent's username, best first; case, `_` and `-` do not
/// matter.
const USERNAME: [&str; 5] = ["agentusername", "username", "agent", "agentname", "user"];
/// What flows call the parameter with the number dialled.
const DIALLED: [&str; 5] = [
    "dialled",
    "dialed",
    "dialednumber",
    "diallednumber",
    "number",
];
/// What flows call the parameter with the contact's identifier.
const CONTACT: [&str; 3] = ["contactid", "callid", "initialcontactid"];

/// Reads the event that Amazon Connect hands to a Lambda.
///
/// Only what is needed is looked at, so nothing else can be of a wrong type: `SystemEndpoint` and
/// `Queue` may be null or text, parameters need not be texts, and names may be in any casing. In
/// an outbound whisper the number dialled is the customer's endpoint; the username is in no event
/// and comes as a parameter (`$.Agent.UserName`).
///
/// # Errors
/// See [`NotAsked`].
pub fn read(head: &Head) -> Result<Asked, NotAsked> {
    let bytes = plain(&head.bytes);
    let Ok(Value::Object(event)) = serde_json::from_slice(&bytes) else {
        let asked = salvaged(&String::from_utf8_lossy(&bytes));
        return asked
            .map_or_else(|| Asked::read(head), Ok)
            .map(|asked| Asked {
                platform: Some(PLATFORM.to_owned()),
                ..asked
            });
    };
    let empty = Map::new();
    let details = object(&event, "details").unwrap_or(&event);
    let contact = object(details, "contactdata").unwrap_or(&empty);
    let parameters = object(details, "parameters").unwrap_or(&empty);
    let attributes = object(contact, "attributes").unwrap_or(&empty);
    let endpoint = object(contact, "customerendpoint").unwrap_or(&empty);

    let dialled: Vec<String> = first(parameters, &DIALLED)
        .into_iter()
        .chain(first(endpoint, &["address"]))
        .collect();
    Ok(Asked {
        call_id: first(contact, &CONTACT).or_else(|| first(parameters, &CONTACT)),
        agent: first(parameters, &USERNAME).or_else(|| first(attributes, &USERNAME)),
        platform: Some(PLATFORM.to_owned()),
        dialled: dialled.into_iter().min_by_key(|number| doubt(number)),
    })
}

/// When the flow and the endpoint disagree, an emergency number counts before an ordinary number,
/// and both before what is neither, such as a parameter that the flow did not fill in.
fn doubt(dialled: &str) -> u8 {
    match Dialled::recognise(dialled) {
        Recognised::Emergency { known: Some(_), .. } => 0,
        Recognised::Ordinary => 1,
        Recognised::Emergency { known: None, .. } => 2,
    }
}

fn object<'a>(within: &'a Map<String, Value>, name: &str) -> Option<&'a Map<String, Value>> {
    within
        .iter()
        .find(|(key, _)| folded(key) == name)
        .and_then(|(_, value)| value.as_object())
}

fn first(within: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        within
            .iter()
            .filter(|(key, _)| folded(key) == *name)
            .find_map(|(_, value)| scalar(value))
            .filter(|text| is_filled_in(text))
    })
}

/// A scalar as text; blank counts as absent.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
    .filter(|text| !text.is_empty())
}

/// Whether a flow put a value in the place of a reference such as `$.Agent.UserName`.
fn is_filled_in(text: &str) -> bool {
    !text.starts_with("$.")
}

/// What stands in an event that is nearly JSON. `None` when nothing in it has one of the names above.
fn salvaged(text: &str) -> Option<Asked> {
    let members: Vec<(String, Option<String>)> = members(text)
        .into_iter()
        .map(|(name, value)| (folded(name), value.filter(|value| is_filled_in(value))))
        .collect();
    let named = |names: &[&str]| {
        let mut found = names.iter().flat_map(|wanted| {
            let of_name = members.iter().filter(move |(name, _)| name == wanted);
            of_name.filter_map(|(_, value)| value.clone())
        });
        found.next()
    };
    let endpoint = members
        .iter()
        .skip_while(|(name, _)| name != "customerendpoint")
        .find(|(name, value)| name == "address" && value.is_some())
        .and_then(|(_, value)| value.clone());
    let asked = Asked {
        call_id: named(&CONTACT),
        agent: named(&USERNAME),
        dialled: named(&DIALLED)
            .into_iter()
            .chain(endpoint)
            .min_by_key(|number| doubt(number)),
        platform: None,
    };
    // Without a number in one of these places any in the text counts.
    let dialled = asked.dialled.clone().or_else(|| mentioned(text)?.dialled);
    (asked.call_id.is_some() || asked.agent.is_some() || asked.dialled.is_some())
        .then_some(Asked { dialled, ..asked })
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::Whole;

    fn read_event(event: &Value) -> String {
        read_text(&event.to_string())
    }

    fn read_text(event: &str) -> String {
        let head = Head {
            bytes: event.as_bytes().to_vec(),
            whole: Whole::Yes,
        };
        let asked = read(&head).unwrap();
        [asked.call_id, asked.agent, asked.dialled]
            .map(|field| field.unwrap_or_else(|| "-".to_owned()))
            .join(" ")
    }

    #[test]
    fn reads_the_event_as_connect_sends_it() {
        let event = json!({
            "Name": "ContactFlowEvent",
            "Details": {
                "ContactData": {
                    "Attributes": {}, "Channel": "VOICE", "ContactId": "c-1",
                    "CustomerEndpoint": {"Address": "+1911", "Type": "TELEPHONE_NUMBER"},
                    "InitialContactId": "c-0", "InitiationMethod": "OUTBOUND",
                    "InstanceARN": "arn", "PreviousContactId": "c-0",
                    "Queue": "QueueName", "SystemEndpoint": null,
                },
                "Parameters": {"agentUsername": "maria.chen", "attempt": 2, "more": {"a": []}},
            },
        });
        assert_eq!(read_event(&event), "c-1 maria.chen +1911");
    }

    #[test]
    fn nothing_that_is_missing_or_misnamed_stops_it() {
        let table = [
            (json!({}), "- - -"),
            (json!({"Details": null}), "- - -"),
            (
                json!({"Details": {"ContactData": [], "Parameters": "x"}}),
                "- - -",
            ),
            (
                json!({"Details": {"Parameters": {"Agent_UserName": "a", "DIALED": 911}}}),
                "- a 911",
            ),
            (
                json!({"Details": {"ContactData": {"contactId": "c", "Attributes": {"username": "b"},
                    "CustomerEndpoint": {"Address": "933"}}, "Parameters": {"agentUsername": ""}}}),
                "c b 933",
            ),
            // A parameter that the flow did not fill in does not hide the number.
            (
                json!({"Details": {"Parameters": {"dialled": "$.CustomerEndpoint.Address"},
                    "ContactData": {"CustomerEndpoint": {"Address": "911"}}}}),
                "- - 911",
            ),
            (
                json!({"Details": {"Parameters": {"dialled": "$.CustomerEndpoint.Address"},
                    "ContactData": {"CustomerEndpoint": {"Address": "+12065550123"}}}}),
                "- - +12065550123",
            ),
        ];
        for (event, expected) in table {
            assert_eq!(read_event(&event), expected, "{event}");
        }
    }

    #[test]
    fn an_event_that_is_nearly_json_is_read_by_its_names() {
        let event = r#"{"Name":"ContactFlowEvent","Details":{"ContactData":{"ContactId":"c-1","CustomerEndpoint":{"Address":"+1911","Type":"TELEPHONE_NUMBER"},"SystemEndpoint":{"Address":"+12065550101"}},"Parameters":{"agentUsername":"maria.chen"}}}"#;
        assert_eq!(read_text(event), "c-1 maria.chen +1911");
        assert_eq!(
            read_text(&format!("\u{feff}{event}")),
            "c-1 maria.chen +1911"
        );
        let stray = event.replace("}}}", "},}}");
        assert_eq!(read_text(&stray), "c-1 maria.chen +1911");
        let cut = &event[..event.len() - 3];
        assert_eq!(read_text(cut), "c-1 maria.chen +1911");
        let cut = &event[..event.len() - 6];
        assert_eq!(read_text(cut), "c-1 - +1911", "half a name is nobody's");
        let unfilled = r#"{"Details":{"Parameters":{"agentUsername":"$.Agent.UserName","agent":"devon.walsh"},"ContactData":{"CustomerEndpoint":{"Address":"911"}}}}"#;
        assert_eq!(read_text(unfilled), "- devon.walsh 911");
        assert_eq!(
            read_text(&unfilled.replace("}}}}", "}}},}")),
            "- devon.walsh 911"
        );
    }
}
