//! Which numbers of the pool are lent now, read from columns: nothing is opened for it.

use std::collections::HashMap;

use emergency::{
    Username,
    lease::{Lease, PoolNumber},
};
use jiff::{SignedDuration, Timestamp};
use location::{Country, freshness::Validity};
use sqlx::sqlite::SqliteConnection;

use super::{
    StoreError, call_rows, numbers,
    words::{from_ms, to_ms},
};
use crate::{
    seal::Keys,
    store::{
        AgentId,
        callback_choice::{lending_country, pool_number},
    },
};

/// For each number that is lent, the loan that counts: a real call's before a test's, then the one that
/// lasts longest. One step down an index for each number, however many calls showed it.
pub(super) const LOANS: &str = "WITH RECURSIVE lent_number (digest) AS ( \
     SELECT MIN(number_digest) FROM call WHERE lent = 1 \
     UNION ALL \
     SELECT (SELECT MIN(number_digest) FROM call WHERE lent = 1 AND number_digest > digest) \
     FROM lent_number WHERE digest IS NOT NULL) \
     SELECT c.number_digest, c.agent_digest, c.test, c.held_until \
     FROM lent_number JOIN call c ON c.rowid = ( \
     SELECT rowid FROM call WHERE lent = 1 AND number_digest = digest AND held_until > $1 \
     ORDER BY test, held_until DESC LIMIT 1)";

#[derive(sqlx::FromRow)]
struct Loan {
    number_digest: String,
    agent_digest: Option<String>,
    test: i64,
    held_until: i64,
}

/// The pool with its leases.
pub(super) struct Loans {
    pub(super) pool: Vec<PoolNumber>,
    /// Who holds a number.
    holders: Vec<String>,
}

/// Reads the pool. Of those who hold a number only `caller` is named: nobody else gets theirs.
pub(super) async fn read(
    connection: &mut SqliteConnection,
    keys: &Keys,
    caller: Option<(&AgentId, &Username)>,
    now: Timestamp,
) -> Result<Loans, StoreError> {
    let rows = numbers::all_numbers(&mut *connection).await?;
    let loans: Vec<Loan> = sqlx::query_as(LOANS)
        .bind(to_ms(now))
        .fetch_all(connection)
        .await?;
    let caller = caller.map(|(id, username)| (call_rows::agent_digest(keys, id), username));
    let mut held = HashMap::with_capacity(loans.len());
    let mut holders = Vec::with_capacity(loans.len());
    for loan in loans {
        let callers = caller
            .as_ref()
            .filter(|(digest, _)| loan.agent_digest.as_ref() == Some(digest));
        let lease = Lease {
            agent: callers.map(|(_, username)| (*username).clone()),
            test: loan.test != 0,
            until: (loan.held_until != i64::MAX)
                .then(|| from_ms("call", loan.held_until))
                .transpose()?,
        };
        held.insert(loan.number_digest, lease);
        holders.extend(loan.agent_digest);
    }
    let pool = rows
        .iter()
        .map(|row| {
            let digest = call_rows::number_digest(keys, &row.number);
            pool_number(row, held.remove(&digest))
        })
        .collect();
    Ok(Loans { pool, holders })
}

/// How many agents of a country are on shift and hold no number: those a test must leave one for. Counts no
/// further than the pool goes.
pub(super) async fn agents_who_may_call(
    connection: &mut SqliteConnection,
    keys: &Keys,
    loans: &Loans,
    (caller, country): (Option<&AgentId>, Country),
    (validity, now): (&Validity, Timestamp),
) -> Result<usize, StoreError> {
    let Validity { seat, home, other } = *validity;
    let since =
        |validity: SignedDuration| to_ms(now.checked_sub(validity).unwrap_or(Timestamp::MIN));
    let limit = loans.pool.len() + loans.holders.len() + 2;
    let on_shift: Vec<String> = sqlx::query_scalar(
        "SELECT s.agent_id FROM standing s JOIN agent a ON a.agent_id = s.agent_id \
         WHERE s.kind = 'declared' AND a.country IN ($4, $5) \
         AND ((s.class = 'seat' AND s.declared_at > $1) \
         OR (s.class = 'home' AND s.declared_at > $2) \
         OR (s.class = 'other' AND s.declared_at > $3)) LIMIT $6",
    )
    .bind(since(seat))
    .bind(since(home))
    .bind(since(other))
    .bind(lending_country(country).to_string())
    .bind(match lending_country(country) {
        Country::Us => Country::Pr.to_string(),
        Country::Ca | Country::Dk | Country::Gb | Country::Pr => country.to_string(),
    })
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    Ok(on_shift
        .into_iter()
        .map(AgentId::from_stored)
        .filter(|agent| {
            caller.is_none_or(|caller| caller != agent)
                && !loans
                    .holders
                    .contains(&call_rows::agent_digest(keys, agent))
        })
        .count())
}
