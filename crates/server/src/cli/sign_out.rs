//! `agents sign-out USERNAME`: every device of an agent needs a new code.

use anyhow::Context as _;
use jiff::Timestamp;

use super::{Ended, console::Console};
use crate::store::Store;

pub(super) async fn run(
    username: &str,
    now: Timestamp,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let agent = store
        .find_agent(username)
        .await?
        .with_context(|| format!("there is no agent {username}"))?;
    let count = store.sign_out_everywhere(&agent.id, now).await?;
    console.remark(&format!(
        "{} ({}) was signed in on {count} device{}, and is on none any more. Where they were last \
         stays; enrol prints a code for a new device.",
        agent.display_name,
        agent.username,
        if count == 1 { "" } else { "s" }
    ))?;
    Ok(Ended::Done)
}
