//! How much memory this process ever had.

use std::fs;

/// The peak resident set in KiB, where the system tells (Linux).
pub(crate) fn peak_kib() -> Option<u32> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
