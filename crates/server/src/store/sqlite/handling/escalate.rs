use async_trait::async_trait;
use emergency::{CallPolicy, EmergencyCall, escalation::Standing};
use jiff::{SignedDuration, Timestamp};

use super::{
    super::{
        StoreError, Tx, Write, agents,
        call_rows::{self, KeptCall, ReadCall},
        calls::agent_of,
        notices::{self, PassedOn},
    },
    look_at, next_look,
};
use crate::{
    config::Escalation,
    record::Kind,
    store::{Agent, CallRef, Escalated, NotifyPolicy, WATCHERS, record::Entry, told},
};

/// How many calls one job looks at: what is left is done at once after it.
const AT_ONCE: i64 = 64;
/// When a call that cannot be passed on now is looked at again.
const LATER: SignedDuration = SignedDuration::from_secs(30);

/// Passes on what is due.
pub(super) struct Escalate {
    pub(super) now: Timestamp,
    pub(super) escalation: Escalation,
    pub(super) notify: NotifyPolicy,
    pub(super) policy: CallPolicy,
}

#[async_trait]
impl Write for Escalate {
    type Output = Escalated;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Escalated, StoreError> {
        let mut people = Vec::new();
        for role in WATCHERS {
            people.extend(agents::agents_with_role(tx.connection, role).await?);
        }
        let mut calls = 0;
        for (reference, read) in call_rows::to_look_at(tx, self.now, AT_ONCE).await? {
            execute(tx, "SAVEPOINT passed_on").await?;
            let recorded = tx.leaves.count();
            match self.look(tx, &people, &reference, read).await {
                Ok(None) => {}
                Ok(Some(tier)) => {
                    calls += 1;
                    let entry = Entry::new(Kind::Escalated, self.now).call(&reference);
                    tx.record(entry.count("tier", i64::from(tier))).await;
                }
                Err(fault) => {
                    execute(tx, "ROLLBACK TO passed_on").await?;
                    tx.leaves.back_to(recorded);
                    tracing::error!(
                        alarm = true,
                        call.reference = %reference,
                        store.fault = %fault,
                        "a call that nobody handles cannot be passed on; it is tried again"
                    );
                    self.later(tx, &reference).await?;
                }
            }
            execute(tx, "RELEASE passed_on").await?;
        }
        let next = next_look(tx.connection).await?;
        Ok(Escalated { calls, next })
    }
}

impl Escalate {
    /// Looks at one call. Says up to which tier it was passed on, if it was.
    async fn look(
        &self,
        tx: &mut Tx<'_>,
        people: &[Agent],
        reference: &CallRef,
        read: Option<ReadCall>,
    ) -> Result<Option<u32>, StoreError> {
        let kept = match read {
            Some(ReadCall::Kept(kept)) => *kept,
            // It is dropped when its time has come.
            Some(ReadCall::Lost { .. }) => {
                look_at(tx, reference, None).await?;
                return Ok(None);
            }
            None => {
                self.later(tx, reference).await?;
                return Ok(None);
            }
        };
        let call = &kept.call;
        let gone = call.state.at(self.now, &self.policy) == EmergencyCall::Gone;
        // A drill stays with those who are told first.
        let unwanted = call.drill.is_some() || (call.test && !self.escalation.test_calls);
        let started = call.started_at().filter(|_| !gone && !unwanted);
        let Some(started) = started else {
            look_at(tx, reference, None).await?;
            return Ok(None);
        };
        let caller = agent_of(tx, call).await?;
        let standing = self.escalation.timetable.standing(
            started,
            &told(people, caller.as_ref()),
            &call.handling.until(self.now),
            self.now,
        );
        let (tier, next) = match standing {
            Standing::Settled { .. } => (0, None),
            Standing::Waiting { tier, next } => (u32::try_from(tier).unwrap_or(u32::MAX), next),
        };
        let further = tier > call.handling.tier;
        if further {
            self.pass_on(tx, kept, caller.as_ref(), (started, tier))
                .await?;
        }
        look_at(tx, reference, next).await?;
        Ok(further.then_some(tier))
    }

    /// Tells everybody up to a tier who was not told before.
    async fn pass_on(
        &self,
        tx: &mut Tx<'_>,
        mut kept: KeptCall,
        agent: Option<&Agent>,
        (started, tier): (Timestamp, u32),
    ) -> Result<(), StoreError> {
        let before = std::mem::replace(&mut kept.call.handling.tier, tier);
        call_rows::keep(tx, &kept, &self.policy).await?;
        let waited = self.now.duration_since(started).as_secs();
        let passed_on = PassedOn {
            tiers: before + 1..=tier,
            unhandled_seconds: u32::try_from(waited).unwrap_or(u32::MAX),
        };
        notices::pass_on(tx, (&kept, agent), (self.notify, self.now), passed_on).await?;
        metrics::counter!("whereabouts_escalations_total", "tier" => tier.to_string()).increment(1);
        tracing::warn!(
            call.reference = %kept.call.reference,
            call.tier = tier,
            call.unhandled_seconds = waited,
            "nobody has said that they are handling a call; the next people are told"
        );
        Ok(())
    }

    async fn later(&self, tx: &mut Tx<'_>, reference: &CallRef) -> Result<(), StoreError> {
        let later = self.now.checked_add(LATER).unwrap_or(Timestamp::MAX);
        look_at(tx, reference, Some(later)).await
    }
}

async fn execute(tx: &mut Tx<'_>, statement: &'static str) -> Result<(), StoreError> {
    sqlx::query(statement).execute(&mut *tx.connection).await?;
    Ok(())
}
