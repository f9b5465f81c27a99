/// Raises how many files, and so connections, this process may have open to what the system allows it, and says
/// how many that is. Most systems begin with 1,024, which is fewer than a floor has desktops.
#[cfg(unix)]
pub(super) fn raise() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "no more files can be open than at the start");
    }
    // Without a limit there is no number.
    let current = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(current).unwrap_or(usize::MAX)
}

/// Elsewhere connections are not counted as files.
#[cfg(not(unix))]
pub(super) fn raise() -> usize {
    usize::MAX
}
