//! `agents erase USERNAME`: nothing is known of a person any more.

use anyhow::{Context as _, bail};
use jiff::Timestamp;

use super::{Ended, console::Console};
use crate::store::{Erasure, Store};

pub(super) async fn run(
    username: &str,
    now: Timestamp,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    // By the username and no other name: what is erased does not come back.
    let agent = store
        .find_agent(username)
        .await?
        .filter(|agent| agent.username.as_str().eq_ignore_ascii_case(username))
        .with_context(|| format!("there is no agent with the username {username}"))?;
    match store.erase(&agent.id, now).await? {
        Erasure::Erased { rows } => {
            console.remark(&format!(
                "{username} is erased, with {rows} row{} of history. The compliance record says nothing \
                 about them any more; its chain still holds. Backups from before still hold them: erase \
                 again after restoring one.",
                if rows == 1 { "" } else { "s" }
            ))?;
            Ok(Ended::Done)
        }
        Erasure::InCall => bail!(
            "nothing was erased: an emergency call of {username} may still be called back; try again \
             when its callback window has closed"
        ),
        Erasure::Unknown => bail!("there is no agent with the username {username} any more"),
    }
}
