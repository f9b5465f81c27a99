use std::{
    borrow::Cow,
    io::{self, BufRead, Read as _},
};

/// The longest line, in bytes. No real one comes near it.
const LINE_LIMIT: usize = 64 * 1024;

/// The lines of a file, one at a time, each with its number.
#[derive(Debug)]
pub(super) struct Lines<R> {
    source: R,
    number: u64,
    bytes: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(source: R) -> Self {
        Self {
            source,
            number: 0,
            bytes: Vec::new(),
        }
    }

    /// The next line that is not blank, without its end; or why it cannot be read.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Result<&str, String>)>> {
        loop {
            self.bytes.clear();
            let limit = LINE_LIMIT as u64 + 1;
            let taken = self
                .source
                .by_ref()
                .take(limit)
                .read_until(b'\n', &mut self.bytes)?;
            if taken == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.number == 1 && self.bytes.starts_with(b"\xef\xbb\xbf") {
                self.bytes.drain(..3);
            }
            if taken > LINE_LIMIT && !self.bytes.ends_with(b"\n") {
                self.source.skip_until(b'\n')?;
                let reason = format!("the line is longer than {LINE_LIMIT} bytes");
                return Ok(Some((self.number, Err(reason))));
            }
            while matches!(self.bytes.last(), Some(b'\n' | b'\r')) {
                self.bytes.pop();
            }
            if !self.bytes.trim_ascii().is_empty() {
                return Ok(Some((self.number, text(&self.bytes))));
            }
        }
    }
}

fn text(bytes: &[u8]) -> Result<&str, String> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err("the file is UTF-16; save it as text in UTF-8".to_owned());
    }
    let text = str::from_utf8(bytes)
        .map_err(|_| "the line is not UTF-8; save the file as UTF-8".to_owned())?;
    match text.chars().find(|c| c.is_control() && *c != '\t') {
        Some(control) => Err(format!(
            "the line holds the control character U+{:04X}; remove it",
            u32::from(control)
        )),
        None => Ok(text),
    }
}

/// The values of a line (RFC 4180, but a value ends on its line); or why there are none.
pub(super) fn values(line: &str, delimiter: char) -> Result<Vec<Cow<'_, str>>, String> {
    let mut values = Vec::new();
    let mut rest = line;
    loop {
        let after = if let Some(quoted) = rest.trim_start_matches(' ').strip_prefix('"') {
            let end = closing_quote(quoted).ok_or_else(|| {
                "a quote (\") is opened and not closed on this line; write a quote inside a value \
                 twice"
                    .to_owned()
            })?;
            let (value, after) = (&quoted[..end], &quoted[end + 1..]);
            values.push(if value.contains('"') {
                Cow::Owned(value.replace("\"\"", "\""))
            } else {
                Cow::Borrowed(value)
            });
            let after = after.trim_start_matches(' ');
            if !after.is_empty() && !after.starts_with(delimiter) {
                return Err(
                    "something stands between a quote (\") and the end of its value".to_owned(),
                );
            }
            after
        } else {
            let end = rest.find(delimiter).unwrap_or(rest.len());
            values.push(Cow::Borrowed(&rest[..end]));
            &rest[end..]
        };
        match after.strip_prefix(delimiter) {
            Some(next) => rest = next,
            None => return Ok(values),
        }
    }
}

/// Where the quote stands that ends a value; two of them are one quote of the value.
fn closing_quote(quoted: &str) -> Option<usize> {
    let bytes = quoted.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_between_delimiters_and_quotes_hold_them_together() {
        assert_eq!(values("a,,b", ',').unwrap(), ["a", "", "b"]);
        assert_eq!(values("\"a,\"\"b\"\"\" ,c", ',').unwrap(), ["a,\"b\"", "c"]);
        assert_eq!(values("a | b", '|').unwrap(), ["a ", " b"]);
        assert_eq!(values("", ',').unwrap(), [""]);
        assert!(values("\"a,b", ',').is_err());
        assert!(values("\"a\"b,c", ',').is_err());
    }

    #[test]
    fn a_line_that_cannot_be_read_is_passed_and_counted() {
        let long = "x".repeat(10 << 20);
        let text = [
            b"\xef\xbb\xbfa\r\n\n".as_slice(),
            long.as_bytes(),
            b"\nb\0\n\xff\nlast",
        ]
        .concat();
        let mut lines = Lines::new(text.as_slice());
        let mut seen = Vec::new();
        while let Some((number, line)) = lines.next().unwrap() {
            seen.push((number, line.map(str::to_owned).map_err(|_| ())));
        }
        let last = (6, Ok("last".to_owned()));
        assert_eq!(seen[0], (1, Ok("a".to_owned())));
        assert_eq!(seen[1..4], [(3, Err(())), (4, Err(())), (5, Err(()))]);
        assert_eq!(seen[4..], [last]);
    }
}
