use csv::{ByteRecord, ReaderBuilder};

/// The longest row, in bytes. No real one comes near it.
const ROW_LIMIT: usize = 64 * 1024;

/// The rows of a CSV file, each with its line.
///
/// A row is a line, or several when a quoted value holds line ends. A quote that is never closed would
/// swallow the rest of the file; here it costs the line it stands on, and reading goes on at the next.
#[derive(Debug)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
    next_line: u64,
    terminator: u8,
    width: Option<usize>,
}

/// One row: its values, or why there are none.
pub(super) type Record = Result<ByteRecord, String>;

impl<'a> Records<'a> {
    /// Reads a file whose byte order mark is gone.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        // Spreadsheets on old Macintoshes end lines with a carriage return alone.
        let terminator = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
        Self {
            rest: bytes,
            next_line: 1,
            terminator,
            width: None,
        }
    }

    /// From now on a row has this many values.
    pub(super) fn expect_width(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// Takes the next row off the file, which begins with a line that is not blank.
    fn take(&mut self) -> Record {
        let first = self.line_end(0);
        if first > ROW_LIMIT {
            let length = without_line_end(&self.rest[..first]).len();
            self.advance(first);
            return Err(format!(
                "the row is {length} bytes long; the longest allowed is {ROW_LIMIT}"
            ));
        }
        // Every end of a line at which the quotes are balanced may be the end of the row.
        let mut end = first;
        loop {
            if balanced(&self.rest[..end]) {
                break;
            }
            if end == self.rest.len() || end > ROW_LIMIT {
                return self.refuse(first);
            }
            end = self.line_end(end);
        }
        match one_record(without_line_end(&self.rest[..end])) {
            // A row over several lines is believed only when it is flawless.
            Some(record) if end == first || self.believes(&self.rest[..end], &record) => {
                let found = record.len();
                self.advance(end);
                match self.width {
                    Some(width) if width != found => Err(format!(
                        "the row has {found} values, and the header {width} columns"
                    )),
                    Some(_) | None => Ok(record),
                }
            }
            Some(_) | None => self.refuse(first),
        }
    }

    fn believes(&self, bytes: &[u8], record: &ByteRecord) -> bool {
        self.width == Some(record.len()) && quotes_enclose_values(bytes)
    }

    fn refuse(&mut self, first: usize) -> Record {
        self.advance(first);
        Err(
            "a quote (\") is opened and not closed on this line; write a quote inside a value twice"
                .to_owned(),
        )
    }

    /// Where the line that begins at `from` ends, its line end included.
    fn line_end(&self, from: usize) -> usize {
        self.rest[from..]
            .iter()
            .position(|byte| *byte == self.terminator)
            .map_or(self.rest.len(), |at| from + at + 1)
    }

    fn advance(&mut self, count: usize) {
        let (taken, rest) = self.rest.split_at(count);
        let lines = taken
            .iter()
            .filter(|byte| **byte == self.terminator)
            .count();
        self.next_line += lines as u64;
        self.rest = rest;
    }
}

impl Iterator for Records<'_> {
    type Item = (u64, Record);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let end = self.line_end(0);
            if end == 0 {
                return None;
            }
            if !without_line_end(&self.rest[..end]).is_empty() {
                break;
            }
            self.advance(end);
        }
        let line = self.next_line;
        Some((line, self.take()))
    }
}

fn balanced(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 0
}

/// Whether every quote opens a value, closes one, or stands doubled inside one (RFC 4180 section 2).
fn quotes_enclose_values(bytes: &[u8]) -> bool {
    let mut inside = false;
    let mut previous = b',';
    let mut bytes = bytes.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            if !inside {
                if previous != b',' {
                    return false;
                }
                inside = true;
            } else if bytes.peek() == Some(&b'"') {
                bytes.next();
            } else if matches!(bytes.peek(), None | Some(b',' | b'\r' | b'\n')) {
                inside = false;
            } else {
                return false;
            }
        }
        previous = byte;
    }
    !inside
}

fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// The record that these bytes are, when they are exactly one.
fn one_record(bytes: &[u8]) -> Option<ByteRecord> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(bytes.len().max(1))
        .from_reader(bytes);
    let mut records = reader.byte_records();
    let record = records.next()?.ok()?;
    records.next().is_none().then_some(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut records = Records::new(text.as_bytes());
        let (_, header) = records.next().unwrap();
        records.expect_width(header.unwrap().len());
        let mut seen = String::new();
        for (line, record) in records {
            let values = record.map(|record| {
                let values: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
                values.join("|")
            });
            seen.push_str(&format!("{line} {values:?}\n"));
        }
        seen
    }

    #[test]
    fn a_row_may_span_lines_and_lines_are_counted_all_the_same() {
        insta::assert_snapshot!(
            read("a,b\r\n\r\n1,\"two\r\nlines, and \"\"quotes\"\"\"\r\n3,4"),
            @r#"
        3 Ok("1|two\r\nlines, and \"quotes\"")
        5 Ok("3|4")
        "#
        );
    }

    #[test]
    fn an_open_quote_costs_its_own_line_only() {
        insta::assert_snapshot!(
            read("a,b\n1,\"open\n2,3\n4,27\" screen\n5,6\n7,\"\n"),
            @r#"
        2 Err("a quote (\") is opened and not closed on this line; write a quote inside a value twice")
        3 Ok("2|3")
        4 Err("a quote (\") is opened and not closed on this line; write a quote inside a value twice")
        5 Ok("5|6")
        6 Err("a quote (\") is opened and not closed on this line; write a quote inside a value twice")
        "#
        );
    }

    #[test]
    fn a_row_of_megabytes_is_named_and_passed() {
        let text = format!("a,b\n1,{}\n3,4\n", "x".repeat(10 << 20));
        insta::assert_snapshot!(read(&text), @r#"
        2 Err("the row is 10485762 bytes long; the longest allowed is 65536")
        3 Ok("3|4")
        "#);
    }

    #[test]
    fn carriage_returns_alone_end_lines_too() {
        insta::assert_snapshot!(read("a,b\r1,2\r3\r"), @r#"
        2 Ok("1|2")
        3 Err("the row has 1 values, and the header 2 columns")
        "#);
    }
}
