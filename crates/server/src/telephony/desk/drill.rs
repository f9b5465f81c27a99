use std::time::Duration;

use emergency::{CallId, CallKey};
use tokio::time::{Instant, timeout};

use super::Desk;
use crate::{
    store::{Agent, Call, CallRef, Claim, DrillId, OpenCall, StoreError},
    telephony::answer::answer,
};

/// How long the store may take. Nobody is on the phone.
const STORE: Duration = Duration::from_secs(5);
/// In the place of the name of a key. No key is called so, so no platform can name the call.
const KEY: &str = "(drill)";

impl Desk {
    /// Opens the call of a drill, as that of a platform is, and says how long its answer took. What the
    /// store does not take is not written to the journal: a drill is not worth it.
    ///
    /// # Errors
    /// When the store did not open it.
    pub async fn take_drill(
        &self,
        drill: &DrillId,
        agent: &Agent,
    ) -> Result<(Call, Duration), StoreError> {
        let started = Instant::now();
        let name = format!("{drill}.{}", agent.id);
        let call_id: CallId = name.parse().map_err(|_| StoreError::Corrupt {
            table: "drill_agent",
        })?;
        let open = OpenCall {
            reference: CallRef::random(),
            key: CallKey {
                api_key: KEY.to_owned(),
                call_id,
            },
            said_agent: Some(agent.username.to_string()),
            dialled: "drill".to_owned(),
            test: true,
            drill: Some(drill.clone()),
            country: None,
            platform: None,
            at: self.clock.now(),
            policy: self.open_policy(),
        };
        let claim = Claim::new();
        let opening = self.store.open_call(open.clone(), claim.clone());
        let Ok(opened) = timeout(STORE, opening).await else {
            if !claim.abandon() {
                tracing::warn!("the store is late with the call of a drill; it ends by itself");
            }
            return Err(StoreError::Busy);
        };
        let call = opened?.call;
        // As it would go out, so that the time is that of a whole answer.
        let given = answer(&call, call.key.call_id.as_str(), &self.policy, open.at);
        drop(given);
        Ok((call, started.elapsed()))
    }

    /// The app of an agent says that a banner is on the screen. Says whether the agent has such a call.
    ///
    /// # Errors
    /// When the store cannot note it.
    pub async fn banner_shown(
        &self,
        agent: &crate::store::AgentId,
        name: &str,
    ) -> Result<bool, StoreError> {
        let at = self.clock.now();
        let shown = self
            .store
            .banner_shown(agent, name, at, self.calls())
            .await?;
        let Some((call, first)) = shown else {
            return Ok(false);
        };
        if let Some(started) = call.started_at().filter(|_| first) {
            let kind = match (&call.drill, call.test) {
                (Some(_), _) => "drill",
                (None, true) => "test",
                (None, false) => "emergency",
            };
            let after = at.duration_since(started).as_secs_f64().max(0.0);
            metrics::histogram!("whereabouts_banner_seconds", "kind" => kind).record(after);
        }
        Ok(true)
    }
}
