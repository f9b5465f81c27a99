use std::{collections::HashMap, fmt::Display, str::FromStr};

use csv::ByteRecord;

use super::{Parsed, Problem, records::Records};
use crate::legible::turns_direction;

/// The longest text of a free kind, in characters: a name, a team, a label.
pub(super) const TEXT_LIMIT: usize = 100;

/// A column that a kind of file has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name in the header.
    pub(super) name: &'static str,
    /// Whether a file without it says nothing.
    pub(super) required: bool,
}

/// A column that must be there.
pub(super) const fn required(name: &'static str) -> Column {
    Column {
        name,
        required: true,
    }
}

/// A column that counts as empty when it is not there.
pub(super) const fn optional(name: &'static str) -> Column {
    Column {
        name,
        required: false,
    }
}

/// Reads a file: finds the columns, and makes a record of every row by `read`. Rows for which `read`
/// notes a problem are left out; so is a row whose `key` stood on an earlier line.
pub(super) fn read<R>(
    bytes: &[u8],
    columns: &[Column],
    key: impl Fn(&R) -> (&'static str, String),
    mut read: impl FnMut(&mut Row<'_>) -> Option<R>,
) -> Parsed<R> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Parsed::unreadable(Problem::of_file(
            "the file is UTF-16; save it as CSV with UTF-8",
        ));
    }
    let mut records = Records::new(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let Some((header_line, header)) = records.next() else {
        return Parsed::unreadable(Problem::of_file(format!(
            "the file is empty; its first line names the columns, such as {}",
            names(columns)
        )));
    };
    let header = match header {
        Ok(record) => Header::read(header_line, &record, columns),
        Err(reason) => Err(vec![Problem::of_line(header_line, reason)]),
    };
    let header = match header {
        Ok(header) => header,
        Err(problems) => {
            return Parsed {
                rows: Vec::new(),
                problems,
            };
        }
    };
    records.expect_width(header.names.len());
    let mut rows = Vec::new();
    let mut problems = header.unknown.clone();
    let mut lines = HashMap::new();
    for (line, record) in records {
        let record = match record {
            Ok(record) => record,
            Err(reason) => {
                problems.push(Problem::of_line(line, reason));
                continue;
            }
        };
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        let mut row = Row::new(line, &header, &record);
        // What cannot be read at all is said alone: the rest would only follow from it.
        let made = if row.problems.is_empty() {
            read(&mut row)
        } else {
            None
        };
        if let Some(made) = made.filter(|_| row.problems.is_empty()) {
            let (column, key) = key(&made);
            if let Some(first) = lines.get(&key) {
                row.refuse(column, format!("it stands on line {first} already"));
            } else {
                lines.insert(key, line);
                rows.push((line, made));
            }
        }
        problems.append(&mut row.problems);
        problems.append(&mut row.remarks);
    }
    Parsed { rows, problems }
}

fn names(columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    names.join(",")
}

/// Which value of a row is which.
#[derive(Debug)]
struct Header {
    names: Vec<String>,
    places: HashMap<&'static str, usize>,
    unknown: Vec<Problem>,
}

impl Header {
    fn read(line: u64, record: &ByteRecord, columns: &[Column]) -> Result<Self, Vec<Problem>> {
        let names: Vec<String> = record
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        let mut places = HashMap::new();
        let mut fatal = Vec::new();
        let mut unknown = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let column = columns
                .iter()
                .find(|column| column.name.eq_ignore_ascii_case(name));
            match column {
                Some(column) if places.insert(column.name, place).is_some() => {
                    fatal.push(Problem::of_value(
                        line,
                        column.name,
                        "the column stands twice; nothing was read, because it is not clear which \
                         one counts",
                    ));
                }
                Some(_) => {}
                // Spreadsheets leave empty columns at the end.
                None if name.is_empty() => {}
                None => unknown.push(Problem::of_value(
                    line,
                    shown(name),
                    format!(
                        "there is no such column, so it was not read; did you mean {}?",
                        nearest(name, columns)
                    ),
                )),
            }
        }
        for column in columns {
            if column.required && !places.contains_key(column.name) {
                fatal.push(Problem::of_value(
                    line,
                    column.name,
                    "the column is missing, so nothing was read",
                ));
            }
        }
        if fatal.is_empty() {
            return Ok(Self {
                names,
                places,
                unknown,
            });
        }
        if names.len() == 1 && names[0].contains([';', '\t']) {
            return Err(vec![Problem::of_line(
                line,
                "there is only one column; separate the columns with commas, not with semicolons or \
                 tabs",
            )]);
        }
        unknown.append(&mut fatal);
        Err(unknown)
    }
}

