//! Imports: what administrators maintain elsewhere, as files.
//!
//! Two steps. Reading a file is pure: bytes in, records and [`Problem`]s out (`agents`, `sites`, `seats`,
//! `numbers`, `contacts`, `plan`). Storing them is [`load()`]: one transaction, in which good rows go
//! in whatever the others are like.
//!
//! The files are CSV as RFC 4180 has it, and as spreadsheets write it: a byte order mark, any line
//! ends, columns in any order, blank rows. What cannot be read is said by line, column and reason, and
//! spoils nothing but its own row. No reason quotes a value: files hold addresses and numbers.

mod agents;
mod contacts;
mod load;
#[cfg(test)]
mod nasty;
mod numbers;
mod plan;
mod plan_file;
mod problem;
mod records;
mod seats;
mod sites;
mod table;

pub use agents::agents;
pub use contacts::contacts;
pub use load::{Report, load};
pub use numbers::numbers;
pub use plan::plan;
pub use plan_file::plan_file;
pub use problem::{Parsed, Problem};
pub use seats::seats;
pub use sites::sites;

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// Whose files are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Organisation {
    /// One that exists: its numbers are real ones.
    Real,
    /// The sample, which may use the fictional numbers 555-0100 to 555-0199.
    Sample,
}

impl Organisation {
    /// As the store says it.
    #[must_use]
    pub const fn new(sample: bool) -> Self {
        if sample { Self::Sample } else { Self::Real }
    }

    /// Whether this is the sample organisation.
    #[must_use]
    pub const fn is_sample(self) -> bool {
        matches!(self, Self::Sample)
    }
}
