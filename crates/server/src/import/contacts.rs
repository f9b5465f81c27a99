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
];

/// Reads contacts. An address that nobody can be told at is reported, and costs the others of its row
/// nothing.
#[must_use]
pub fn contacts(bytes: &[u8]) -> Parsed<ContactRecord> {
    let key = |record: &ContactRecord| {
        let recipients = format!("{:?}", record.recipients);
        ("scope", format!("{} {recipients}", record.scope))
    };
    read(bytes, COLUMNS, key, |row| {
        let scope = scope(row);
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
        })
    })
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
        let rows = parsed
            .rows
            .iter()
            .map(|(line, record)| format!("{line}: {} {:?}", record.scope, record.recipients));
        let problems = parsed.problems.iter().map(ToString::to_string);
        insta::assert_snapshot!(rows.chain(problems).collect::<Vec<_>>().join("\n"));
    }
}
