use api::drill::DrillOutcome;
use async_trait::async_trait;
use emergency::CallPolicy;
use jiff::{SignedDuration, Timestamp};
use location::Status;

use super::{AgentId, Call, StoreError, opaque_id::opaque_id};

opaque_id! {
    /// Names a drill.
    DrillId "dr"
}

/// How long the call of a drill is open, at most.
pub const DRILL_LASTS: SignedDuration = SignedDuration::from_secs(120);

/// A drill is to be run.
#[derive(Clone, Debug)]
pub struct PlanDrill {
    /// Its name.
    pub drill: DrillId,
    /// Whom it reaches.
    pub agents: Vec<AgentId>,
    /// Who wants it; `None` for the command line.
    pub by: Option<AgentId>,
    /// Now.
    pub at: Timestamp,
}

/// A drill as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct DrillKept {
    /// Its name.
    pub drill: DrillId,
    /// When it was planned.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Whom it reached, by username.
    pub agents: Vec<DrilledAgent>,
}

/// How a drill went for one agent. Times are milliseconds since the call was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct DrilledAgent {
    /// The username.
    pub username: String,
    /// What colleagues call the agent.
    pub display_name: String,
    /// Whether the agent's app was connected.
    pub online: Option<bool>,
    /// Until the answer.
    pub answer_ms: Option<u64>,
    /// Until the banner was on the screen.
    pub banner_ms: Option<u64>,
    /// Until the first notice was accepted.
    pub notified_ms: Option<u64>,
    /// Until somebody said that they are handling it.
    pub acknowledged_ms: Option<u64>,
    /// The age of the location.
    pub location_status: Option<Status>,
    /// Whether it is over for this agent.
    pub over: bool,
    /// What the times do not say.
    pub outcome: Option<DrillOutcome>,
}

/// What is known of a drill beside its call.
#[derive(Clone, Copy, Debug)]
pub enum DrillNote {
    /// The call was answered.
    Answered {
        /// Whether the agent's app was connected.
        online: bool,
        /// How long the answer took, in milliseconds.
        answer_ms: u64,
    },
    /// No call was opened.
    Missed(DrillOutcome),
}

/// Where the drill that runs stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrillStep {
    /// Calls that are to be opened.
    pub waiting: Vec<(DrillId, AgentId)>,
}

/// Drills.
#[async_trait]
pub trait Drills: Send + Sync {
    /// Plans a drill. `false` when one runs already: there is one at a time.
    async fn plan_drill(&self, plan: PlanDrill) -> Result<bool, StoreError>;

    /// Does what is due: ends what is complete, too old or outranked by a real call, and says which calls
    /// are to be opened. With `ends` everything that runs ends, because the server that ran it is gone.
    async fn step_drills(
        &self,
        now: Timestamp,
        ends: bool,
        policy: CallPolicy,
    ) -> Result<DrillStep, StoreError>;

    /// Notes something about an agent of a drill.
    async fn note_drill(
        &self,
        drill: &DrillId,
        agent: &AgentId,
        at: Timestamp,
        note: DrillNote,
    ) -> Result<(), StoreError>;

    /// Gives a drill up that nobody has begun. `false` when it has begun or is over.
    async fn give_drill_up(&self, drill: &DrillId, at: Timestamp) -> Result<bool, StoreError>;

    /// One drill.
    async fn drill(&self, drill: &DrillId) -> Result<Option<DrillKept>, StoreError>;

    /// The last drills, the newest first.
    async fn drills(&self, limit: usize) -> Result<Vec<DrillKept>, StoreError>;
}

/// Banners on the screens of agents.
#[async_trait]
pub trait Banners: Send + Sync {
    /// The app of an agent says that its banner of a call, by `reference` or `call_id`, is on the screen.
    /// The first time stands. Gives the call and whether this was the first; `None` when the agent has no
    /// such call.
    async fn banner_shown(
        &self,
        agent: &AgentId,
        name: &str,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<Option<(Call, bool)>, StoreError>;
}
