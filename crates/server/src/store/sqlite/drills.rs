//! Drills, and the banners of every call.

use api::drill::DrillOutcome;
use async_trait::async_trait;
use emergency::{CallPolicy, EmergencyCall};
use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::SqliteConnection;

use super::{
    SqliteStore, StoreError, Tx, Write, call_rows, settle,
    words::{from_ms, from_ms_opt, from_word, to_ms, to_word},
};
use crate::{
    record::Kind,
    store::{
        AgentId, Banners, Call, CallRef, DRILL_LASTS, DrillId, DrillKept, DrillNote, DrillStep,
        DrilledAgent, Drills, Entry, PlanDrill,
    },
};

const TABLE: &str = "drill_agent";
/// What waited for so long is not opened any more: the people who wanted to see it have gone.
const WAITS: SignedDuration = SignedDuration::from_secs(30);

#[async_trait]
impl Drills for SqliteStore {
    async fn plan_drill(&self, plan: PlanDrill) -> Result<bool, StoreError> {
        self.write(plan).await
    }

    async fn step_drills(
        &self,
        now: Timestamp,
        ends: bool,
        policy: CallPolicy,
    ) -> Result<DrillStep, StoreError> {
        let running: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM drill WHERE ended_at IS NULL LIMIT 1")
                .fetch_optional(&mut *self.reader().await?)
                .await?;
        // Mostly nothing runs, and then nothing is committed.
        if running.is_none() {
            return Ok(DrillStep::default());
        }
        self.write(Step { now, ends, policy }).await
    }

    async fn note_drill(
        &self,
        drill: &DrillId,
        agent: &AgentId,
        at: Timestamp,
        note: DrillNote,
    ) -> Result<(), StoreError> {
        let (drill, agent) = (drill.clone(), agent.clone());
        self.write(Note {
            drill,
            agent,
            at,
            note,
        })
        .await
    }

    async fn give_drill_up(&self, drill: &DrillId, at: Timestamp) -> Result<bool, StoreError> {
        let drill = drill.clone();
        self.write(GiveUp { drill, at }).await
    }

    async fn drill(&self, drill: &DrillId) -> Result<Option<DrillKept>, StoreError> {
        let mut reader = self.reader().await?;
        let row: Option<(String, i64, Option<i64>)> =
            sqlx::query_as("SELECT drill_id, started_at, ended_at FROM drill WHERE drill_id = $1")
                .bind(drill.as_str())
                .fetch_optional(&mut *reader)
                .await?;
        match row {
            Some(row) => Ok(Some(kept(&mut reader, row).await?)),
            None => Ok(None),
        }
    }

    async fn drills(&self, limit: usize) -> Result<Vec<DrillKept>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(String, i64, Option<i64>)> = sqlx::query_as(
            "SELECT drill_id, started_at, ended_at FROM drill ORDER BY started_at DESC LIMIT $1",
        )
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&mut *reader)
        .await?;
        let mut drills = Vec::with_capacity(rows.len());
        for row in rows {
            drills.push(kept(&mut reader, row).await?);
        }
        Ok(drills)
    }
}

#[async_trait]
impl Banners for SqliteStore {
    async fn banner_shown(
        &self,
        agent: &AgentId,
        name: &str,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<Option<(Call, bool)>, StoreError> {
        self.write(Shown {
            agent: agent.clone(),
            name: name.to_owned(),
            at,
            policy,
        })
        .await
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    username: String,
    display_name: String,
    state: String,
    online: Option<i64>,
    answer_ms: Option<i64>,
    banner_ms: Option<i64>,
    notified_ms: Option<i64>,
    acknowledged_ms: Option<i64>,
    location_status: Option<String>,
    outcome: Option<String>,
}

async fn kept(
    connection: &mut SqliteConnection,
    (drill, started_at, ended_at): (String, i64, Option<i64>),
) -> Result<DrillKept, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT a.username, a.display_name, d.state, d.online, d.answer_ms, d.banner_ms, \
         d.notified_ms, d.acknowledged_ms, d.location_status, d.outcome \
         FROM drill_agent d JOIN agent a ON a.agent_id = d.agent_id \
         WHERE d.drill_id = $1 ORDER BY a.username",
    )
    .bind(&drill)
    .fetch_all(connection)
    .await?;
    let ms = |ms: Option<i64>| ms.map(i64::unsigned_abs);
    let agents = rows.into_iter().map(|row| {
        let status = row.location_status.as_deref();
        let outcome = row.outcome.as_deref();
        Ok(DrilledAgent {
            username: row.username,
            display_name: row.display_name,
            online: row.online.map(|online| online != 0),
            answer_ms: ms(row.answer_ms),
            banner_ms: ms(row.banner_ms),
            notified_ms: ms(row.notified_ms),
            acknowledged_ms: ms(row.acknowledged_ms),
            location_status: status.map(|word| from_word(TABLE, word)).transpose()?,
            over: row.state == "over",
            outcome: outcome.map(|word| from_word(TABLE, word)).transpose()?,
        })
    });
    Ok(DrillKept {
        drill: DrillId::from_stored(drill),
        started_at: from_ms("drill", started_at)?,
        ended_at: from_ms_opt("drill", ended_at)?,
        agents: agents.collect::<Result<_, StoreError>>()?,
    })
}

