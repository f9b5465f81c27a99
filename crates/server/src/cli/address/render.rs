use location::{
    CivicAddress,
    render::{Cut, Profile},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lines::Answer;

/// An address by its elements.
#[derive(Debug, Deserialize)]
pub(super) struct Civic {
    /// Given back as it came.
    #[serde(default)]
    id: Value,
    civic: CivicAddress,
}

/// The address as the profile has it.
#[derive(Debug, Serialize)]
pub(super) struct Rendered {
    id: Value,
    text: String,
    notes: Vec<String>,
}

impl Answer for Rendered {
    fn refused(id: Value, reason: String) -> Self {
        Self {
            id,
            text: String::new(),
            notes: vec![reason],
        }
    }
}

pub(super) fn one(profile: Profile, asked: Civic) -> Rendered {
    let rendering = profile.render(&asked.civic);
    Rendered {
        id: asked.id,
        text: rendering.text,
        notes: rendering.cut.iter().map(note).collect(),
    }
}

fn note(cut: &Cut) -> String {
    if cut.to.is_empty() {
        format!("{} \"{}\" is left out: {}", cut.field, cut.from, cut.why)
    } else {
        format!(
            "{} \"{}\" becomes \"{}\": {}",
            cut.field, cut.from, cut.to, cut.why
        )
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::{super::lines::transform, *};

    #[test]
    fn every_line_is_answered_in_order_whatever_it_holds() {
        let long = format!("{{\"id\":6,\"civic\":\"{}\"}}", "x".repeat(2 << 20));
        let lines = [
            "\u{feff}{\"id\":1,\"civic\":{\"HNO\":\"2121\",\"RD\":\"7th\",\"STS\":\"Ave\"}}",
            "{\"id\":{\"a\":[1]},\"civic\":{\"HNO\":\"1\",\"RD\":\"Pine\"},\"more\":true}\r",
            "",
            "{\"id\":\"three\",\"civic\":{\"STREET\":\"Pine\"}}",
            "{\"id\":4,\"civic\":{\"RD\":\"Pi\\u0000ne\"}}",
            "{\"id\":5}",
            &long,
            "[1]",
            "{\"id\":7,",
            "\u{0}",
            "{\"civic\":{}}",
        ];
        let text = lines.join("\n");
        let mut output = Vec::new();
        let refused = transform(BufReader::new(text.as_bytes()), &mut output, |asked| {
            one(Profile::OneLine, asked)
        });
        assert_eq!(refused.unwrap(), 7);
        insta::assert_snapshot!(String::from_utf8(output).unwrap());
    }
}
