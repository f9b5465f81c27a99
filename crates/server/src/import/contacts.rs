use emergency::notification::Recipients;
use platforms::webhook::HookUrl;

use super::{
    Parsed,
    table::{Column, Row, optional, read, required},
};
use crate::store::{ContactRecord, ContactScope, Recipient};

const COLUMNS: &[Column] = &[
    required("scope"),
    optional("id"),
    optional("email"),
    optional("webhook"),
    optional("tier"),
];

/// The last tier that can be named: more than any organisation has.
const LAST_TIER: u32 = 9;

/// Reads contacts. An address that nobody can be told at is reported, and costs the others of its row
/// nothing.
#[must_use]
pub fn contacts(bytes: &[u8]) -> Parsed<ContactRecord> {
    let key = |record: &ContactRecord| {
        // As JSON: what prints hides the addresses, and two people of one host are two contacts.
        let recipients = serde_json::to_string(&record.recipients).unwrap_or_default();
        ("scope", format!("{} {recipients}", record.scope))
    };
    read(bytes, COLUMNS, key, |row| {
        let scope = scope(row);
        let tier = tier(row);
        let mut recipients = mail(row, "email");
        recipients.extend(hooks(row));
        if recipients.is_empty() && row.text("email").is_empty() && row.text("webhook").is_empty() {
            row.refuse("email", "a contact has an e-mail address or a web hook");
        }
        if recipients.is_empty() {
            return None;
        }
        Some(ContactRecord {
            scope: scope?,
            recipients,
            tier: tier?,
        })
    })
}

/// How soon they are told: with the call where nothing stands.
fn tier(row: &mut Row<'_>) -> Option<u32> {
    let written = match row.text("tier").trim() {
        "" => "0",
        written => written,
    };
    let tier = written.parse().ok().filter(|tier| *tier <= LAST_TIER);
    if tier.is_none() {
        row.refuse(
            "tier",
            "a tier is 0 (told with the call), or 1 to 9 (told when nobody says that they are \
             handling it)",
        );
    }
    tier
}

fn scope(row: &mut Row<'_>) -> Option<ContactScope> {
    match row.text("scope").to_ascii_lowercase().as_str() {
        "organisation" | "organization" => {
            if !row.text("id").is_empty() {
                row.refuse("id", "the organisation has no id; leave it empty");
            }
            Some(ContactScope::Organisation)
        }
        "site" => row.needed("id").map(ContactScope::Site),
        "team" => Some(ContactScope::Team(row.needed_text("id"))),
        "agent" => row.needed("id").map(ContactScope::Agent),
        _ => {
            row.refuse(
                "scope",
                "there is no such scope; use organisation, site, team or agent",
            );
            None
        }
    }
}

/// The mailboxes of a list separated by semicolons; the others are reported one by one.
fn mail(row: &mut Row<'_>, column: &'static str) -> Vec<Recipient> {
    let Recipients { addresses, refused } = Recipients::parse(row.text(column));
    for refused in refused {
        row.remark(column, refused.to_string());
    }
    addresses.into_iter().map(Recipient::Mail).collect()
}

fn hooks(row: &mut Row<'_>) -> Vec<Recipient> {
    let mut hooks = Vec::new();
    let parts = row.text("webhook").split(';').map(str::trim);
    for (part, position) in parts.filter(|part| !part.is_empty()).zip(1..) {
        match part.parse::<HookUrl>() {
            Ok(url) => hooks.push(Recipient::Hook(url)),
            Err(error) => row.remark(
                "webhook",
                format!("address {position} of the list: {error}"),
            ),
        }
    }
    hooks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_as_people_write_them() {
        let parsed = contacts(
            b"scope,id,email,webhook\n\
              organisation,,desk@example.com;911@example.com,\n\
              Site,SEA,wardens@example.com; bad@; second@example.com,https://hooks.example.com/x\n\
              team,Customer Care,,http://plain.example.com\n\
              agent,maria.chen,,\n\
              agent,,a@example.com,\n\
              planet,earth,a@example.com,\n\
              organisation,SEA,a@example.com,\n\
              organisation,,911@example.com,\n\
              organisation,,911@example.com,\n",
        );
        let rows = parsed.rows.iter().map(|(line, record)| {
            assert_eq!(record.tier, 0, "told with the call");
            format!("{line}: {} {:?}", record.scope, record.recipients)
        });
        let problems = parsed.problems.iter().map(ToString::to_string);
        insta::assert_snapshot!(rows.chain(problems).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_tier_says_how_soon() {
        let parsed = contacts(
            b"tier,scope,email\n\
              ,organisation,desk@example.com\n\
              0,organisation,guard@example.com\n\
              1 ,organisation,boss@example.com\n\
              10,organisation,chief@example.com\n\
              -1,organisation,chief@example.com\n\
              soon,organisation,chief@example.com\n",
        );
        let tiers: Vec<u32> = parsed.rows.iter().map(|(_, record)| record.tier).collect();
        assert_eq!(tiers, [0, 0, 1]);
        let problems: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(problems.join("\n"), @"
        line 5, column tier: a tier is 0 (told with the call), or 1 to 9 (told when nobody says that they are handling it)
        line 6, column tier: a tier is 0 (told with the call), or 1 to 9 (told when nobody says that they are handling it)
        line 7, column tier: a tier is 0 (told with the call), or 1 to 9 (told when nobody says that they are handling it)
        ");
    }
}
