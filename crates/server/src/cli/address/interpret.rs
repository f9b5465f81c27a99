use location::{
    Candidate, CivicAddress, Problem, ProblemCode, TypedAddress, UnsupportedCountry, interpret,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lines::Answer;

/// An address as somebody wrote it.
#[derive(Debug, Deserialize)]
pub(super) struct Written {
    /// Given back as it came.
    #[serde(default)]
    id: Value,
    input: TypedAddress,
    #[serde(default)]
    country: Option<String>,
}

/// What was understood of it.
#[derive(Debug, Serialize)]
pub(super) struct Understood {
    id: Value,
    fields: CivicAddress,
    problems: Vec<Problem>,
    notes: Vec<String>,
    candidates: Vec<Candidate>,
}

impl Answer for Understood {
    fn refused(id: Value, reason: String) -> Self {
        Self::not_read(id, ProblemCode::NotAnAddress, reason)
    }
}

impl Understood {
    fn not_read(id: Value, code: ProblemCode, text: String) -> Self {
        Self {
            id,
            fields: CivicAddress::new(),
            problems: vec![Problem {
                code,
                field: None,
                text,
            }],
            notes: Vec::new(),
            candidates: Vec::new(),
        }
    }
}

pub(super) fn one(written: Written) -> Understood {
    let country = match written.country.as_deref().map(str::parse).transpose() {
        Ok(country) => country,
        Err(UnsupportedCountry) => {
            return Understood::not_read(
                written.id,
                ProblemCode::UnsupportedCountry,
                "Addresses in this country are not supported yet; use CA, DK, GB, PR or US."
                    .to_owned(),
            );
        }
    };
    let read = interpret(&written.input, country);
    Understood {
        id: written.id,
        fields: read.fields,
        problems: read.problems,
        notes: read.notes,
        candidates: read.candidates,
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::{super::lines::transform, *};

    #[test]
    fn answers_with_its_five_keys_and_nothing_else() {
        let lines = [
            r#"{"id":"a","input":"2121 7th Ave Fl 5, Seattle WA 98121","country":"US"}"#,
            r#"{"id":"b","input":"7th Ave","expected":{"RD":"7th"}}"#,
            r#"{"id":"c","input":"Storgatan 1","country":"SE"}"#,
            r#"{"id":"d","input":7}"#,
        ];
        let text = lines.join("\n");
        let mut output = Vec::new();
        let refused = transform(BufReader::new(text.as_bytes()), &mut output, one);
        assert_eq!(refused.unwrap(), 1);
        insta::assert_snapshot!(String::from_utf8(output).unwrap());
    }
}
