use std::{collections::BTreeSet, fmt};

use location::SiteId;

use super::{plan, plan_file};
use crate::store::FloorPlan;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The line, counted from 1; absent when it is about the file as a whole.
    pub line: Option<u64>,
    /// The column, by its name in the header; absent when it is about the whole line.
    pub column: Option<String>,
    /// A sentence to act on. Never quotes a value.
    pub reason: String,
}

impl Problem {
    /// About a file as a whole.
    #[must_use]
    pub fn of_file(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            column: None,
            reason: reason.into(),
        }
    }

    /// About one line.
    #[must_use]
    pub fn of_line(line: u64, reason: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            column: None,
            reason: reason.into(),
        }
    }

    /// About one value.
    #[must_use]
    pub fn of_value(line: u64, column: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            column: Some(column.into()),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.column) {
            (Some(line), Some(column)) => write!(formatter, "line {line}, column {column}: ")?,
            (Some(line), None) => write!(formatter, "line {line}: ")?,
            (None, _) => {}
        }
        formatter.write_str(&self.reason)
    }
}

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<R> {
    /// The good rows with their lines, in the order of the file.
    pub rows: Vec<(u64, R)>,
    /// What is wrong with the others, in the order of the file.
    pub problems: Vec<Problem>,
}

impl<R> Parsed<R> {
    /// Nothing could be read at all.
    #[must_use]
    pub fn unreadable(problem: Problem) -> Self {
        Self {
            rows: Vec::new(),
            problems: vec![problem],
        }
    }
}

impl Parsed<FloorPlan> {
    /// Reads one plan, whose file has this name.
    #[must_use]
    pub fn of_plan<'a>(
        name: &str,
        bytes: &[u8],
        sites: impl IntoIterator<Item = &'a SiteId>,
    ) -> Self {
        let (site, floor) = match plan_file(name, sites) {
            Ok(floor) => floor,
            Err(reason) => return Self::unreadable(Problem::of_file(reason)),
        };
        match plan(bytes) {
            Ok(plan_svg) => Self {
                rows: vec![(
                    1,
                    FloorPlan {
                        site,
                        floor,
                        plan_svg,
                    },
                )],
                problems: Vec::new(),
            },
            Err(problems) => Self {
                rows: Vec::new(),
                problems,
            },
        }
    }
}

/// How many lines have a problem; the file as a whole counts as one.
pub(super) fn bad_lines(problems: &[Problem]) -> usize {
    let lines: BTreeSet<Option<u64>> = problems.iter().map(|problem| problem.line).collect();
    lines.len()
}
