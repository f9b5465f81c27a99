//! Measures the reading of addresses (accuracy by country on labelled lines, speed, memory, and how
//! long the tables take to be there) and their look-up in a street guide.
//!
//! `bench_address CORPUS.jsonl ... [--set OTHER.jsonl] [--msag GUIDE CASES.jsonl]`; called by `cargo
//! xtask bench address`. A row is `{"input","country","expected":{..},"split"}`, a case
//! `{"civic":{..},"exchange","expect":"V"}`; the first guide is the project's own. The last line is
//! `key=value` for machines.
#![expect(
    clippy::print_stdout,
    reason = "a measuring tool talks to people on standard output"
)]

mod memory;
mod msag;
mod speed;

use std::{collections::BTreeMap, env, error::Error, fs};

use location::{
    CivicAddress, Country, TypedAddress, interpret,
    score::{Score, score},
};

#[derive(serde::Deserialize)]
struct Row {
    input: TypedAddress,
    country: Country,
    expected: CivicAddress,
    #[serde(default = "yes")]
    split: bool,
}

const fn yes() -> bool {
    true
}

/// How many lines of one country were read right.
#[derive(Default)]
struct Tally {
    lines: u32,
    joined: u32,
    split: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = speed::Stopwatch::start();
    // Each table is asked for something.
    for line in [
        "1 Elm St, Tacoma, WA 98121",
        "1 Elm St, Ottawa ON K1A 0B1",
        "1 Elm St, London SW1A 1AA",
        "Vestergade 1, 1456 København K",
    ] {
        let _ = interpret(&TypedAddress::from(line), None);
    }
    let loading = start.spent();

    let mut machine = Vec::new();
    let mut lines = Vec::new();
    let mut set = "own";
    println!(
        "{:<6} {:<8} {:>6} {:>8} {:>8}",
        "set", "country", "lines", "joined", "split"
    );
    let mut guides = Vec::new();
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--set" {
            set = "other";
            continue;
        }
        if argument == "--msag" {
            let cases = arguments.next().zip(arguments.next());
            guides.push(cases.ok_or("--msag needs a guide and its cases")?);
            continue;
        }
        let rows = rows(&argument)?;
        for (country, tally) in tallies(&rows) {
            let (joined, split) = (share(tally.joined, &tally), share(tally.split, &tally));
            println!(
                "{set:<6} {country:<8} {:>6} {joined:>8.4} {split:>8.4}",
                tally.lines
            );
            let country = country.as_str().to_lowercase();
            machine.push(format!("{set}_{country}_lines={}", tally.lines));
            machine.push(format!("{set}_{country}_joined={joined:.4}"));
            machine.push(format!("{set}_{country}_split={split:.4}"));
        }
        lines.extend(rows.into_iter().map(|row| (row.input, row.country)));
    }

    let measured = speed::measure(&lines);
    println!();
    println!(
        "lines a second, one core        {:>10.0}",
        measured.lines_a_second
    );
    println!(
        "floor: tokens in lower case     {:>10.0}",
        measured.floor_a_second
    );
    println!("times the floor's time          {:>10.1}", measured.ratio());
    println!(
        "longest of single lines, µs     {:>10}",
        measured.longest.as_micros()
    );
    println!(
        "first line of each, tables, ms  {:>10.1}",
        loading.as_secs_f64() * 1e3
    );
    machine.push(format!("lines_per_s={:.0}", measured.lines_a_second));
    machine.push(format!("floor_lines_per_s={:.0}", measured.floor_a_second));
    machine.push(format!("floor_ratio={:.2}", measured.ratio()));
    machine.push(format!("load_ms={:.1}", loading.as_secs_f64() * 1e3));
    if let Some(kib) = memory::peak_kib() {
        println!(
            "peak memory of the process, MB  {:>10.1}",
            f64::from(kib) / 1024.0
        );
        machine.push(format!("peak_mb={:.1}", f64::from(kib) / 1024.0));
    }
    guides_measured(&guides, &mut machine)?;
    println!("{}", machine.join(" "));
    Ok(())
}

/// The letters of each guide's cases, and how a guide of a million ranges does.
fn guides_measured(
    guides: &[(String, String)],
    machine: &mut Vec<String>,
) -> Result<(), Box<dyn Error>> {
    println!();
    println!("{:<6} {:>6} {:>8}", "guide", "cases", "letters");
    for (index, (guide, cases)) in guides.iter().enumerate() {
        let set = if index == 0 { "own" } else { "other" };
        let (right, all) = msag::letters(guide, cases)?;
        let share = f64::from(right) / f64::from(all.max(1));
        println!("{set:<6} {all:>6} {share:>8.4}");
        machine.push(format!(
            "msag_{set}_cases={all} msag_{set}_letters={share:.4}"
        ));
    }
    let large = msag::large()?;
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let megabytes = large.size as f64 / 1e6;
    println!();
    println!("ranges of the large guide       {:>10}", large.ranges);
    println!("its memory, MB                  {megabytes:>10.1}");
    println!(
        "its reading, s                  {:>10.1}",
        large.read_seconds
    );
    println!("a look-up, µs                   {:>10.2}", large.look_up);
    println!("with suggestions, µs            {:>10.2}", large.check);
    println!("floor: get from a HashMap, µs   {:>10.2}", large.floor);
    let ratio = large.look_up / large.floor;
    println!("times the floor's time          {ratio:>10.1}");
    machine.push(format!(
        "msag_ranges={} msag_mb={megabytes:.1} msag_us={:.2} msag_floor_ratio={ratio:.1}",
        large.ranges, large.look_up
    ));
    Ok(())
}

fn rows(path: &str) -> Result<Vec<Row>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let row = serde_json::from_str(line);
        rows.push(row.map_err(|error| format!("{path}:{}: {error}", index + 1))?);
    }
    Ok(rows)
}

fn tallies(rows: &[Row]) -> BTreeMap<Country, Tally> {
    let mut tallies: BTreeMap<Country, Tally> = BTreeMap::new();
    for row in rows {
        let read = interpret(&row.input, Some(row.country)).fields;
        let Score { joined, split } = score(&row.expected, &read, row.country, row.split);
        let tally = tallies.entry(row.country).or_default();
        tally.lines += 1;
        tally.joined += u32::from(joined);
        tally.split += u32::from(split);
    }
    tallies
}

fn share(right: u32, tally: &Tally) -> f64 {
    f64::from(right) / f64::from(tally.lines.max(1))
}
