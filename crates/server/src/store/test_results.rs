use api::test_call::Heard;
use async_trait::async_trait;
use emergency::{CallId, CallPolicy};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AgentId, Call, StoreError};

/// What an agent heard when a test call read back what was sent. Kept with the call, sealed under its key,
/// and gone with it; the compliance record keeps the outcome.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
pub struct TestResult {
    /// What they heard.
    pub heard: Heard,
    /// What was different, in their words.
    pub note: Option<String>,
    /// When they said so.
    pub at: Timestamp,
}

impl std::fmt::Debug for TestResult {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("TestResult");
        shown.field("heard", &self.heard).field("at", &self.at);
        shown.finish_non_exhaustive()
    }
}

/// Which call a result was about.
#[derive(Clone, Debug, PartialEq)]
pub enum ResultNoted {
    /// A test call, as it is now.
    Call(Box<Call>),
    /// A real emergency call, which has no such result.
    NotATest,
    /// None of this agent that is still known.
    Unknown,
}

/// Results of test calls.
#[async_trait]
pub trait TestResults: Send + Sync {
    /// Notes what an agent heard on their newest call of this name. Said again, the later word counts.
    async fn note_test_result(
        &self,
        agent: &AgentId,
        call_id: &CallId,
        result: TestResult,
        policy: CallPolicy,
    ) -> Result<ResultNoted, StoreError>;
}
