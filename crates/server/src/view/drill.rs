use api::drill::{DrillOutcome, DrillReport, DrillRow};

use crate::store::{DrillKept, DrilledAgent};

/// A drill as people read it.
#[must_use]
pub fn drill(kept: DrillKept) -> DrillReport {
    DrillReport {
        drill_id: kept.drill.to_string(),
        started_at: kept.started_at,
        ended_at: kept.ended_at,
        rows: kept.agents.into_iter().map(row).collect(),
    }
}

fn row(agent: DrilledAgent) -> DrillRow {
    let outcome = outcome(&agent);
    DrillRow {
        username: agent.username,
        display_name: agent.display_name,
        online: agent.online,
        answer_ms: agent.answer_ms,
        banner_ms: agent.banner_ms,
        notified_ms: agent.notified_ms,
        acknowledged_ms: agent.acknowledged_ms,
        location_status: agent.location_status,
        outcome,
    }
}

/// The first stage that is missing, in the order in which they matter.
fn outcome(agent: &DrilledAgent) -> DrillOutcome {
    if let Some(outcome) = agent.outcome {
        outcome
    } else if !agent.over {
        DrillOutcome::Running
    } else if agent.banner_ms.is_none() && agent.online == Some(false) {
        DrillOutcome::Offline
    } else if agent.banner_ms.is_none() {
        DrillOutcome::NoBanner
    } else if agent.notified_ms.is_none() {
        DrillOutcome::NotNotified
    } else if agent.acknowledged_ms.is_none() {
        DrillOutcome::NotAcknowledged
    } else {
        DrillOutcome::Complete
    }
}

/// The same as comma-separated values, with a header.
///
/// # Errors
/// None in practice: it is written into memory.
pub fn drill_csv(report: &DrillReport) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    table.write_record([
        "drill_id",
        "started_at",
        "username",
        "display_name",
        "online",
        "answer_ms",
        "banner_ms",
        "notified_ms",
        "acknowledged_ms",
        "location_status",
        "outcome",
    ])?;
    for row in &report.rows {
        table.serialize((&report.drill_id, report.started_at, harmless(row)))?;
    }
    table
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// A name that a spreadsheet would take for a formula is none.
fn harmless(row: &DrillRow) -> DrillRow {
    let quoted = |text: &str| match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    };
    DrillRow {
        username: quoted(&row.username),
        display_name: quoted(&row.display_name),
        ..row.clone()
    }
}
