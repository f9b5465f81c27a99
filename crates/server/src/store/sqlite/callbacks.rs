use api::agent::Role;
use async_trait::async_trait;
use emergency::{
    CallEvent, CallKey, CallPolicy, E164, EmergencyCall,
    callback::{Decision, NumberKind, decide},
    lease::Lease,
};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

use super::{
    StoreError, Tx, Write,
    agents::{agents_with_role, find_agent},
    call_rows::{self, KeptCall},
    calls::with_state,
    ends, settle,
};
use crate::store::{Call, CallbackCaller, CallbackRoute, callback_choice::leases_of};

/// Says where a callback goes. Changes nothing.
pub(super) async fn route(
    connection: &mut SqliteConnection,
    number: &E164,
    calls: &[Call],
    at: Timestamp,
    policy: &CallPolicy,
) -> Result<CallbackRoute, StoreError> {
    let (kind, platform) = kind_of(connection, number).await?;
    let leases: Vec<Lease> = leases_of(number, calls, at, policy).collect();
    let decision = decide(kind, &leases, at);
    let agent = match &decision {
        Decision::Agent { agent, .. } => find_agent(connection, agent.as_str()).await?,
        // The first desk that can be reached; if none can, the first desk.
        Decision::SecurityDesk => {
            let desks = agents_with_role(connection, Role::Security).await?;
            let reachable = desks
                .iter()
                .position(|desk| desk.contact(platform.as_deref()).is_some());
            desks.into_iter().nth(reachable.unwrap_or(0))
        }
        Decision::Unknown => None,
    };
    Ok(CallbackRoute {
        contact: agent
            .as_ref()
            .and_then(|agent| agent.contact(platform.as_deref())),
        decision,
        agent,
    })
}

/// Whose a number is, and on which platform it rings.
async fn kind_of(
    connection: &mut SqliteConnection,
    number: &E164,
) -> Result<(NumberKind, Option<String>), StoreError> {
    let pool: Option<String> = sqlx::query_scalar("SELECT platform FROM number WHERE number = $1")
        .bind(number.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(platform) = pool {
        return Ok((NumberKind::Pool, Some(platform)));
    }
    let direct: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM agent WHERE direct_number = $1")
        .bind(number.as_str())
        .fetch_one(&mut *connection)
        .await?;
    if direct > 0 {
        return Ok((NumberKind::Direct, None));
    }
    let fallback: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM site WHERE fallback_number = $1")
        .bind(number.as_str())
        .fetch_one(&mut *connection)
        .await?;
    let kind = if fallback > 0 {
        NumberKind::Fallback
    } else {
        NumberKind::Foreign
    };
    Ok((kind, None))
}

#[async_trait]
impl Write for CallbackCaller {
    type Output = CallbackRoute;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<CallbackRoute, StoreError> {
        let showing =
            call_rows::read_by_number(tx.connection, tx.keys, tx.call_keys, &self.number).await?;
        let live: Vec<KeptCall> = showing
            .into_iter()
            .filter(|kept| kept.call.state.at(self.at, &self.policy) != EmergencyCall::Gone)
            .collect();
        let calls: Vec<Call> = live.iter().map(|kept| kept.call.clone()).collect();
        let route = route(tx.connection, &self.number, &calls, self.at, &self.policy).await?;
        if let Some(key) = &self.key
            && ends::is_callback_over(tx, key, self.at).await?
        {
            return Ok(route);
        }
        let rings = |call: &Call| {
            let shows = call
                .callback_number
                .as_ref()
                .is_some_and(|shown| shown.number == self.number);
            let whose = call.agent.as_ref().map(|agent| &agent.username);
            shows
                && match &route.decision {
                    Decision::Agent { agent, .. } => whose == Some(agent),
                    // Nobody's banner may ring for somebody else's call.
                    Decision::SecurityDesk => whose.is_none(),
                    Decision::Unknown => false,
                }
        };
        let real = calls.iter().any(|call| !call.test && rings(call));
        for kept in &live {
            if !rings(&kept.call) || (real && kept.call.test) {
                continue;
            }
            let event = CallEvent::CallbackRinging;
            let mut ringing = with_state(kept, kept.call.state.apply(event, self.at, &self.policy));
            if self.key.is_some() {
                ringing.callback_key.clone_from(&self.key);
            }
            call_rows::keep(tx, &ringing, &self.policy).await?;
        }
        Ok(route)
    }
}

pub(super) struct CallbackOver {
    pub(super) key: CallKey,
    pub(super) at: Timestamp,
    pub(super) policy: CallPolicy,
}

#[async_trait]
impl Write for CallbackOver {
    type Output = Option<Call>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<Call>, StoreError> {
        ends::callback_ended(tx, &self.key, self.at).await?;
        let rang =
            call_rows::read_by_callback(tx.connection, tx.keys, tx.call_keys, &self.key).await?;
        let mut over = None;
        for kept in rang {
            let event = CallEvent::CallbackEnded;
            let state = kept.call.state.apply(event, self.at, &self.policy);
            if state == EmergencyCall::Gone {
                settle::destroy(tx, &kept, self.at, &self.policy).await?;
                continue;
            }
            let quiet = with_state(&kept, state);
            if state != kept.call.state {
                call_rows::keep(tx, &quiet, &self.policy).await?;
            }
            over = Some(quiet.call);
        }
        Ok(over)
    }
}