#[async_trait]
impl Write for PlanDrill {
    type Output = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let planned = sqlx::query(
            "INSERT INTO drill (drill_id, started_at) SELECT $1, $2 \
             WHERE NOT EXISTS (SELECT 1 FROM drill WHERE ended_at IS NULL)",
        )
        .bind(self.drill.as_str())
        .bind(to_ms(self.at))
        .execute(&mut *tx.connection)
        .await?;
        if planned.rows_affected() == 0 {
            return Ok(false);
        }
        for agent in &self.agents {
            sqlx::query(
                "INSERT INTO drill_agent (drill_id, agent_id) \
                 SELECT $1, agent_id FROM agent WHERE agent_id = $2 ON CONFLICT DO NOTHING",
            )
            .bind(self.drill.as_str())
            .bind(agent.as_str())
            .execute(&mut *tx.connection)
            .await?;
        }
        let agents = i64::try_from(self.agents.len()).unwrap_or(i64::MAX);
        let entry = Entry::new(Kind::Drilled, self.at)
            .word("step", "planned")
            .count("agents", agents);
        let entry = match &self.by {
            Some(by) => entry.by(by),
            None => entry,
        };
        tx.record(entry).await;
        Ok(true)
    }
}

struct Step {
    now: Timestamp,
    ends: bool,
    policy: CallPolicy,
}

#[async_trait]
impl Write for Step {
    type Output = DrillStep;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<DrillStep, StoreError> {
        let rows: Vec<(String, String, String, Option<String>, i64)> = sqlx::query_as(
            "SELECT d.drill_id, a.agent_id, a.state, a.call_ref, d.started_at FROM drill d \
             JOIN drill_agent a ON a.drill_id = d.drill_id \
             WHERE d.ended_at IS NULL AND a.state <> 'over' ORDER BY a.rowid",
        )
        .fetch_all(&mut *tx.connection)
        .await?;
        let complete = self.is_complete(tx).await?;
        let mut step = DrillStep::default();
        for (drill, agent, state, call, started_at) in rows {
            let (drill, agent) = (DrillId::from_stored(drill), AgentId::from_stored(agent));
            let started_at = from_ms("drill", started_at)?;
            let age = self.now.duration_since(started_at);
            if state == "waiting" {
                // A clock that was put back makes an age below zero.
                if self.ends || age > WAITS || age < -WAITS {
                    let outcome = if self.ends {
                        DrillOutcome::Interrupted
                    } else {
                        DrillOutcome::NotOpened
                    };
                    missed(tx, (&drill, &agent), self.now, outcome).await?;
                } else {
                    step.waiting.push((drill, agent));
                }
                continue;
            }
            let outcome = if self.ends {
                Some(DrillOutcome::Interrupted)
            } else if in_call(tx, &agent, &self.policy, self.now).await? {
                Some(DrillOutcome::InCall)
            } else {
                None
            };
            let late = age > WAITS + DRILL_LASTS || age < -WAITS;
            if outcome.is_some() || complete || late {
                let call = call.map(CallRef::from_stored);
                self.end(tx, (&drill, &agent), call, outcome).await?;
            }
        }
        finish(tx, self.now).await?;
        Ok(step)
    }
}

impl Step {
    /// Whether every agent has a banner, somebody handles each call, and no notice is on its way.
    async fn is_complete(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let missing: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM drill d JOIN drill_agent a ON a.drill_id = d.drill_id \
             WHERE d.ended_at IS NULL AND a.state <> 'over' AND (a.state = 'waiting' \
             OR a.answer_ms IS NULL OR a.banner_ms IS NULL OR a.acknowledged_ms IS NULL \
             OR EXISTS (SELECT 1 FROM notice n \
             WHERE n.call_ref = a.call_ref AND n.state = 'waiting')) LIMIT 1",
        )
        .fetch_optional(&mut *tx.connection)
        .await?;
        Ok(missing.is_none())
    }

    /// Ends the call of one agent.
    async fn end(
        &self,
        tx: &mut Tx<'_>,
        (drill, agent): (&DrillId, &AgentId),
        call: Option<CallRef>,
        outcome: Option<DrillOutcome>,
    ) -> Result<(), StoreError> {
        if let Some(outcome) = outcome {
            sqlx::query(
                "UPDATE drill_agent SET outcome = $3 WHERE drill_id = $1 AND agent_id = $2",
            )
            .bind(drill.as_str())
            .bind(agent.as_str())
            .bind(to_word(&outcome))
            .execute(&mut *tx.connection)
            .await?;
        }
        let kept = match &call {
            Some(call) => {
                call_rows::read_by_reference(tx.connection, tx.keys, tx.call_keys, call).await?
            }
            None => None,
        };
        match kept {
            Some(kept) => settle::destroy(tx, &kept, self.now, &self.policy).await,
            // The call was dropped, or cannot be read: its row goes in its own time.
            None => close(tx, (drill, agent), self.now).await,
        }
    }
}

