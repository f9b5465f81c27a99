//! Reads JSON Lines `{"id","input","country"}` and writes `{"id","fields"}`, to be scored.

use std::io::{self, BufRead, Write};

use location::{Country, TypedAddress, interpret};

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    input: String,
    country: Option<Country>,
}

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let row: Row = serde_json::from_str(&line?)?;
        let read = interpret(&TypedAddress::new(row.input), row.country);
        let answer = serde_json::json!({
            "id": row.id,
            "fields": read.fields,
            "problems": read.problems,
            "notes": read.notes,
            "candidates": read.candidates,
        });
        writeln!(out, "{answer}")?;
    }
    out.flush()
}
