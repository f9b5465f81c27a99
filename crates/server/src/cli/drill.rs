//! `drill`: the whole path of an emergency, tried without dialling.

use std::{sync::Arc, time::Duration};

use anyhow::bail;
use api::drill::{DrillReport, StartDrill};
use tokio::time::{Instant, interval};

use super::{Ended, ReportFormat, console::Console};
use crate::{
    clock::Clock,
    store::{DrillId, DrillKept, PlanDrill, Store, drilled},
    view,
};

/// How long the command waits for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// How often it looks how far the drill has come.
    pub(super) every: Duration,
    /// How soon a server that runs begins.
    pub(super) begins: Duration,
    /// How long all of it takes, at most, however many agents there are.
    pub(super) whole: Duration,
}

/// What a server that runs keeps to.
pub(super) const PATIENCE: Patience = Patience {
    every: Duration::from_millis(500),
    begins: Duration::from_secs(15),
    whole: Duration::from_secs(240),
};

/// How a drill ended: 1 when a banner or a notice is missing.
#[derive(Debug, thiserror::Error)]
#[error("a banner or a notice is missing")]
struct Missing;

/// Plans a drill in the store, waits for the server that serves from it to run it, and prints the report.
pub(super) async fn run(
    asked: &StartDrill,
    format: ReportFormat,
    patience: Patience,
    clock: Arc<dyn Clock>,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<Ended> {
    let now = clock.now();
    let agents = drilled(store, asked, now).await?;
    let plan = PlanDrill {
        drill: DrillId::random(),
        agents: agents.iter().map(|agent| agent.id.clone()).collect(),
        by: None,
        at: now,
    };
    if !store.plan_drill(plan.clone()).await? {
        bail!("a drill is running; it ends by itself within a few minutes, wait until then");
    }
    let count = agents.len();
    let s = if count == 1 { "" } else { "s" };
    console.remark(&format!(
        "A drill for {count} agent{s}. Nobody is called; whoever would be told is told that it is a drill."
    ))?;
    let kept = wait(&plan.drill, patience, &*clock, store, console).await?;
    let report = view::drill(kept);
    match format {
        ReportFormat::Csv => console.out.write_all(&view::drill_csv(&report)?)?,
        ReportFormat::Json => console.say(&serde_json::to_string_pretty(&report)?)?,
    }
    if is_whole(&report) {
        Ok(Ended::Done)
    } else {
        Err(Missing.into())
    }
}

async fn wait(
    drill: &DrillId,
    patience: Patience,
    clock: &dyn Clock,
    store: &dyn Store,
    console: &mut Console<'_>,
) -> anyhow::Result<DrillKept> {
    let began = Instant::now();
    let mut ticks = interval(patience.every);
    let mut said = String::new();
    loop {
        ticks.tick().await;
        let Some(kept) = store.drill(drill).await? else {
            bail!("the drill is gone from the store");
        };
        let progress = progress(&kept);
        if progress != said {
            console.remark(&progress)?;
            said = progress;
        }
        if kept.ended_at.is_some() {
            return Ok(kept);
        }
        let begun = kept
            .agents
            .iter()
            .any(|agent| agent.over || agent.answer_ms.is_some());
        if !begun
            && began.elapsed() > patience.begins
            && store.give_drill_up(drill, clock.now()).await?
        {
            bail!("nothing was done: no server is serving from this store");
        }
        if began.elapsed() > patience.whole {
            bail!("the server that ran the drill has stopped; it ends the drill at its next start");
        }
    }
}

fn progress(kept: &DrillKept) -> String {
    let of = kept.agents.len();
    let count = |is: fn(&crate::store::DrilledAgent) -> bool| {
        kept.agents.iter().filter(|agent| is(agent)).count()
    };
    format!(
        "answered {}/{of}, banner {}/{of}, notified {}/{of}, acknowledged {}/{of}",
        count(|agent| agent.answer_ms.is_some()),
        count(|agent| agent.banner_ms.is_some()),
        count(|agent| agent.notified_ms.is_some()),
        count(|agent| agent.acknowledged_ms.is_some()),
    )
}

/// Whether every agent saw a banner, and somebody was told of each.
fn is_whole(report: &DrillReport) -> bool {
    let mut rows = report.rows.iter();
    !report.rows.is_empty() && rows.all(|row| row.banner_ms.is_some() && row.notified_ms.is_some())
}
