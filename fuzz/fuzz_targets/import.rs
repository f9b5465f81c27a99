//! Any bytes at all are read as every file that administrators import, without a panic; good rows and
//! problems stand in the order of the file, and a floor plan that is taken is taken again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::import::{
    Organisation, Parsed, Problem, agents, contacts, numbers, plan, plan_file, seats, sites,
};

fuzz_target!(|bytes: &[u8]| {
    for organisation in [Organisation::Real, Organisation::Sample] {
        look(&agents(bytes, organisation));
        look(&numbers(bytes, organisation));
        let sites = sites(bytes, organisation);
        look(&sites);
        let name = String::from_utf8_lossy(bytes);
        let _ = plan_file(&name, sites.rows.iter().map(|(_, record)| &record.site.id));
    }
    look(&seats(bytes));
    look(&contacts(bytes));
    if let Ok(taken) = plan(bytes) {
        assert_eq!(plan(taken.as_bytes()), Ok(taken.clone()));
    }
});

fn look<R>(parsed: &Parsed<R>) {
    let lines: Vec<u64> = parsed.rows.iter().map(|(line, _)| *line).collect();
    assert!(lines.is_sorted_by(|one, next| one < next));
    assert!(parsed.problems.is_sorted_by_key(|problem| problem.line));
    // Somebody who cannot be told is left out of a row that is good otherwise.
    let left_out = |problem: &Problem| {
        matches!(
            problem.column.as_deref(),
            Some("email" | "emergency_contacts" | "webhook")
        )
    };
    let spoilt = |problem: &Problem| {
        problem
            .line
            .is_some_and(|line| lines.binary_search(&line).is_ok())
            && !left_out(problem)
    };
    assert!(
        !parsed.problems.iter().any(spoilt),
        "a bad row is no good one"
    );
}
