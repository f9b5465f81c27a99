//! `report`: what auditors ask for.

use anyhow::bail;
use jiff::Timestamp;
use serde::Serialize;

use super::{Ended, ReportFormat, console::Console};
use crate::{config::Policy, store::Store, view};

/// `report coverage`: who was covered at a moment.
pub(super) async fn coverage(
    at: Timestamp,
    now: Timestamp,
    format: ReportFormat,
    policy: &Policy,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    if at > now {
        bail!("{at} is still to come; give a moment that is not");
    }
    let report = view::coverage(store.known_at(at).await?, &policy.validity(), at);
    match format {
        ReportFormat::Csv => {
            let mut table = csv::WriterBuilder::new()
                .has_headers(false)
                .from_writer(Vec::new());
            table.write_record([
                "at",
                "username",
                "team",
                "status",
                "rule",
                "class",
                "seat",
                "site",
                "verdict",
                "checked_by",
                "since",
                "until",
                "received_at",
                "version",
            ])?;
            for row in &report.rows {
                table.serialize(Line { at, row })?;
            }
            console.out.write_all(&table.into_inner()?)?;
        }
        ReportFormat::Json => console.say(&serde_json::to_string_pretty(&report)?)?,
    }
    Ok(Ended::Done)
}

/// A row with its moment, so that reports of several moments can be put together.
#[derive(Serialize)]
struct Line<'a> {
    at: Timestamp,
    row: &'a api::report::CoverageRow,
}
