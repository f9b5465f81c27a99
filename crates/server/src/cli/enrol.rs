//! `enrol USERNAME`: a one-time code for an agent's desktop.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};

use super::{Ended, console::Console};
use crate::{
    secret::EnrolmentCode,
    store::{NewCode, Store},
};

/// How long a code works.
const LASTS: SignedDuration = SignedDuration::from_mins(15);

/// How often another code is made because its look-up group is in use. Of a million groups, those
/// of the last quarter of an hour are.
const TRIES: usize = 20;

pub(super) async fn run(
    username: &str,
    now: Timestamp,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let agent = store.find_agent(username).await?.with_context(|| {
        format!("there is no agent {username}; see whereabouts-server agents import --help")
    })?;
    for _ in 0..TRIES {
        let code = EnrolmentCode::random();
        let kept = store
            .save_code(NewCode {
                agent: agent.id.clone(),
                lookup: code.lookup().to_owned(),
                hash: code.hash().await?,
                at: now,
                expires_at: now.saturating_add(LASTS)?,
            })
            .await?;
        if kept {
            console.say(&code.expose())?;
            console.remark(&format!(
                "Signs in one desktop as {} ({}), once, within {} minutes.",
                agent.display_name,
                agent.username,
                LASTS.as_mins()
            ))?;
            return Ok(Ended::Done);
        }
    }
    anyhow::bail!("no free code could be found; try again in a few minutes")
}
