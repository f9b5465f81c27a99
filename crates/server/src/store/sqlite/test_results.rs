use api::test_call::Heard;
use async_trait::async_trait;
use emergency::{CallId, CallPolicy, EmergencyCall};

use super::{SqliteStore, StoreError, Tx, Write, call_rows, words::to_json};
use crate::{
    record::Kind,
    store::{AgentId, Call, Entry, ResultNoted, TestResult, TestResults},
};

#[async_trait]
impl TestResults for SqliteStore {
    async fn note_test_result(
        &self,
        agent: &AgentId,
        call_id: &CallId,
        result: TestResult,
        policy: CallPolicy,
    ) -> Result<ResultNoted, StoreError> {
        let (agent, call_id) = (agent.clone(), call_id.clone());
        self.write(Note {
            agent,
            call_id,
            result,
            policy,
        })
        .await
    }
}

struct Note {
    agent: AgentId,
    call_id: CallId,
    result: TestResult,
    policy: CallPolicy,
}

#[async_trait]
impl Write for Note {
    type Output = ResultNoted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<ResultNoted, StoreError> {
        let calls = call_rows::calls_of(tx.connection, tx.keys, tx.call_keys, &self.agent).await?;
        let known = |call: &&Call| {
            call.key.call_id == self.call_id
                && call.state.at(self.result.at, &self.policy) != EmergencyCall::Gone
        };
        let Some(call) = calls.iter().filter(known).max_by_key(|call| call.test) else {
            return Ok(ResultNoted::Unknown);
        };
        if !call.test {
            return Ok(ResultNoted::NotATest);
        }
        let kept =
            call_rows::read_by_reference(tx.connection, tx.keys, tx.call_keys, &call.reference);
        let Some(mut kept) = kept.await? else {
            return Ok(ResultNoted::Unknown);
        };
        if kept.call.test_result.as_ref() != Some(&self.result) {
            kept.call.test_result = Some(self.result.clone());
            call_rows::keep(tx, &kept, &self.policy).await?;
            let heard = match self.result.heard {
                Heard::Match => "match",
                Heard::Mismatch => "mismatch",
            };
            let sent = to_json(&kept.call.location.civic_address);
            let entry = Entry::new(Kind::TestCallResult, self.result.at)
                .of(&self.agent)
                .call(&kept.call.reference)
                .word("heard", heard)
                .keyed("sent", sent);
            tx.record(entry).await;
        }
        Ok(ResultNoted::Call(Box::new(kept.call)))
    }
}