/// A name from a file as it may be shown: short, and without controls.
fn shown(name: &str) -> String {
    let short: String = name.chars().take(40).collect();
    short.escape_debug().to_string()
}

fn nearest(name: &str, columns: &[Column]) -> &'static str {
    let likeness =
        |column: &Column| strsim::jaro_winkler(&name.to_lowercase(), &column.name.to_lowercase());
    columns
        .iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
        .map_or("", |column| column.name)
}

/// One row, and what is wrong with it.
#[derive(Debug)]
pub(super) struct Row<'a> {
    line: u64,
    header: &'a Header,
    values: Vec<&'a str>,
    problems: Vec<Problem>,
    remarks: Vec<Problem>,
}

impl<'a> Row<'a> {
    fn new(line: u64, header: &'a Header, record: &'a ByteRecord) -> Self {
        let mut problems = Vec::new();
        let mut values = Vec::with_capacity(record.len());
        for (value, name) in record.iter().zip(&header.names) {
            let mut refuse = |reason: String| {
                problems.push(Problem::of_value(line, shown(name), reason));
            };
            let text = str::from_utf8(value).unwrap_or_else(|_| {
                refuse("the value is not UTF-8; save the file as CSV with UTF-8".to_owned());
                ""
            });
            // Tabs and line ends inside a value are layout; what reads the value folds them. What turns the
            // direction of writing shows people another address than responders get.
            let refused = |c: &char| (c.is_control() && !c.is_whitespace()) || turns_direction(*c);
            if let Some(control) = text.chars().find(refused) {
                refuse(format!(
                    "the value holds the control character U+{:04X}; remove it",
                    u32::from(control)
                ));
            }
            values.push(text.trim());
        }
        Self {
            line,
            header,
            values,
            problems,
            remarks: Vec::new(),
        }
    }

    /// The value of a column; empty when the file does not have it.
    pub(super) fn text(&self, column: &str) -> &'a str {
        let place = self.header.places.get(column);
        place
            .and_then(|place| self.values.get(*place))
            .copied()
            .unwrap_or_default()
    }

    /// A value in one line of at most [`TEXT_LIMIT`] characters, which may be empty.
    pub(super) fn short_text(&mut self, column: &'static str) -> String {
        let text = self
            .text(column)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let length = text.chars().count();
        if length > TEXT_LIMIT {
            self.refuse(
                column,
                format!("it is {length} characters long; the longest allowed is {TEXT_LIMIT}"),
            );
        }
        text
    }

    /// A value as [`Row::short_text`], which must not be empty.
    pub(super) fn needed_text(&mut self, column: &'static str) -> String {
        let text = self.short_text(column);
        if text.is_empty() {
            self.refuse(column, "it is empty");
        }
        text
    }

    /// A value that must be there and be readable.
    pub(super) fn needed<T>(&mut self, column: &'static str) -> Option<T>
    where
        T: FromStr<Err: Display>,
    {
        if self.text(column).is_empty() {
            self.refuse(column, "it is empty");
            return None;
        }
        self.given(column)
    }

    /// A value that is either empty or readable. `None` in both cases; one of them is noted.
    pub(super) fn given<T>(&mut self, column: &'static str) -> Option<T>
    where
        T: FromStr<Err: Display>,
    {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(column, error.to_string());
                None
            }
        }
    }

    /// The parts of a value that is a list separated by `;`, each once.
    pub(super) fn list(&mut self, column: &'static str) -> Vec<String> {
        /// The longest part, in characters; a platform's longest name for an agent.
        const PART_LIMIT: usize = 256;
        let mut parts: Vec<String> = Vec::new();
        for part in self.text(column).split(';').map(str::trim) {
            if part.chars().count() > PART_LIMIT {
                self.refuse(
                    column,
                    format!("a part of the list is longer than {PART_LIMIT} characters"),
                );
            } else if !part.is_empty() && !parts.iter().any(|known| known == part) {
                parts.push(part.to_owned());
            }
        }
        parts
    }

    /// Notes what is wrong with a part of a value that the row can do without.
    pub(super) fn remark(&mut self, column: &str, reason: impl Into<String>) {
        self.remarks
            .push(Problem::of_value(self.line, column, reason));
    }

    /// Notes what is wrong with a value; the row is then left out.
    pub(super) fn refuse(&mut self, column: &str, reason: impl Into<String>) {
        self.problems
            .push(Problem::of_value(self.line, column, reason));
    }
}
