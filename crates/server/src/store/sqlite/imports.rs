use async_trait::async_trait;

use super::{SqliteStore, StoreError, Tx, Write};
use crate::store::{ImportKind, Imports, RowOutcome};

mod agents;
mod contacts;
mod numbers;
mod seats;
mod sites;

#[async_trait]
impl Imports for SqliteStore {
    async fn import(&self, what: ImportKind, dry_run: bool) -> Result<Vec<RowOutcome>, StoreError> {
        self.write(Import { what, dry_run }).await
    }

    async fn mark_sample(&self) -> Result<(), StoreError> {
        self.write(MarkSample).await
    }
}

struct Import {
    what: ImportKind,
    dry_run: bool,
}

#[async_trait]
impl Write for Import {
    type Output = Vec<RowOutcome>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<RowOutcome>, StoreError> {
        if self.dry_run {
            sqlx::query("SAVEPOINT dry_run")
                .execute(&mut *tx.connection)
                .await?;
        }
        let mut outcomes = Vec::new();
        match &self.what {
            ImportKind::Agents(records) => {
                for record in records {
                    outcomes.push(agents::import(tx, record).await?);
                }
            }
            ImportKind::Contacts(records) => {
                for record in records {
                    outcomes.push(contacts::import(tx, record).await?);
                }
            }
            ImportKind::ContactsToRemove(records) => {
                for record in records {
                    outcomes.push(contacts::remove(tx, record).await?);
                }
            }
            ImportKind::FloorPlans(plans) => {
                for plan in plans {
                    outcomes.push(seats::import_plan(tx, plan).await?);
                }
            }
            ImportKind::Numbers(records) => {
                let sample = super::sample(tx.connection).await?;
                for record in records {
                    outcomes.push(numbers::import(tx, record, sample).await?);
                }
            }
            ImportKind::Seats(records) => {
                for record in records {
                    outcomes.push(seats::import(tx, record).await?);
                }
            }
            ImportKind::Sites(records) => {
                for record in records {
                    outcomes.push(sites::import(tx, record).await?);
                }
            }
        }
        if self.dry_run {
            tx.forget_told();
            for statement in ["ROLLBACK TO dry_run", "RELEASE dry_run"] {
                sqlx::query(statement).execute(&mut *tx.connection).await?;
            }
        }
        Ok(outcomes)
    }
}

struct MarkSample;

#[async_trait]
impl Write for MarkSample {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO meta (name, value) VALUES ('sample', 'yes') ON CONFLICT (name) DO NOTHING",
        )
        .execute(&mut *tx.connection)
        .await?;
        Ok(())
    }
}

/// Whether a site is known.
async fn is_site(tx: &mut Tx<'_>, site: &str) -> Result<bool, StoreError> {
    let found: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM site WHERE site_id = $1")
        .bind(site)
        .fetch_one(&mut *tx.connection)
        .await?;
    Ok(found > 0)
}

fn unknown_site(column: &'static str, site: &str) -> RowOutcome {
    RowOutcome::Refused {
        column,
        reason: format!("there is no site {site}; import its sites first"),
    }
}

/// What an upsert did: `before` is whether the row was there and the same.
fn outcome(before: Option<bool>) -> RowOutcome {
    match before {
        None => RowOutcome::Added,
        Some(false) => RowOutcome::Changed,
        Some(true) => RowOutcome::Unchanged,
    }
}