/// Whether an agent is in a call that is no drill.
async fn in_call(
    tx: &mut Tx<'_>,
    agent: &AgentId,
    policy: &CallPolicy,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let calls = call_rows::read_open_of(tx, agent).await?;
    Ok(calls
        .iter()
        .any(|kept| kept.call.drill.is_none() && kept.call.state.at(now, policy).is_open()))
}

struct Note {
    drill: DrillId,
    agent: AgentId,
    at: Timestamp,
    note: DrillNote,
}

#[async_trait]
impl Write for Note {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        match self.note {
            DrillNote::Answered { online, answer_ms } => {
                sqlx::query(
                    "UPDATE drill_agent SET online = $3, answer_ms = $4 \
                     WHERE drill_id = $1 AND agent_id = $2",
                )
                .bind(self.drill.as_str())
                .bind(self.agent.as_str())
                .bind(i64::from(online))
                .bind(i64::try_from(answer_ms).unwrap_or(i64::MAX))
                .execute(&mut *tx.connection)
                .await?;
            }
            DrillNote::Missed(outcome) => {
                missed(tx, (&self.drill, &self.agent), self.at, outcome).await?;
                finish(tx, self.at).await?;
            }
        }
        Ok(())
    }
}

struct GiveUp {
    drill: DrillId,
    at: Timestamp,
}

#[async_trait]
impl Write for GiveUp {
    type Output = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let given_up = sqlx::query(
            "DELETE FROM drill WHERE drill_id = $1 AND ended_at IS NULL AND NOT EXISTS \
             (SELECT 1 FROM drill_agent WHERE drill_id = $1 AND state <> 'waiting')",
        )
        .bind(self.drill.as_str())
        .execute(&mut *tx.connection)
        .await?;
        let given_up = given_up.rows_affected() > 0;
        if given_up {
            tx.record(Entry::new(Kind::Drilled, self.at).word("step", "given_up"))
                .await;
        }
        Ok(given_up)
    }
}

struct Shown {
    agent: AgentId,
    name: String,
    at: Timestamp,
    policy: CallPolicy,
}

#[async_trait]
impl Write for Shown {
    type Output = Option<(Call, bool)>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<(Call, bool)>, StoreError> {
        let calls = call_rows::calls_of(tx.connection, tx.keys, tx.call_keys, &self.agent).await?;
        let by_call_id = |call: &&Call| {
            call.key.call_id.as_str() == self.name || call.named_key().call_id.as_str() == self.name
        };
        let found = calls
            .iter()
            .find(|call| call.reference.as_str() == self.name)
            .or_else(|| calls.iter().find(by_call_id));
        let Some(call) = found else { return Ok(None) };
        if call.state.at(self.at, &call.policy(&self.policy)) == EmergencyCall::Gone {
            return Ok(None);
        }
        if call.shown_at.is_some() {
            return Ok(Some((call.clone(), false)));
        }
        let reference = &call.reference;
        let kept =
            call_rows::read_by_reference(tx.connection, tx.keys, tx.call_keys, reference).await?;
        let Some(mut kept) = kept else {
            return Ok(None);
        };
        kept.call.shown_at = Some(self.at);
        call_rows::keep(tx, &kept, &self.policy).await?;
        since_opened(tx, reference, "banner_ms", self.at).await?;
        Ok(Some((kept.call, true)))
    }
}

/// The call of a drill was opened.
pub(super) async fn opened(tx: &mut Tx<'_>, call: &Call, at: Timestamp) -> Result<(), StoreError> {
    let (Some(drill), Some(agent)) = (&call.drill, &call.agent) else {
        return Ok(());
    };
    sqlx::query(
        "UPDATE drill_agent SET state = 'open', call_ref = $3, opened_at = $4, \
         location_status = $5 WHERE drill_id = $1 AND agent_id = $2 AND state = 'waiting'",
    )
    .bind(drill.as_str())
    .bind(agent.id.as_str())
    .bind(call.reference.as_str())
    .bind(to_ms(at))
    .bind(to_word(&call.location.status))
    .execute(&mut *tx.connection)
    .await?;
    Ok(())
}

