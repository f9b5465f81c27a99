//! How long the source files are.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Folders whose content nobody writes by hand.
const NOT_OURS: [&str; 7] = [
    "target",
    "node_modules",
    "dist",
    "gen",
    "bindings",
    "snapshots",
    "test-results",
];

/// What counts as source.
const KINDS: [&str; 8] = ["css", "html", "js", "mjs", "rs", "sql", "svelte", "ts"];

/// A source file with its number of lines.
pub(crate) type Measured = (PathBuf, usize);

/// Every source file below `root`.
pub(crate) fn sources(root: &Path) -> io::Result<Vec<Measured>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || NOT_OURS.contains(&name.as_ref()) {
                continue;
            }
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
            {
                let lines = fs::read_to_string(&path)?.lines().count();
                found.push((path, lines));
            }
        }
    }
    Ok(found)
}

/// Those with more than `limit` lines, longest first.
pub(crate) fn longer_than(limit: usize, files: &[Measured]) -> Vec<String> {
    let mut long: Vec<&Measured> = files.iter().filter(|(_, lines)| *lines > limit).collect();
    long.sort_by_key(|(_, lines)| std::cmp::Reverse(*lines));
    long.iter()
        .map(|(path, lines)| format!("{lines:>6} {}", path.display()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_over_the_limit_is_named_longest_first() {
        let files = [
            ("a.rs".into(), 600),
            ("b.rs".into(), 601),
            ("c.ts".into(), 900),
        ];
        assert_eq!(longer_than(600, &files), ["   900 c.ts", "   601 b.rs"]);
    }
}
