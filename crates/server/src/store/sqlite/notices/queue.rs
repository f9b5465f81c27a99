use std::{collections::BTreeMap, ops::RangeInclusive};

use emergency::notification::{MailAddress, Recipients};
use jiff::Timestamp;

use super::{
    super::{
        StoreError, Tx,
        call_rows::KeptCall,
        record_calls,
        words::{to_json, to_ms},
    },
    binding,
};
use crate::store::{
    Agent, Call, Change, KeptCaller, NoticeContent, NoticeId, NotifyPolicy, Recipient, contact_key,
};

/// A call of which people are to be told.
#[derive(Clone, Copy)]
pub(in super::super) struct Queued<'a> {
    pub(in super::super) kept: &'a KeptCall,
    /// The agent, when we know them.
    pub(in super::super) agent: Option<&'a Agent>,
    pub(in super::super) policy: NotifyPolicy,
    pub(in super::super) at: Timestamp,
    /// Whether people may have been told of it before, otherwise than it was answered.
    pub(in super::super) may_be_told: bool,
}

/// Queues the notices of a call, in the transaction that keeps the call. Whatever goes wrong is undone
/// and shouted, and keeps no call from being opened.
pub(in super::super) async fn queue(tx: &mut Tx<'_>, queued: Queued<'_>) -> Result<(), StoreError> {
    execute(tx, "SAVEPOINT notices").await?;
    let done = queued.run(tx).await;
    if let Err(fault) = &done {
        execute(tx, "ROLLBACK TO notices").await?;
        metrics::counter!("whereabouts_notice_faults_total").increment(1);
        tracing::error!(
            alarm = true,
            call.reference = %queued.kept.call.reference,
            store.fault = %fault,
            "nobody is told of an emergency call, because its notices cannot be queued"
        );
    }
    execute(tx, "RELEASE notices").await?;
    if let Ok(count @ 1..) = done {
        tracing::debug!(call.reference = %queued.kept.call.reference, count, "notices are queued");
        record_calls::queued(tx, &queued.kept.call, queued.at, count).await;
        tx.tell(Change::NoticesWaiting);
    }
    Ok(())
}

/// Which tiers are told now, and after how long.
pub(in super::super) struct PassedOn {
    pub(in super::super) tiers: RangeInclusive<u32>,
    pub(in super::super) unhandled_seconds: u32,
}

/// Queues the notices of further tiers of a call, in the transaction that notes that they are told. Who
/// was told before is not told again.
pub(in super::super) async fn pass_on(
    tx: &mut Tx<'_>,
    (kept, agent): (&KeptCall, Option<&Agent>),
    (policy, at): (NotifyPolicy, Timestamp),
    passed_on: PassedOn,
) -> Result<(), StoreError> {
    let queued = Queued {
        kept,
        agent,
        policy,
        at,
        may_be_told: true,
    };
    let edition: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(edition), 1) FROM notice WHERE call_ref = $1")
            .bind(kept.call.reference.as_str())
            .fetch_one(&mut *tx.connection)
            .await?;
    let mut any = false;
    for (recipient, tier) in queued.recipients(tx).await? {
        if passed_on.tiers.contains(&tier) {
            let unhandled_seconds = Some(passed_on.unhandled_seconds);
            let notice = (recipient, tier, edition);
            queued.insert(tx, notice, unhandled_seconds).await?;
            any = true;
        }
    }
    if any {
        tx.tell(Change::NoticesWaiting);
    }
    Ok(())
}