/// A notice of a call was accepted. Does nothing for a call that is no drill.
pub(super) async fn notified(
    tx: &mut Tx<'_>,
    call: &CallRef,
    at: Timestamp,
) -> Result<(), StoreError> {
    since_opened(tx, call, "notified_ms", at).await
}

/// Somebody handles a call. Does nothing for a call that is no drill.
pub(super) async fn acknowledged(
    tx: &mut Tx<'_>,
    call: &Call,
    at: Timestamp,
) -> Result<(), StoreError> {
    if call.drill.is_none() {
        return Ok(());
    }
    since_opened(tx, &call.reference, "acknowledged_ms", at).await
}

/// The other calls of the drill to which a call belongs: who handles one handles the drill.
pub(super) async fn others(tx: &mut Tx<'_>, call: &Call) -> Result<Vec<CallRef>, StoreError> {
    let Some(drill) = &call.drill else {
        return Ok(Vec::new());
    };
    let others: Vec<String> = sqlx::query_scalar(
        "SELECT call_ref FROM drill_agent WHERE drill_id = $1 AND call_ref <> $2",
    )
    .bind(drill.as_str())
    .bind(call.reference.as_str())
    .fetch_all(&mut *tx.connection)
    .await?;
    Ok(others.into_iter().map(CallRef::from_stored).collect())
}

/// Notes how long it took, once. Moments are kept to the millisecond, and a clock may be put back.
async fn since_opened(
    tx: &mut Tx<'_>,
    call: &CallRef,
    stage: &'static str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let statement = match stage {
        "acknowledged_ms" => {
            "UPDATE drill_agent SET acknowledged_ms = MAX($2 - opened_at, 0) \
             WHERE call_ref = $1 AND acknowledged_ms IS NULL"
        }
        "banner_ms" => {
            "UPDATE drill_agent SET banner_ms = MAX($2 - opened_at, 0) \
             WHERE call_ref = $1 AND banner_ms IS NULL"
        }
        _ => {
            "UPDATE drill_agent SET notified_ms = MAX($2 - opened_at, 0) \
             WHERE call_ref = $1 AND notified_ms IS NULL"
        }
    };
    sqlx::query(statement)
        .bind(call.as_str())
        .bind(to_ms(at))
        .execute(&mut *tx.connection)
        .await?;
    Ok(())
}

/// The call of a drill is about to be destroyed.
pub(super) async fn over(tx: &mut Tx<'_>, call: &Call, at: Timestamp) -> Result<(), StoreError> {
    let (Some(drill), Some(agent)) = (&call.drill, &call.agent) else {
        return Ok(());
    };
    close(tx, (drill, &agent.id), at).await?;
    finish(tx, at).await
}

async fn missed(
    tx: &mut Tx<'_>,
    (drill, agent): (&DrillId, &AgentId),
    at: Timestamp,
    outcome: DrillOutcome,
) -> Result<(), StoreError> {
    let waited = sqlx::query(
        "UPDATE drill_agent SET outcome = $3 \
         WHERE drill_id = $1 AND agent_id = $2 AND state = 'waiting'",
    )
    .bind(drill.as_str())
    .bind(agent.as_str())
    .bind(to_word(&outcome))
    .execute(&mut *tx.connection)
    .await?;
    if waited.rows_affected() > 0 {
        close(tx, (drill, agent), at).await?;
    }
    Ok(())
}

/// It is over for one agent, for good.
async fn close(
    tx: &mut Tx<'_>,
    (drill, agent): (&DrillId, &AgentId),
    at: Timestamp,
) -> Result<(), StoreError> {
    let closed: Option<(Option<i64>, Option<i64>, Option<i64>)> = sqlx::query_as(
        "UPDATE drill_agent SET state = 'over', call_ref = NULL \
         WHERE drill_id = $1 AND agent_id = $2 AND state <> 'over' \
         RETURNING banner_ms, notified_ms, acknowledged_ms",
    )
    .bind(drill.as_str())
    .bind(agent.as_str())
    .fetch_optional(&mut *tx.connection)
    .await?;
    if let Some((banner, notified, acknowledged)) = closed {
        let mut entry = Entry::new(Kind::Drilled, at).of(agent).word("step", "over");
        for (stage, ms) in [
            ("banner_ms", banner),
            ("notified_ms", notified),
            ("acknowledged_ms", acknowledged),
        ] {
            if let Some(ms) = ms {
                entry = entry.count(stage, ms);
            }
        }
        tx.record(entry).await;
    }
    Ok(())
}

/// Ends a drill that is over for everybody.
async fn finish(tx: &mut Tx<'_>, at: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE drill SET ended_at = $1 WHERE ended_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM drill_agent a WHERE a.drill_id = drill.drill_id AND a.state <> 'over')",
    )
    .bind(to_ms(at))
    .execute(&mut *tx.connection)
    .await?;
    Ok(())
}
