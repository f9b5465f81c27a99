//! What a LoST server reports, in words for people.

use location::CivicKey;

use super::answer::Named;

/// The longest part of a server's own message that is shown, in characters.
const MESSAGE_LIMIT: usize = 200;

/// Why there is no answer, as a sentence.
pub(super) fn error(error: &Named) -> String {
    if let Some(key) = absent(error) {
        return format!(
            "The location server checks no address without {}, and this one has none.",
            meaning(key)
        );
    }
    let reason = match error.name.as_str() {
        "badRequest" => "it could not read the request",
        "forbidden" => "it does not answer us; its operator has to allow it",
        "internalError" | "serverError" => "it has a fault",
        "locationInvalid" => "it could not read the address",
        "locationProfileUnrecognized" => "it knows no civic addresses",
        "loop" => "the servers it asks send each other in circles",
        "notFound" => "it does not know this area",
        "serverTimeout" => "a server that it asks did not answer",
        "serviceNotImplemented" => "it knows no emergency services",
        "SRSInvalid" => "it could not read the position",
        _ => "it reports something that is not known here",
    };
    format!(
        "The location server did not check the address: {reason} ({}).{}",
        shown(&error.name),
        quoted(&error.message)
    )
}

/// A warning that came with an answer, as a sentence.
pub(super) fn warning(warning: &Named) -> String {
    match warning.name.as_str() {
        "defaultMappingReturned" => {
            "The location server knows no 911 centre for just this address and named the usual one."
                .to_owned()
        }
        "serviceSubstitution" => {
            "The location server answered for another service than the emergency number.".to_owned()
        }
        name => format!(
            "The location server warns: {}.{}",
            shown(name),
            quoted(&warning.message)
        ),
    }
}

/// `Required element ca:A2 is absent` and the like: which one.
fn absent(error: &Named) -> Option<CivicKey> {
    if error.name != "locationInvalid" || !error.message.ends_with("is absent") {
        return None;
    }
    let mut words = error.message.split_whitespace();
    words.find_map(|word| word.split_once(':')?.1.parse().ok())
}

fn meaning(key: CivicKey) -> String {
    const WORDS: [(CivicKey, &str); 6] = [
        (CivicKey::A1, "the state (A1)"),
        (CivicKey::A2, "the county (A2)"),
        (CivicKey::A3, "the city (A3)"),
        (CivicKey::Country, "the country"),
        (CivicKey::Hno, "the house number (HNO)"),
        (CivicKey::Rd, "the street (RD)"),
    ];
    let known = WORDS.iter().find(|(word, _)| *word == key);
    known.map_or_else(
        || format!("the element {key}"),
        |(_, words)| (*words).to_owned(),
    )
}

fn quoted(message: &str) -> String {
    if message.is_empty() {
        String::new()
    } else {
        format!(" It says: \"{}\"", shown(message))
    }
}

/// What somebody else wrote, short and without controls.
fn shown(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control());
    kept.take(MESSAGE_LIMIT).collect()
}
