use std::collections::BTreeSet;

use emergency::E164;
use location::SiteId;

use super::super::{
    StoreError, Tx,
    rows::{AgentColumns, agent_columns},
    words::{to_json, to_word},
};
use crate::store::{Agent, AgentId, AgentRecord, RowOutcome, stored_name};

/// Takes one agent. A name that another agent has is refused: a call must never be answered with
/// somebody else's address.
pub(super) async fn import(
    tx: &mut Tx<'_>,
    record: &AgentRecord,
) -> Result<RowOutcome, StoreError> {
    if let Some(site) = &record.default_site
        && !super::is_site(tx, site.as_str()).await?
    {
        return Ok(super::unknown_site("default_site", site.as_str()));
    }
    let known = sqlx::query_as::<_, AgentColumns>(concat!(
        "SELECT ",
        agent_columns!(),
        " FROM agent a WHERE a.username = $1"
    ))
    .bind(record.username.as_str())
    .fetch_optional(&mut *tx.connection)
    .await?
    .map(AgentColumns::into_agent)
    .transpose()?;
    let id = known
        .as_ref()
        .map_or_else(AgentId::random, |known| known.id.clone());
    if let Some(refused) = taken_name(tx, record, &id).await? {
        return Ok(refused);
    }
    let wanted = Agent {
        id: id.clone(),
        username: record.username.clone(),
        display_name: record.display_name.clone(),
        team: record.team.clone(),
        role: record.role,
        country: record.country,
        aliases: record.aliases.clone(),
        direct_number: record.direct_number.clone(),
        emergency_contacts: record.emergency_contacts.clone(),
        default_site: record.default_site.clone(),
    };
    let before = known.map(|known| known == wanted);
    if before == Some(true) {
        return Ok(RowOutcome::Unchanged);
    }
    keep(tx, &wanted).await?;
    if before.is_none() {
        sqlx::query(
            "INSERT INTO standing (agent_id, revision, version, kind, verdict) \
             VALUES ($1, 1, 0, 'never', 'unchecked')",
        )
        .bind(id.as_str())
        .execute(&mut *tx.connection)
        .await?;
        // Made now, so that the first confirmation need not.
        tx.make_person_key(&id).await;
        tx.touched(id, 1);
    } else {
        tx.touch(&id).await?;
    }
    Ok(super::outcome(before))
}

async fn keep(tx: &mut Tx<'_>, agent: &Agent) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO agent (agent_id, username, display_name, team, role, country, aliases, \
         direct_number, emergency_contacts, default_site) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (agent_id) DO UPDATE SET \
         display_name = $3, team = $4, role = $5, country = $6, aliases = $7, \
         direct_number = $8, emergency_contacts = $9, default_site = $10",
    )
    .bind(agent.id.as_str())
    .bind(agent.username.as_str())
    .bind(&agent.display_name)
    .bind(&agent.team)
    .bind(to_word(&agent.role))
    .bind(agent.country.as_str())
    .bind(to_json(&agent.aliases))
    .bind(agent.direct_number.as_ref().map(E164::as_str))
    .bind(to_json(&agent.emergency_contacts))
    .bind(agent.default_site.as_ref().map(SiteId::as_str))
    .execute(&mut *tx.connection)
    .await?;
    sqlx::query("DELETE FROM agent_name WHERE agent_id = $1")
        .bind(agent.id.as_str())
        .execute(&mut *tx.connection)
        .await?;
    let names = names_of(
        agent.username.as_str(),
        &agent.aliases,
        agent.direct_number.as_ref().map(E164::as_str),
    );
    for (_, name) in names {
        sqlx::query("INSERT INTO agent_name (name, agent_id) VALUES ($1, $2)")
            .bind(name)
            .bind(agent.id.as_str())
            .execute(&mut *tx.connection)
            .await?;
    }
    Ok(())
}

async fn taken_name(
    tx: &mut Tx<'_>,
    record: &AgentRecord,
    id: &AgentId,
) -> Result<Option<RowOutcome>, StoreError> {
    let names = names_of(
        record.username.as_str(),
        &record.aliases,
        record.direct_number.as_ref().map(E164::as_str),
    );
    for (column, name) in names {
        let other: Option<String> = sqlx::query_scalar(
            "SELECT a.username FROM agent_name n JOIN agent a ON a.agent_id = n.agent_id \
             WHERE n.name = $1 AND n.agent_id <> $2",
        )
        .bind(&name)
        .bind(id.as_str())
        .fetch_optional(&mut *tx.connection)
        .await?;
        if let Some(other) = other {
            return Ok(Some(RowOutcome::Refused {
                column,
                reason: format!("{other} is known by that name already"),
            }));
        }
    }
    Ok(None)
}

/// Every name once, in stored form, with the column it came from.
fn names_of(
    username: &str,
    aliases: &[String],
    direct_number: Option<&str>,
) -> Vec<(&'static str, String)> {
    let mut seen = BTreeSet::new();
    std::iter::once(("username", username))
        .chain(aliases.iter().map(|alias| ("aliases", alias.as_str())))
        .chain(direct_number.map(|number| ("direct_number", number)))
        .map(|(column, name)| (column, stored_name(name)))
        .filter(|(_, name)| !name.is_empty() && seen.insert(name.clone()))
        .collect()
}
