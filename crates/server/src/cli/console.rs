use std::io::{self, Write};

/// Where a command speaks: results on one side, everything said beside them on the other.
pub(super) struct Console<'a> {
    /// Standard output: what a script reads.
    pub(super) out: &'a mut dyn Write,
    /// Standard error: what a person reads.
    pub(super) aside: &'a mut dyn Write,
}

impl Console<'_> {
    /// A line of the result.
    pub(super) fn say(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// A line beside it.
    pub(super) fn remark(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.aside, "{line}")
    }
}
