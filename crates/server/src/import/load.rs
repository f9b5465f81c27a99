use super::{Parsed, Problem, problem::bad_lines};
use crate::store::{ImportKind, RowOutcome, Store, StoreError};

/// What became of a file.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Report {
    /// Rows that were new.
    pub added: usize,
    /// Rows that were there and are different now.
    pub changed: usize,
    /// Rows that were there and are the same.
    pub unchanged: usize,
    /// What did not go in, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Report {
    /// How many lines did not go in.
    #[must_use]
    pub fn bad(&self) -> usize {
        bad_lines(&self.problems)
    }

    /// Adds what became of another file.
    pub fn add(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.problems.extend(other.problems);
    }
}

/// Stores what was read, all of it in one transaction; with `dry_run` finds out what would become of
/// it. `kind` is the kind of what was read, such as [`ImportKind::Agents`].
///
/// # Errors
/// When the store fails; nothing was changed then.
pub async fn load<R>(
    store: &dyn Store,
    parsed: Parsed<R>,
    kind: impl FnOnce(Vec<R>) -> ImportKind,
    dry_run: bool,
) -> Result<Report, StoreError> {
    let mut report = Report {
        problems: parsed.problems,
        ..Report::default()
    };
    let (lines, records): (Vec<u64>, Vec<R>) = parsed.rows.into_iter().unzip();
    if records.is_empty() {
        return Ok(report);
    }
    let outcomes = store.import(kind(records), dry_run).await?;
    for (line, outcome) in lines.into_iter().zip(outcomes) {
        match outcome {
            RowOutcome::Added => report.added += 1,
            RowOutcome::Changed => report.changed += 1,
            RowOutcome::Unchanged => report.unchanged += 1,
            RowOutcome::Refused { column, reason } => {
                report
                    .problems
                    .push(Problem::of_value(line, column, reason));
            }
        }
    }
    report.problems.sort_by_key(|problem| problem.line);
    Ok(report)
}
