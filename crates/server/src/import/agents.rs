use api::agent::Role;
use emergency::{E164, UsNumber, notification::Recipients};
use location::Country;

use super::{
    Organisation, Parsed,
    table::{Column, Row, optional, read, required},
};
use crate::store::{AgentRecord, stored_name};

const COLUMNS: &[Column] = &[
    required("username"),
    required("display_name"),
    optional("team"),
    optional("role"),
    required("country"),
    optional("aliases"),
    optional("direct_number"),
    optional("emergency_contacts"),
    optional("default_site"),
];

/// Reads agents. An empty role is `agent`, which may do the least.
#[must_use]
pub fn agents(bytes: &[u8], organisation: Organisation) -> Parsed<AgentRecord> {
    let key = |agent: &AgentRecord| ("username", stored_name(agent.username.as_str()));
    read(bytes, COLUMNS, key, |row| {
        let username = row.needed("username");
        let display_name = row.needed_text("display_name");
        let team = row.short_text("team");
        let role = role(row);
        let country = row.needed("country");
        let direct_number = direct_number(row, country, organisation);
        Some(AgentRecord {
            username: username?,
            display_name,
            team,
            role,
            country: country?,
            aliases: aliases(row),
            direct_number,
            emergency_contacts: contacts(row),
            default_site: row.given("default_site"),
        })
    })
}

fn role(row: &mut Row<'_>) -> Role {
    match row.text("role").to_ascii_lowercase().as_str() {
        "" | "agent" => Role::Agent,
        "supervisor" => Role::Supervisor,
        "security" => Role::Security,
        "admin" => Role::Admin,
        _ => {
            row.refuse(
                "role",
                "there is no such role; use agent, supervisor, security or admin",
            );
            Role::Agent
        }
    }
}

fn aliases(row: &mut Row<'_>) -> Vec<String> {
    let aliases = row.list("aliases");
    if aliases.iter().any(|alias| stored_name(alias).is_empty()) {
        row.refuse("aliases", "one of them names nobody; write it in full");
    }
    aliases
}

/// Mailboxes. One that cannot be mailed to is reported and left out: it must cost the agent neither
/// the others nor their place in the directory, without which a call of theirs has no location.
fn contacts(row: &mut Row<'_>) -> Vec<String> {
    let Recipients { addresses, refused } = Recipients::parse(row.text("emergency_contacts"));
    for refused in refused {
        row.remark("emergency_contacts", refused.to_string());
    }
    addresses.into_iter().map(String::from).collect()
}

/// A direct number is shown to responders, so it has to be one that a carrier takes.
fn direct_number(
    row: &mut Row<'_>,
    country: Option<Country>,
    organisation: Organisation,
) -> Option<E164> {
    let number: E164 = row.given("direct_number")?;
    if matches!(country, Some(Country::Us | Country::Pr))
        && let Err(error) = UsNumber::valid(&number, organisation.is_sample())
    {
        row.refuse("direct_number", error.to_string());
    }
    Some(number)
}
