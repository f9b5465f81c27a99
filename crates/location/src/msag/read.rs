mod header;
mod line;
mod row;

use std::{
    fmt,
    io::{self, BufRead},
};

use header::{Found, Places};
use line::Lines;

use super::{StreetGuide, columns::Column, guide::Gatherer, layout::Layout, spelling};

/// What a file of a guide held.
#[derive(Clone, Debug, Default)]
pub struct GuideFile {
    /// The guide of the good rows.
    pub guide: StreetGuide,
    /// How many rows went in.
    pub rows: usize,
    /// How many rows did not.
    pub bad_rows: usize,
    /// How many rows said, to the letter, what another row had said already.
    pub repeated: usize,
    /// Columns of the header that were not needed.
    pub unread: Vec<String>,
}

/// What is wrong with a row, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RowProblem {
    /// The line, counted from 1; absent when it is about the file as a whole.
    pub line: Option<u64>,
    /// The column, by its name in the header or by its places; absent when it is about the line.
    pub column: Option<String>,
    /// A sentence to act on. Never quotes a value.
    pub reason: String,
}

impl RowProblem {
    fn new(line: Option<u64>, column: Option<&str>, reason: impl Into<String>) -> Self {
        Self {
            line,
            column: column.map(str::to_owned),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for RowProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.column) {
            (Some(line), Some(column)) => write!(formatter, "line {line}, column {column}: ")?,
            (Some(line), None) => write!(formatter, "line {line}: ")?,
            (None, _) => {}
        }
        formatter.write_str(&self.reason)
    }
}

impl GuideFile {
    /// Reads a guide, one line at a time. Each thing that is wrong goes to `complain` as it is found;
    /// the good rows go in whatever the others are like.
    ///
    /// # Errors
    /// When `source` cannot be read.
    ///
    /// # Example: a row that cannot be read is named and spoils nothing
    /// ```
    /// use location::msag::{GuideFile, Layout};
    ///
    /// let text = "RD,STS,LOW,HIGH,OE,COMMUNITY,STATE,ESN\n\
    ///     Pine,St,200,298,E,Seattle,WA,00101\n\
    ///     Pine,St,300,two,E,Seattle,WA,00101\n";
    /// let mut said = Vec::new();
    /// let file = GuideFile::read(text.as_bytes(), &Layout::auto(), |problem| {
    ///     said.push(problem.to_string());
    /// })?;
    /// assert_eq!(file.guide.len(), 1);
    /// assert!(said[0].starts_with("line 3, column HIGH: "));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn read(
        source: impl BufRead,
        layout: &Layout,
        mut complain: impl FnMut(RowProblem),
    ) -> io::Result<Self> {
        let mut file = Self::default();
        let mut lines = Lines::new(source);
        let found = match lines.next()? {
            None => Err(vec![RowProblem::new(None, None, "the file is empty")]),
            Some((line, Err(reason))) => Err(vec![RowProblem::new(Some(line), None, reason)]),
            Some((line, Ok(text))) => header::find(layout, line, text),
        };
        let Found {
            places,
            first_row,
            whole_street,
            unread,
        } = match found {
            Ok(found) => found,
            Err(problems) => {
                problems.into_iter().for_each(complain);
                return Ok(file);
            }
        };
        file.unread = unread;
        let aliases = layout
            .community_aliases
            .iter()
            .map(|(alias, name)| (spelling::plain(alias), spelling::plain(name)));
        let mut gatherer = Gatherer::new(aliases.collect(), whole_street);
        let state = spelling::state(&layout.state);
        if let Some((line, text)) = first_row {
            file.take(line, &text, &places, &state, &mut gatherer, &mut complain);
        }
        while let Some((line, text)) = lines.next()? {
            match text {
                Ok(text) => {
                    file.take(line, text, &places, &state, &mut gatherer, &mut complain);
                }
                Err(reason) => {
                    file.bad_rows += 1;
                    complain(RowProblem::new(Some(line), None, reason));
                }
            }
        }
        (file.guide, file.repeated) = gatherer.finish();
        Ok(file)
    }

    fn take(
        &mut self,
        line: u64,
        text: &str,
        places: &Places,
        state: &str,
        gatherer: &mut Gatherer,
        complain: &mut impl FnMut(RowProblem),
    ) {
        let values = match places.values(text) {
            Ok(values) => values,
            Err(reason) => {
                self.bad_rows += 1;
                complain(RowProblem::new(Some(line), None, reason));
                return;
            }
        };
        if values.is_blank() {
            return;
        }
        let mut bad = false;
        let row = row::read(&values, state, gatherer, |column, reason| {
            bad = true;
            let name = places.name(column);
            complain(RowProblem::new(Some(line), Some(&name), reason));
        });
        if bad {
            self.bad_rows += 1;
        } else if gatherer.add(&row).is_some() {
            self.rows += 1;
            for alias in values.text(Column::Aliases).split(';') {
                gatherer.alias(alias, &row.community);
            }
        } else {
            self.bad_rows += 1;
            complain(RowProblem::new(Some(line), None, "the guide is full"));
        }
    }
}

/// The values of a row, by column; those of columns that are not there are empty.
#[derive(Debug, Default)]
struct Values<'a>([std::borrow::Cow<'a, str>; Column::ALL.len()]);

impl Values<'_> {
    fn text(&self, column: Column) -> &str {
        self.0[column as usize].trim()
    }

    fn is_blank(&self) -> bool {
        self.0.iter().all(|value| value.trim().is_empty())
    }
}
