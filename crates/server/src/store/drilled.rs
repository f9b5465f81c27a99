//! Whom a drill reaches.

use api::drill::{DRILL_LIMIT, StartDrill};
use jiff::Timestamp;

use super::{Agent, KnownAt, Store, StoreError, contact_key};
use crate::random;

/// Why a drill reaches nobody.
#[derive(Debug, thiserror::Error)]
pub enum NotDrilled {
    /// Nobody is meant.
    #[error(
        "Name agents, or a sample with a team or a site; not both, and {DRILL_LIMIT} agents at most."
    )]
    Unclear,
    /// Somebody is meant who is not there.
    #[error(
        "There is no agent with one of these usernames, or nobody in this team or at this site."
    )]
    Unknown,
    /// A fault of the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whom a drill reaches: those who are named, or so many by lot.
///
/// # Errors
/// See [`NotDrilled`].
pub async fn drilled(
    store: &dyn Store,
    asked: &StartDrill,
    now: Timestamp,
) -> Result<Vec<Agent>, NotDrilled> {
    let sample = asked.sample.map(|sample| sample as usize);
    let of_some = asked.team.is_some() || asked.site.is_some();
    let clear = match sample {
        None => !asked.agents.is_empty() && !of_some,
        Some(sample) => asked.agents.is_empty() && sample > 0 && sample <= DRILL_LIMIT,
    };
    if !clear || asked.agents.len() > DRILL_LIMIT {
        return Err(NotDrilled::Unclear);
    }
    let usernames = match sample {
        None => asked.agents.clone(),
        Some(sample) => lot(store.known_at(now).await?, asked, sample),
    };
    let mut agents: Vec<Agent> = Vec::new();
    for username in &usernames {
        let found = store
            .find_agent(username)
            .await?
            .filter(|agent| agent.username.as_str().eq_ignore_ascii_case(username));
        let agent = found.ok_or(NotDrilled::Unknown)?;
        if agents.iter().all(|known| known.id != agent.id) {
            agents.push(agent);
        }
    }
    if agents.is_empty() {
        return Err(NotDrilled::Unknown);
    }
    Ok(agents)
}

fn lot(known: Vec<KnownAt>, asked: &StartDrill, sample: usize) -> Vec<String> {
    let mut drawn: Vec<([u8; 16], String)> = known
        .into_iter()
        .filter(|known| is_of(known, asked))
        .map(|known| (random::bytes(), known.username))
        .collect();
    drawn.sort();
    drawn.truncate(sample);
    drawn.into_iter().map(|(_, username)| username).collect()
}

fn is_of(known: &KnownAt, asked: &StartDrill) -> bool {
    let said = known.said.as_ref().and_then(|said| said.seat.as_ref());
    let site = said.map(|(_, site)| site).or(known.default_site.as_ref());
    let of_team = asked
        .team
        .as_ref()
        .is_none_or(|team| contact_key(team) == contact_key(&known.team));
    let of_site = asked.site.as_ref().is_none_or(|asked| {
        site.is_some_and(|site| site.as_str().eq_ignore_ascii_case(asked.trim()))
    });
    of_team && of_site
}
