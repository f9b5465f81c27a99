//! Lines of all kinds, written for this purpose, with what a postal worker would read in them.

use std::{collections::BTreeMap, fs, path::Path};

use location::{CivicAddress, CivicKey, Country, TypedAddress, interpret, score::score};

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    input: TypedAddress,
    country: Country,
    expected: CivicAddress,
    kind: String,
    split: bool,
}

/// Where the rows are, and the share of them that must be read wholly right.
const CORPORA: [(&str, f64); 2] = [("dk", 0.98), ("gb", 0.98)];

#[test]
fn lines_of_every_kind_are_read_right() {
    for (name, share) in CORPORA {
        let rows = rows(name);
        let wrong: Vec<String> = rows.iter().filter_map(differences).collect();
        let right = rows.len() - wrong.len();
        #[expect(clippy::cast_precision_loss, reason = "there are hundreds of rows")]
        let reached = right as f64 / rows.len() as f64;
        assert!(
            reached >= share,
            "{name}: {right} of {} lines are read right, not {share}:\n{}",
            rows.len(),
            wrong.join("\n")
        );
    }
}

/// As [`CORPORA`], with the share that must be equal by the scoring of [`score`], in which an
/// abbreviation makes no difference.
const SCORED: [(&str, f64); 3] = [("ca", 0.98), ("pr", 0.97), ("us", 0.985)];

#[test]
fn american_lines_of_every_kind_are_read_right() {
    for (name, share) in SCORED {
        let rows = rows(name);
        let wrong: Vec<String> = rows
            .iter()
            .filter(|row| {
                let read = interpret(&row.input, Some(row.country)).fields;
                !score(&row.expected, &read, row.country, row.split).split
            })
            .filter_map(differences)
            .collect();
        let right = rows.len() - wrong.len();
        #[expect(clippy::cast_precision_loss, reason = "there are hundreds of rows")]
        let reached = right as f64 / rows.len() as f64;
        assert!(
            reached >= share,
            "{name}: {right} of {} lines are read right, not {share}:\n{}",
            rows.len(),
            wrong.join("\n")
        );
    }
}

/// The rows of one country.
fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/corpus/addresses")
        .join(format!("{name}.jsonl"));
    let text = fs::read_to_string(path).expect("the corpus lies beside the crate");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a row is as described"))
        .collect()
}

/// A country that is detected is the one that the row names.
#[test]
fn a_line_with_a_postal_code_tells_its_country() {
    for (name, _) in CORPORA.into_iter().chain(SCORED) {
        let mut rows = rows(name);
        rows.retain(|row| row.expected.get(CivicKey::Pc).is_some());
        let told = rows
            .iter()
            .filter(|row| location::detect_country(&row.input) == Some(row.country))
            .count();
        assert!(
            told * 20 >= rows.len() * 19,
            "{name}: {told} of {}",
            rows.len()
        );
    }
}

/// What was read otherwise, where anything was. Case and full stops do not count.
fn differences(row: &Row) -> Option<String> {
    let read = interpret(&row.input, Some(row.country)).fields;
    let plain = |address: &CivicAddress| -> BTreeMap<CivicKey, String> {
        address
            .iter()
            .filter(|(key, _)| *key != CivicKey::Country)
            .map(|(key, value)| (key, value.replace('.', "").to_lowercase()))
            .collect()
    };
    let (read, expected) = (plain(&read), plain(&row.expected));
    (read != expected).then(|| {
        format!(
            "{} ({}): {:?}\n  read {read:?}\n  not  {expected:?}",
            row.id,
            row.kind,
            row.input.as_str()
        )
    })
}
