use std::io::{self, IsTerminal as _, Read, Write as _};

/// How many lines go by between two reports.
const STEP: u64 = 20_000;

/// How wide the bar is, in characters.
const WIDTH: u64 = 30;

/// A reader that says on a terminal how far it has come.
#[derive(Debug)]
pub(super) struct Progress<R> {
    source: R,
    /// The length of the whole, where it is known.
    length: Option<u64>,
    bytes: u64,
    lines: u64,
    next_report: u64,
    shown: bool,
    is_shown_at_all: bool,
}

impl<R: Read> Progress<R> {
    /// Reports when standard error is a terminal and nobody types the input.
    pub(super) fn of(source: R) -> Self {
        let is_shown_at_all = io::stderr().is_terminal() && !io::stdin().is_terminal();
        Self {
            source,
            length: length_of_standard_input(),
            bytes: 0,
            lines: 0,
            next_report: STEP,
            shown: false,
            is_shown_at_all,
        }
    }

    fn report(&mut self) {
        // Standard error that cannot be written to is no reason to stop.
        let _ = write!(io::stderr(), "\r{}", self.line());
        self.shown = true;
    }

    fn line(&self) -> String {
        match self.length {
            Some(length) => {
                let share = self.bytes.min(length) * 100 / length.max(1);
                let done = usize::try_from(share * WIDTH / 100).unwrap_or_default();
                let left = usize::try_from(WIDTH).unwrap_or_default() - done;
                let bar = "#".repeat(done) + &" ".repeat(left);
                format!("[{bar}] {share:>3} %  {} lines", self.lines)
            }
            None => format!("{} lines", self.lines),
        }
    }
}

impl<R: Read> Read for Progress<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        if self.is_shown_at_all {
            let ends = buffer[..count].iter().filter(|byte| **byte == b'\n');
            self.lines += ends.count() as u64;
            self.bytes += count as u64;
            if self.lines >= self.next_report {
                self.next_report = self.lines + STEP;
                self.report();
            } else if count == 0 && self.shown {
                self.report();
                let _ = writeln!(io::stderr());
                self.shown = false;
            }
        }
        Ok(count)
    }
}

/// Of a file, but not of a pipe.
#[cfg(unix)]
fn length_of_standard_input() -> Option<u64> {
    use std::os::fd::AsFd as _;

    let file = std::fs::File::from(io::stdin().as_fd().try_clone_to_owned().ok()?);
    let metadata = file.metadata().ok()?;
    metadata.is_file().then_some(metadata.len())
}

#[cfg(not(unix))]
const fn length_of_standard_input() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_and_an_unknown_length_has_none() {
        let mut progress = Progress {
            source: io::empty(),
            length: Some(200),
            bytes: 100,
            lines: 7,
            next_report: STEP,
            shown: false,
            is_shown_at_all: false,
        };
        assert_eq!(
            progress.line(),
            "[###############               ]  50 %  7 lines"
        );
        progress.length = Some(0);
        assert!(progress.line().contains("  0 %"));
        progress.length = None;
        assert_eq!(progress.line(), "7 lines");
    }
}
