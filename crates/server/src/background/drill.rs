use api::drill::DrillOutcome;
use tracing::{info, warn};

use crate::{
    http::App,
    store::{Absence, AgentId, DrillId, DrillNote, StoreError},
};

/// Runs drills that somebody planned, here or on the command line: opens their calls one after the other, so
/// that no real call waits behind them, and ends what is due.
#[derive(Debug)]
pub struct Driller {
    app: App,
    /// What an earlier process left behind was ended.
    begun: bool,
    absence: Absence,
}

impl Driller {
    /// One that has done nothing yet.
    #[must_use]
    pub const fn new(app: App) -> Self {
        Self {
            app,
            begun: false,
            absence: Absence::of("drills"),
        }
    }

    /// Does what is due now.
    pub async fn drill(&mut self) {
        let (now, policy) = (self.app.clock.now(), self.app.policy.calls());
        let stepped = self.app.store.step_drills(now, !self.begun, policy).await;
        let step = match stepped {
            Ok(step) => step,
            Err(fault) => return self.absence.began(&fault),
        };
        self.absence.over();
        self.begun = true;
        for (drill, agent) in step.waiting {
            if let Err(fault) = self.open(&drill, &agent).await {
                warn!(store.fault = %fault, "the call of a drill was not opened");
                let missed = DrillNote::Missed(DrillOutcome::NotOpened);
                if let Err(fault) = self.note(&drill, &agent, missed).await {
                    warn!(store.fault = %fault, "how a drill went waits for the store");
                }
            }
        }
    }

    async fn open(&self, drill: &DrillId, id: &AgentId) -> Result<(), StoreError> {
        let Some(agent) = self.app.store.agent(id).await? else {
            return Ok(());
        };
        let calls = self.app.calls(self.app.clock.now()).await?;
        let in_call = calls.iter().any(|call| {
            let theirs = call.agent.as_ref().is_some_and(|of| of.id == *id);
            theirs && call.drill.is_none() && call.state.is_open()
        });
        if in_call {
            let missed = DrillNote::Missed(DrillOutcome::InCall);
            return self.note(drill, id, missed).await;
        }
        let online = self.app.hub.is_online(id);
        let (call, took) = self.app.telephony.take_drill(drill, &agent).await?;
        info!(call = %call.reference, "the call of a drill was opened; nobody was called");
        let answered = DrillNote::Answered {
            online,
            answer_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        };
        self.note(drill, id, answered).await
    }

    async fn note(
        &self,
        drill: &DrillId,
        agent: &AgentId,
        note: DrillNote,
    ) -> Result<(), StoreError> {
        let now = self.app.clock.now();
        self.app.store.note_drill(drill, agent, now, note).await
    }
}