impl Queued<'_> {
    /// Says how many were queued.
    async fn run(&self, tx: &mut Tx<'_>) -> Result<u32, StoreError> {
        let call = &self.kept.call;
        // A drill is to show that people are told.
        if call.test && call.drill.is_none() && !self.policy.test_calls {
            return Ok(0);
        }
        let mut recipients = self.recipients(tx).await?;
        recipients.retain(|_, tier| *tier <= self.kept.call.handling.tier);
        if recipients.is_empty() {
            metrics::counter!("whereabouts_calls_nobody_is_told_of_total").increment(1);
            tracing::error!(
                alarm = true,
                call.reference = %call.reference,
                call.drill = call.drill.is_some(),
                call.test = call.test,
                "nobody is told of a call: import contacts"
            );
        }
        let edition = if self.may_be_told {
            self.take_back(tx).await? + 1
        } else {
            1
        };
        let mut count = 0;
        for (recipient, tier) in recipients {
            self.insert(tx, (recipient, tier, edition), None).await?;
            count += 1;
        }
        Ok(count)
    }

    /// Takes back what was not said yet or is on its way, because the call was answered otherwise. Gives
    /// the last edition there was.
    async fn take_back(&self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        let reference = self.kept.call.reference.as_str();
        let before: Option<i64> =
            sqlx::query_scalar("SELECT MAX(edition) FROM notice WHERE call_ref = $1")
                .bind(reference)
                .fetch_one(&mut *tx.connection)
                .await?;
        sqlx::query("DELETE FROM notice WHERE call_ref = $1 AND state = 'waiting'")
            .bind(reference)
            .execute(&mut *tx.connection)
            .await?;
        Ok(before.unwrap_or(0))
    }

    async fn insert(
        &self,
        tx: &mut Tx<'_>,
        (recipient, tier, edition): (Recipient, u32, i64),
        unhandled_seconds: Option<u32>,
    ) -> Result<(), StoreError> {
        let Ok(key) = tx.call_keys.find(&self.kept.key_id) else {
            return Err(StoreError::Corrupt { table: "call" });
        };
        let id = NoticeId::random();
        let channel = recipient.channel();
        let digest = tx.keys.digest("recipient", &to_json(&recipient)).to_hex();
        let content = NoticeContent {
            recipient,
            caller: self.agent.map(|agent| KeptCaller {
                username: agent.username.to_string(),
                display_name: agent.display_name.clone(),
                team: agent.team.clone(),
            }),
            unhandled_seconds,
        };
        sqlx::query(
            "INSERT INTO notice (notice_id, call_ref, channel, tier, edition, recipient_digest, \
             content_sealed, state, attempts, made_at, next_at) \
             VALUES ($1, $2, $3, $8, $4, $5, $6, 'waiting', 0, $7, $7) ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(self.kept.call.reference.as_str())
        .bind(channel.as_str())
        .bind(edition)
        .bind(digest)
        .bind(key.seal(&binding(&id), to_json(&content).as_bytes()))
        .bind(to_ms(self.at))
        .bind(i64::from(tier))
        .execute(&mut *tx.connection)
        .await?;
        Ok(())
    }

    /// Everybody who is told, each once with the first tier they are in: the agent's own contacts, and
    /// those of the site the call is made at, of the team, and of the organisation.
    async fn recipients(&self, tx: &mut Tx<'_>) -> Result<BTreeMap<Recipient, u32>, StoreError> {
        let call = &self.kept.call;
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT channel, address, tier FROM contact WHERE scope = 'organisation' \
             OR (scope = 'site' AND scope_key = $1) OR (scope = 'team' AND scope_key = $2) \
             OR (scope = 'agent' AND scope_key = $3)",
        )
        .bind(
            call.location
                .site
                .as_ref()
                .map(|site| contact_key(site.as_str())),
        )
        .bind(self.agent.map(|agent| contact_key(&agent.team)))
        .bind(self.agent.map(|agent| contact_key(agent.username.as_str())))
        .fetch_all(&mut *tx.connection)
        .await?;
        let mut recipients: BTreeMap<Recipient, u32> = self
            .own()
            .map(|address| (Recipient::Mail(address), 0))
            .collect();
        for (channel, address, tier) in rows {
            match super::super::contacts::recipient(&channel, &address) {
                Ok(recipient) => {
                    let tier = u32::try_from(tier).unwrap_or(0);
                    let first = recipients.entry(recipient).or_insert(tier);
                    *first = tier.min(*first);
                }
                Err(_) => skipped(call),
            }
        }
        if self.policy.organisation_hook {
            recipients.insert(Recipient::OrganisationHook, 0);
        }
        if self.policy.platform_task {
            recipients.insert(Recipient::PlatformTask, 0);
        }
        Ok(recipients)
    }

    /// The agent's own contacts.
    fn own(&self) -> impl Iterator<Item = MailAddress> + use<> {
        let contacts = self.agent.map(|agent| {
            let parts = agent.emergency_contacts.iter().map(String::as_str);
            Recipients::of(parts)
        });
        let Recipients { addresses, refused } = contacts.unwrap_or_default();
        for _ in refused {
            skipped(&self.kept.call);
        }
        addresses.into_iter()
    }
}

fn skipped(call: &Call) {
    tracing::warn!(
        call.reference = %call.reference,
        "a contact that nobody can be told at is passed over: import the contacts again"
    );
}

async fn execute(tx: &mut Tx<'_>, statement: &'static str) -> Result<(), StoreError> {
    sqlx::query(statement).execute(&mut *tx.connection).await?;
    Ok(())
}
