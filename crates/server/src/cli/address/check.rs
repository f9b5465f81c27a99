use std::collections::BTreeMap;

use location::{
    CivicAddress, CivicKey,
    msag::{Checked, Outcome, Question, StreetGuide, Suggestion},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lines::Answer;

/// An address to look up.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Given back as it came.
    #[serde(default)]
    id: Value,
    civic: CivicAddress,
    /// The telephone exchange, where it matters.
    #[serde(default)]
    exchange: Option<String>,
}

/// What the guide says of it.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    id: Value,
    outcome: Outcome,
    field: Option<CivicKey>,
    suggestions: Vec<Suggested>,
    esn: Option<String>,
    /// Why the line could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// An address that is valid.
#[derive(Debug, Serialize)]
struct Suggested {
    /// The whole address; an element that is to be removed is empty.
    fields: BTreeMap<CivicKey, String>,
    differs: Vec<CivicKey>,
    numbers: Option<String>,
    text: String,
}

impl From<Suggestion> for Suggested {
    fn from(suggestion: Suggestion) -> Self {
        let removed = suggestion.differs.iter().map(|key| (*key, String::new()));
        let present = suggestion.address.iter();
        Self {
            fields: removed
                .chain(present.map(|(key, value)| (key, value.to_owned())))
                .collect(),
            differs: suggestion.differs,
            numbers: suggestion.numbers,
            text: suggestion.text,
        }
    }
}

impl Answer for Found {
    fn refused(id: Value, reason: String) -> Self {
        Self {
            id,
            outcome: Outcome::I,
            field: None,
            suggestions: Vec::new(),
            esn: None,
            problem: Some(reason),
        }
    }
}

pub(super) fn one(guide: &StreetGuide, asked: Asked) -> Found {
    let Checked {
        outcome,
        field,
        suggestions,
        esn,
    } = guide.check(&Question {
        address: &asked.civic,
        exchange: asked.exchange.as_deref(),
    });
    Found {
        id: asked.id,
        outcome,
        field,
        suggestions: suggestions.into_iter().map(Suggested::from).collect(),
        esn,
        problem: None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use location::msag::{GuideFile, Layout};

    use super::{super::lines::transform, *};

    #[test]
    fn answers_with_what_the_contract_names() {
        let rows = "PRD,RD,STS,LOW,HIGH,OE,COMMUNITY,STATE,ESN,EXCHANGE\n\
            E,PINE,ST,200,298,E,SEATTLE,WA,00101,206441\n";
        let guide = GuideFile::read(rows.as_bytes(), &Layout::auto(), |_| ()).unwrap();
        let lines = [
            r#"{"id":1,"civic":{"A1":"WA","A3":"Seattle","PRD":"E","RD":"Pine","STS":"St","HNO":"204"}}"#,
            r#"{"id":2,"civic":{"A1":"WA","A3":"Seattle","PRD":"E","RD":"Pine","STS":"St","HNO":"205"}}"#,
            r#"{"id":3,"exchange":"206999","civic":{"A1":"WA","A3":"Seattle","PRD":"E","RD":"Pine","STS":"St","HNO":"204"}}"#,
            r#"{"id":4,"civic":{"STREET":"Pine"}}"#,
        ];
        let text = lines.join("\n");
        let mut output = Vec::new();
        let refused = transform(BufReader::new(text.as_bytes()), &mut output, |asked| {
            one(&guide.guide, asked)
        });
        assert_eq!(refused.unwrap(), 1);
        insta::assert_snapshot!(String::from_utf8(output).unwrap());
    }
}
