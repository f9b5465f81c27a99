use super::super::{StoreError, Tx};
use crate::store::{ContactRecord, ContactScope, Recipient, RowOutcome, contact_key};

/// Takes the contacts of one scope. Those that are there stay.
pub(super) async fn import(
    tx: &mut Tx<'_>,
    record: &ContactRecord,
) -> Result<RowOutcome, StoreError> {
    if let Some(refused) = unknown_scope(tx, &record.scope).await? {
        return Ok(refused);
    }
    let (scope, key) = (record.scope.word(), record.scope.key());
    let (mut added, mut changed) = (0, 0);
    for recipient in &record.recipients {
        let before: Option<i64> = sqlx::query_scalar(
            "SELECT tier FROM contact WHERE scope = $1 AND scope_key = $2 AND channel = $3 \
             AND address = $4",
        )
        .bind(scope)
        .bind(&key)
        .bind(recipient.channel().as_str())
        .bind(address(recipient))
        .fetch_optional(&mut *tx.connection)
        .await?;
        let tier = i64::from(record.tier);
        match before {
            Some(same) if same == tier => continue,
            Some(_) => changed += 1,
            None => added += 1,
        }
        sqlx::query(
            "INSERT INTO contact (scope, scope_key, channel, address, tier) \
             VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (scope, scope_key, channel, address) DO UPDATE SET tier = $5",
        )
        .bind(scope)
        .bind(&key)
        .bind(recipient.channel().as_str())
        .bind(address(recipient))
        .bind(tier)
        .execute(&mut *tx.connection)
        .await?;
    }
    Ok(if added + changed == 0 {
        RowOutcome::Unchanged
    } else if added == record.recipients.len() {
        RowOutcome::Added
    } else {
        RowOutcome::Changed
    })
}

/// Takes the contacts of one scope away.
pub(super) async fn remove(
    tx: &mut Tx<'_>,
    record: &ContactRecord,
) -> Result<RowOutcome, StoreError> {
    let mut removed = 0;
    for recipient in &record.recipients {
        let deleted = sqlx::query(
            "DELETE FROM contact WHERE scope = $1 AND scope_key = $2 AND channel = $3 \
             AND address = $4",
        )
        .bind(record.scope.word())
        .bind(record.scope.key())
        .bind(recipient.channel().as_str())
        .bind(address(recipient))
        .execute(&mut *tx.connection)
        .await?;
        removed += deleted.rows_affected();
    }
    Ok(if removed == 0 {
        RowOutcome::Unchanged
    } else {
        RowOutcome::Changed
    })
}

/// Why nobody ever makes a call in this scope.
async fn unknown_scope(
    tx: &mut Tx<'_>,
    scope: &ContactScope,
) -> Result<Option<RowOutcome>, StoreError> {
    match scope {
        ContactScope::Agent(username) => {
            let found = super::super::agents::find_agent(tx.connection, username.as_str()).await?;
            let is_one = found.is_some_and(|agent| {
                contact_key(agent.username.as_str()) == contact_key(username.as_str())
            });
            Ok((!is_one).then(|| RowOutcome::Refused {
                column: "id",
                reason: format!("there is no agent {username}; import the agents first"),
            }))
        }
        ContactScope::Organisation | ContactScope::Team(_) => Ok(None),
        ContactScope::Site(site) => {
            let known = super::is_site(tx, site.as_str()).await?;
            Ok((!known).then(|| super::unknown_site("id", site.as_str())))
        }
    }
}

fn address(recipient: &Recipient) -> &str {
    match recipient {
        Recipient::Hook(url) => url.as_str(),
        Recipient::Mail(address) => address.as_str(),
        // Nobody writes these down: they are the configuration's.
        Recipient::OrganisationHook | Recipient::PlatformTask => "",
    }
}
