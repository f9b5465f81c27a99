//! Look-ups of all kinds in a small street guide, written for this purpose, with the letter that an
//! operator of a 911 database would give.

use std::{fs, path::Path};

use location::{
    CivicAddress,
    msag::{GuideFile, Layout, Outcome, Question, StreetGuide},
};

#[derive(serde::Deserialize)]
struct Case {
    id: String,
    kind: String,
    civic: CivicAddress,
    #[serde(default)]
    exchange: Option<String>,
    expect: Outcome,
    /// The emergency service number; absent where there is none to say.
    esn: Option<String>,
}

fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/msag");
    fs::read_to_string(folder.join(name)).expect("the corpus lies beside the crate")
}

fn guide() -> StreetGuide {
    let text = file("guide.csv");
    let read = GuideFile::read(text.as_bytes(), &Layout::auto(), |problem| {
        panic!("{problem}");
    });
    read.expect("it is in memory").guide
}

fn cases() -> Vec<Case> {
    let lines = file("cases.jsonl");
    let rows = lines.lines().map(serde_json::from_str);
    rows.collect::<Result<_, _>>()
        .expect("a case is as described")
}

#[test]
fn each_case_has_its_letter_and_its_esn() {
    let guide = guide();
    let cases = cases();
    assert!(cases.len() >= 300);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let checked = guide.check(&Question {
                address: &case.civic,
                exchange: case.exchange.as_deref(),
            });
            let right = checked.outcome == case.expect && checked.esn == case.esn;
            (!right).then(|| {
                let Case { id, kind, .. } = case;
                let (outcome, esn) = (checked.outcome, checked.esn);
                format!(
                    "{id} ({kind}): {outcome:?} {esn:?}, not {:?} {:?}",
                    case.expect, case.esn
                )
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_suggestion_leads_to_v() {
    let guide = guide();
    let mut suggestions = 0;
    for case in cases() {
        let exchange = case.exchange.as_deref();
        let address = &case.civic;
        for suggestion in guide.check(&Question { address, exchange }).suggestions {
            let address = &suggestion.address;
            let outcome = guide.outcome(&Question { address, exchange });
            assert_eq!(outcome, Outcome::V, "{} ({})", case.id, case.kind);
            suggestions += 1;
        }
    }
    assert!(suggestions >= 150, "{suggestions} suggestions");
}
