//! `cargo xtask test`: every suite in turn, with live output and time, and one count at the end.

mod counts;
mod suites;

use std::{process::ExitCode, time::Duration};

use anyhow::{Result, bail};

use crate::{
    machine, npm,
    setup::{self, Need},
    workspace::Workspace,
};

use self::{
    counts::Counts,
    suites::{SUITES, Setting, Step, Suite},
};

/// What `cargo xtask test` is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only these suites, by name.
    suites: Vec<String>,
    /// Name the suites and stop.
    #[arg(long)]
    list: bool,
}

/// One line of the table at the end.
struct Row {
    name: &'static str,
    counts: Counts,
    took: Duration,
    remarks: Vec<String>,
}

/// Runs what was asked for. The exit is a failure as soon as one test failed or one suite could not run.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let chosen = choose(workspace, &options.suites)?;
    if options.list {
        for suite in chosen {
            println!("{:<12} {}", suite.name, suite.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    npm::install(workspace)?;
    let setting = Setting {
        workspace,
        has: available(&chosen),
    };
    let rows: Vec<Row> = chosen
        .into_iter()
        .map(|suite| run_suite(&setting, suite))
        .collect();
    let mut total = Counts::default();
    println!();
    for row in &rows {
        println!(
            "{:<12} {:<40} {:>8}",
            row.name,
            row.counts.line(),
            shown(row.took)
        );
        for remark in &row.remarks {
            println!("             {remark}");
        }
        total += row.counts;
    }
    println!("{}", total.line());
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn choose(workspace: &Workspace, names: &[String]) -> Result<Vec<&'static Suite>> {
    for name in names {
        if !SUITES.iter().any(|suite| suite.name == name) {
            let known: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
            bail!(
                "there is no suite `{name}`; there are: {}",
                known.join(", ")
            );
        }
    }
    let wanted = |suite: &&Suite| {
        workspace.has(suite.lives_in)
            && (names.is_empty() || names.iter().any(|name| name == suite.name))
    };
    Ok(SUITES.iter().filter(wanted).collect())
}

/// What the system has; what it lacks for these suites is installed first, if that may be.
fn available(suites: &[&Suite]) -> Vec<Need> {
    let wanted = |need: &Need| suites.iter().any(|suite| suite.needs.contains(need));
    let installed = |need: &Need| {
        setup::ensure(&[*need])
            .map_err(|error| eprintln!("{error:#}"))
            .is_ok()
    };
    Need::ALL
        .into_iter()
        .filter(wanted)
        .filter(installed)
        .collect()
}

fn run_suite(setting: &Setting<'_>, suite: &'static Suite) -> Row {
    let elapsed = machine::stopwatch();
    let mut row = Row {
        name: suite.name,
        counts: Counts::default(),
        took: Duration::ZERO,
        remarks: Vec::new(),
    };
    println!("\n==> {}: {}", suite.name, suite.about);
    if !suite.needs.iter().all(|need| setting.has(*need)) {
        row.counts = Counts::SKIPPED;
        row.remarks
            .push("skipped: the system lacks what it needs, and it may not be installed".into());
        return row;
    }
    for step in (suite.steps)(setting) {
        match run_step(setting.workspace, &step, &mut row.remarks) {
            Ok(counts) => row.counts += counts,
            Err(error) => {
                eprintln!("{error:#}");
                row.counts += Counts::FAILED;
                row.remarks.push(format!("failed: {error}"));
                break;
            }
        }
    }
    if row.counts.ran_nothing() {
        row.counts += Counts::FAILED;
        row.remarks.push("failed: not one test ran".into());
    }
    row.took = elapsed();
    println!(
        "--- {}: {} in {}",
        suite.name,
        row.counts.line(),
        shown(row.took)
    );
    row
}

fn run_step(workspace: &Workspace, step: &Step, remarks: &mut Vec<String>) -> Result<Counts> {
    let (Step::Check(invocation)
    | Step::Count(invocation, _)
    | Step::Nextest(invocation, _)
    | Step::Prepare(invocation)) = step;
    println!("$ {invocation}");
    let finished = invocation.clone().within(workspace.root()).watch()?;
    let succeeded = finished.status.success();
    let mut counts = match step {
        Step::Check(_) if succeeded => Counts::PASSED,
        Step::Check(_) => Counts::FAILED,
        Step::Count(_, read) => read(&finished.lines),
        Step::Nextest(_, ignored) => {
            let mut counts = counts::nextest(&finished.lines);
            if succeeded {
                let names = ignored
                    .clone()
                    .within(workspace.root())
                    .output()
                    .unwrap_or_default();
                for name in names.lines().filter(|line| !line.is_empty()) {
                    counts += Counts::SKIPPED;
                    remarks.push(format!("skipped: {name}"));
                }
            }
            counts
        }
        Step::Prepare(_) if succeeded => Counts::default(),
        Step::Prepare(_) => bail!("`{invocation}` failed, so nothing after it ran"),
    };
    if !succeeded && counts.failed == 0 {
        counts += Counts::FAILED;
        remarks.push(format!("failed: `{invocation}` ({})", finished.status));
    }
    Ok(counts)
}

fn shown(took: Duration) -> String {
    let seconds = took.as_secs();
    match seconds {
        0..60 => format!("{:.1} s", took.as_secs_f64()),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}
