use std::{borrow::Cow, collections::BTreeMap};

use super::{
    super::{
        columns::Column,
        layout::{Format, Layout},
    },
    RowProblem, Values,
    line::values,
};

/// What the first line said of the others.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) places: Places,
    /// The first line, when it is a row.
    pub(super) first_row: Option<(u64, String)>,
    pub(super) whole_street: bool,
    pub(super) unread: Vec<String>,
}

/// Where on a line each column is.
#[derive(Debug)]
pub(super) enum Places {
    Delimited {
        delimiter: char,
        width: usize,
        /// The place and the name in the header.
        columns: BTreeMap<Column, (usize, String)>,
    },
    Fixed(BTreeMap<Column, (usize, usize)>),
}

impl Places {
    /// The values of a line; or why it is no row.
    pub(super) fn values<'a>(&self, line: &'a str) -> Result<Values<'a>, String> {
        let mut row = Values::default();
        match self {
            Self::Delimited {
                delimiter,
                width,
                columns,
            } => {
                let mut found = values(line, *delimiter)?;
                // Empty values at the end say nothing, and some programs leave them out.
                while found.len() > *width && found.last().is_some_and(|v| v.trim().is_empty()) {
                    found.pop();
                }
                if found.len() != *width {
                    return Err(format!(
                        "the row has {} values, and the header {width} columns",
                        found.len()
                    ));
                }
                for (column, (place, _)) in columns {
                    row.0[*column as usize] = std::mem::take(&mut found[*place]);
                }
            }
            Self::Fixed(places) => {
                let starts: Option<Vec<usize>> = (!line.is_ascii())
                    .then(|| line.char_indices().map(|(start, _)| start).collect());
                let at = |place: usize| match &starts {
                    Some(starts) => starts.get(place).copied().unwrap_or(line.len()),
                    None => place.min(line.len()),
                };
                for (column, (first, last)) in places {
                    row.0[*column as usize] = Cow::Borrowed(&line[at(first - 1)..at(*last)]);
                }
            }
        }
        Ok(row)
    }

    /// What a column is called to a person who looks at the file.
    pub(super) fn name(&self, column: Column) -> String {
        match self {
            Self::Delimited { columns, .. } => columns
                .get(&column)
                .map_or_else(|| column.as_str().to_owned(), |(_, name)| name.clone()),
            Self::Fixed(places) => places.get(&column).map_or_else(
                || column.as_str().to_owned(),
                |(first, last)| format!("{first}-{last} ({})", column.as_str()),
            ),
        }
    }
}

/// Makes out the places from the layout and the first line.
pub(super) fn find(layout: &Layout, line: u64, text: &str) -> Result<Found, Vec<RowProblem>> {
    match &layout.format {
        Format::Auto if is_tape(text) => find(&Layout::att_tape(), line, text),
        Format::Auto => by_header(layout, None, &BTreeMap::new(), line, text),
        Format::Delimited { delimiter, names } => by_header(layout, *delimiter, names, line, text),
        Format::Fixed { places } => Ok(Found {
            whole_street: layout
                .whole_street
                .unwrap_or_else(|| is_whole(|column| places.contains_key(&column))),
            places: Places::Fixed(places.clone()),
            first_row: Some((line, text.to_owned())),
            unread: Vec::new(),
        }),
    }
}

/// A tape has no header: its first line has a state, or blanks and zeros, where they belong.
fn is_tape(text: &str) -> bool {
    text.chars().count() >= 148
        && !text.contains([',', '\t', '|', ';'])
        && text.get(50..58).is_some_and(|gap| gap.trim().is_empty())
}

fn is_whole(has: impl Fn(Column) -> bool) -> bool {
    !has(Column::Suffix) && !has(Column::Trailing)
}

fn by_header(
    layout: &Layout,
    delimiter: Option<char>,
    named: &BTreeMap<Column, String>,
    line: u64,
    text: &str,
) -> Result<Found, Vec<RowProblem>> {
    let delimiter = delimiter.unwrap_or_else(|| most_frequent(text));
    let header = values(text, delimiter)
        .map_err(|reason| vec![RowProblem::new(Some(line), None, reason)])?;
    let mut columns: BTreeMap<Column, (usize, String)> = BTreeMap::new();
    let mut unread = Vec::new();
    let mut problems = Vec::new();
    for (place, name) in header.iter().map(|name| name.trim()).enumerate() {
        let ours = named
            .iter()
            .find(|(_, own)| own.trim().eq_ignore_ascii_case(name));
        let column = match ours {
            Some((column, _)) => Some(*column),
            // What the layout names goes by that name alone.
            None => Column::named(name).filter(|column| !named.contains_key(column)),
        };
        let shown: String = name.chars().take(40).collect();
        match column {
            Some(column) => {
                let shown = shown.escape_debug().to_string();
                if columns.insert(column, (place, shown.clone())).is_some() {
                    problems.push(RowProblem::new(
                        Some(line),
                        Some(&shown),
                        format!("it is not clear which column is the {}", column.as_str()),
                    ));
                }
            }
            None if name.is_empty() => {}
            None => unread.push(shown.escape_debug().to_string()),
        }
    }
    for column in Column::REQUIRED {
        if !columns.contains_key(&column) {
            let name = named.get(&column).map_or(column.as_str(), String::as_str);
            problems.push(RowProblem::new(
                Some(line),
                Some(name),
                "the header has no such column, so nothing was read; a layout of your own can name it",
            ));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Found {
        whole_street: layout
            .whole_street
            .unwrap_or_else(|| is_whole(|column| columns.contains_key(&column))),
        places: Places::Delimited {
            delimiter,
            width: header.len(),
            columns,
        },
        first_row: None,
        unread,
    })
}

fn most_frequent(header: &str) -> char {
    let count = |delimiter: &char| header.matches(*delimiter).count();
    // Of equals the last one wins, so the comma does.
    ['|', ';', '\t', ',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(',')
}
