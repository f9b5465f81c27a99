use std::{
    collections::HashSet,
    fs,
    hash::{BuildHasher as _, RandomState},
    io::{self, BufWriter, Write as _},
    path::Path,
};

use location::msag::StreetGuide;

/// How a new guide differs from the one before, in rows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Difference {
    /// Rows that only the new one has.
    pub added: usize,
    /// Rows that both have.
    pub unchanged: usize,
    /// Rows that only the one before has.
    pub removed: usize,
}

impl Difference {
    /// Compares two guides.
    #[must_use]
    pub fn between(before: &StreetGuide, after: &StreetGuide) -> Self {
        // Digests take an eighth of what the rows take.
        let state = RandomState::new();
        let known: HashSet<u64> = before.lines().map(|line| state.hash_one(line)).collect();
        let unchanged = after
            .lines()
            .filter(|line| known.contains(&state.hash_one(line)))
            .count();
        Self {
            added: after.len() - unchanged,
            unchanged,
            removed: before.len() - unchanged,
        }
    }
}

/// Puts a guide in place. The file is whole at every moment.
///
/// # Errors
/// When the disk refuses; the guide before stays.
pub fn install(guide: &StreetGuide, file: &Path) -> io::Result<()> {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let draft = tempfile::Builder::new()
        .prefix(".msag-")
        .tempfile_in(folder)?;
    let mut writer = BufWriter::new(draft.as_file());
    guide.write(&mut writer)?;
    writer.flush()?;
    drop(writer);
    draft.as_file().sync_all()?;
    draft.persist(file).map_err(|refused| refused.error)?;
    fs::File::open(folder)?.sync_all()
}
