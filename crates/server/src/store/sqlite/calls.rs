use async_trait::async_trait;
use emergency::{CallEvent, CallKey, CallPolicy, E164, EmergencyCall};
use jiff::Timestamp;

use super::{
    SqliteStore, StoreError, Tx, Write,
    call_rows::{self, KeptCall, ReadCall},
    callbacks, drills, ends, handling, leases,
    notices::{self, Queued},
    record_calls, settle, sites, snapshot,
};
use crate::store::{
    Agent, Call, CallAgent, CallbackCaller, CallbackNumber, CallbackRoute, Calls, Claim, EndCall,
    Ended, Handling, JournaledCall, KnownAgent, LocationSnapshot, NotifyPolicy, OpenCall, Opened,
    Over, Settled,
    callback_choice::{Candidates, country_of_call, fallback_number, site_of_call},
};

#[async_trait]
impl Calls for SqliteStore {
    async fn open_call(&self, open: OpenCall, claim: Claim) -> Result<Opened, StoreError> {
        // Counted beside the writer: a test may wait for it, and a real call behind the test may not.
        let test_beside = if open.test && open.drill.is_none() {
            Some(self.agents_who_may_call(&open).await?)
        } else {
            None
        };
        self.writer.write(Open { open, test_beside }, claim).await
    }

    async fn end_call(&self, end: EndCall) -> Result<Ended, StoreError> {
        self.write(end).await
    }

    async fn end_open(
        &self,
        which: Over,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<Vec<Call>, StoreError> {
        self.write(ends::EndOpen { which, at, policy }).await
    }

    async fn calls(&self) -> Result<Vec<Call>, StoreError> {
        let mut reader = self.reader().await?;
        self.opened
            .known_calls(&mut reader, &self.keys, &self.call_keys)
            .await
    }

    async fn callback_rings(&self, caller: CallbackCaller) -> Result<CallbackRoute, StoreError> {
        self.write(caller).await
    }

    async fn callback_route(
        &self,
        number: &E164,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<CallbackRoute, StoreError> {
        let mut reader = self.telephony_reader().await?;
        let kept =
            call_rows::read_by_number(&mut reader, &self.keys, &self.call_keys, number).await?;
        let calls: Vec<Call> = kept.into_iter().map(|kept| kept.call).collect();
        callbacks::route(&mut reader, number, &calls, at, &policy).await
    }

    async fn callback_over(
        &self,
        key: &CallKey,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<Option<Call>, StoreError> {
        self.write(callbacks::CallbackOver {
            key: key.clone(),
            at,
            policy,
        })
        .await
    }

    async fn settle_calls(
        &self,
        now: Timestamp,
        policy: CallPolicy,
    ) -> Result<Settled, StoreError> {
        self.write(settle::Settle { now, policy }).await
    }

    async fn replay_call(
        &self,
        journaled: JournaledCall,
        at: Timestamp,
        policy: CallPolicy,
        notify: NotifyPolicy,
    ) -> Result<Call, StoreError> {
        self.write(Replay {
            journaled,
            at,
            policy,
            notify,
        })
        .await
    }
}

impl SqliteStore {
    /// How many agents may yet make a real call beside this test.
    async fn agents_who_may_call(&self, open: &OpenCall) -> Result<usize, StoreError> {
        let mut reader = self.telephony_reader().await?;
        let known = match &open.said_agent {
            Some(said) => snapshot::known_by_name(&mut reader, &self.keys, said).await?,
            None => None,
        };
        let agent = known.as_ref().map(|known| &known.agent);
        let location = open.location(known.as_ref());
        let country = country_of_call(&location, agent, open.country);
        let loans = leases::read(&mut reader, &self.keys, None, open.at).await?;
        leases::agents_who_may_call(
            &mut reader,
            &self.keys,
            &loans,
            (agent.map(|agent| &agent.id), country),
            (&open.policy.validity, open.at),
        )
        .await
    }
}

/// Opens a call. What it reads does not grow with the number of calls, ends and agents there are.
struct Open {
    open: OpenCall,
    /// For a test: how many agents may yet make a real call.
    test_beside: Option<usize>,
}

#[async_trait]
impl Write for Open {
    type Output = Opened;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Opened, StoreError> {
        let (open, policy) = (&self.open, &self.open.policy.call);
        let known = match &open.said_agent {
            Some(said) => snapshot::known_by_name(tx.connection, tx.keys, said).await?,
            None => None,
        };
        let agent = known.as_ref().map(|known| &known.agent.id);
        let mut is_again = false;
        match call_rows::read_repeated(tx, &open.key, agent, open.test).await? {
            Some(ReadCall::Kept(kept)) => {
                if kept.call.is_asked_again(agent, open.test, open.at, policy) {
                    return Ok(Opened {
                        call: kept.call,
                        agent: known.map(|known| known.agent),
                        repeated: true,
                    });
                }
                is_again = true;
            }
            Some(ReadCall::Lost { reference, key_id }) => {
                settle::forget_lost(tx, &reference, key_id).await?;
            }
            None => {}
        }
        let state = ends::started(tx, &open.key, open.at, policy).await?;
        let mut call = self.answer(tx, known.as_ref(), state).await?;
        if is_again || call_rows::is_named(tx, &open.key).await? {
            call = call.named_again();
        }
        let kept = KeptCall {
            call,
            callback_key: None,
            key_id: tx.take_call_key(),
        };
        call_rows::keep(tx, &kept, policy).await?;
        record_calls::opened(tx, &kept.call).await;
        record_calls::changed(tx, &EmergencyCall::started(open.at), &kept.call).await;
        if kept.call.drill.is_some() {
            drills::opened(tx, &kept.call, open.at).await?;
        }
        let queued = Queued {
            kept: &kept,
            agent: known.as_ref().map(|known| &known.agent),
            policy: open.policy.notify,
            at: open.at,
            may_be_told: false,
        };
        notices::queue(tx, queued).await?;
        Ok(Opened {
            call: kept.call,
            agent: known.map(|known| known.agent),
            repeated: false,
        })
    }
}

impl OpenCall {
    fn location(&self, known: Option<&KnownAgent>) -> LocationSnapshot {
        known.map_or_else(
            || LocationSnapshot::nothing_known(false),
            |known| LocationSnapshot::of(known, &self.policy.validity, self.at),
        )
    }
}

impl Open {
    /// The call as it is answered: the location now, and a number.
    async fn answer(
        &self,
        tx: &mut Tx<'_>,
        known: Option<&KnownAgent>,
        state: EmergencyCall,
    ) -> Result<Call, StoreError> {
        let open = &self.open;
        let location = open.location(known);
        let agent = known.map(|known| &known.agent);
        let country = country_of_call(&location, agent, open.country);
        let caller = agent.map(|agent| (&agent.id, &agent.username));
        let loans = leases::read(tx.connection, tx.keys, caller, open.at).await?;
        let sites = sites::all_sites(tx.connection).await?;
        let near = known
            .into_iter()
            .flat_map(|known| known.seat_site.iter().chain(&known.default_site));
        let candidates = Candidates {
            order: open.policy.callback,
            country,
            agent,
            fallback: fallback_number(near, &sites, country),
            pool: &loans.pool,
            platform: open.platform.as_deref(),
            site: site_of_call(&location, agent),
            test_beside: self.test_beside,
            sample: super::sample(tx.connection).await?,
        };
        Ok(Call {
            reference: open.reference.clone(),
            key: open.key.clone(),
            named: None,
            agent: agent.map(|agent| CallAgent {
                id: agent.id.clone(),
                username: agent.username.clone(),
            }),
            dialled: open.dialled.clone(),
            test: open.test,
            country,
            state,
            // Nobody will call a drill back.
            callback_number: open
                .drill
                .is_none()
                .then(|| candidates.choose(open.at))
                .flatten(),
            location,
            handling: Handling::default(),
            drill: open.drill.clone(),
            shown_at: None,
            test_result: None,
        })
    }
}

struct Replay {
    journaled: JournaledCall,
    at: Timestamp,
    policy: CallPolicy,
    notify: NotifyPolicy,
}

#[async_trait]
impl Write for Replay {
    type Output = Call;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Call, StoreError> {
        let answered = self.with_agent(tx).await?;
        let started_at = match answered.state {
            EmergencyCall::Open { started_at, .. } | EmergencyCall::Ended { started_at, .. } => {
                started_at
            }
            EmergencyCall::EndReported { .. } | EmergencyCall::Gone => return Ok(answered),
        };
        let before = self.before(tx, &answered, started_at).await?;
        let known = before
            .as_ref()
            .map_or_else(Handling::default, |kept| kept.call.handling.clone());
        // What people were told, or are just being told.
        let told = before
            .as_ref()
            .map(|kept| kept.call.callback_number.clone());
        let state_before = before.as_ref().map(|kept| kept.call.state);
        let kept = match before {
            Some(kept) => {
                // The store had got further than the answer said. What was answered counts.
                let state = self.with_end_of(&kept.call.state, &answered.state);
                let mut handling = kept.call.handling.clone();
                let more = handling.merge(&answered.handling);
                let callback_number = answered_number(&kept.call, &answered);
                let same_number = kept.call.callback_number == callback_number;
                if same_number && state == kept.call.state && !more {
                    return Ok(kept.call);
                }
                KeptCall {
                    call: Call {
                        callback_number,
                        state,
                        handling,
                        ..kept.call.clone()
                    },
                    ..kept
                }
            }
            None => {
                let named = answered.named_key();
                let state = ends::started(tx, &named, started_at, &self.policy).await?;
                let mut call = Call {
                    state: self.with_end_of(&state, &answered.state),
                    ..answered
                };
                if call.named.is_none() && call_rows::is_named(tx, &named).await? {
                    call = call.named_again();
                }
                KeptCall {
                    call,
                    callback_key: None,
                    key_id: tx.take_call_key(),
                }
            }
        };
        if kept.call.state == EmergencyCall::Gone {
            return Ok(kept.call);
        }
        call_rows::keep(tx, &kept, &self.policy).await?;
        if state_before.is_none() || told != Some(kept.call.callback_number.clone()) {
            record_calls::opened(tx, &kept.call).await;
        }
        let state_before = state_before.unwrap_or(EmergencyCall::started(started_at));
        record_calls::changed(tx, &state_before, &kept.call).await;
        for by in &kept.call.handling.acknowledged {
            if !known.is_by(&by.id) {
                handling::record(tx, &kept.call, by).await;
            }
        }
        if told != Some(kept.call.callback_number.clone()) {
            let agent = agent_of(tx, &kept.call).await?;
            let queued = Queued {
                kept: &kept,
                agent: agent.as_ref(),
                policy: self.notify,
                at: self.at,
                may_be_told: told.is_some(),
            };
            notices::queue(tx, queued).await?;
        }
        Ok(kept.call)
    }
}

/// The number that the 911 centre has. An answer that had to go out while the store was still opening this very
/// call counts more than what the store then wrote. When the platform asked again for a call that the store
/// had answered, the first answer counts: its number is lent, and a second one is not.
fn answered_number(kept: &Call, answered: &Call) -> Option<CallbackNumber> {
    if kept.reference == answered.reference {
        return answered.callback_number.clone();
    }
    let first = kept.callback_number.clone();
    first.or_else(|| answered.callback_number.clone())
}

impl Replay {
    /// What the store has of the call that was answered: the same, replayed before or ended since, or the
    /// one that was being opened when the answer had to go out.
    async fn before(
        &self,
        tx: &mut Tx<'_>,
        answered: &Call,
        started_at: Timestamp,
    ) -> Result<Option<KeptCall>, StoreError> {
        if let Some(kept) =
            call_rows::read_by_reference(tx.connection, tx.keys, tx.call_keys, &answered.reference)
                .await?
        {
            return Ok(Some(kept));
        }
        let agent = answered.agent.as_ref().map(|agent| &agent.id);
        match call_rows::read_repeated(tx, &answered.named_key(), agent, answered.test).await? {
            Some(ReadCall::Kept(kept))
                if kept
                    .call
                    .is_asked_again(agent, answered.test, started_at, &self.policy) =>
            {
                Ok(Some(*kept))
            }
            Some(ReadCall::Lost { reference, key_id }) => {
                settle::forget_lost(tx, &reference, key_id).await?;
                Ok(None)
            }
            Some(ReadCall::Kept(_)) | None => Ok(None),
        }
    }

    /// A state, and the end that the journal knows of.
    fn with_end_of(&self, state: &EmergencyCall, answered: &EmergencyCall) -> EmergencyCall {
        match answered {
            EmergencyCall::Ended {
                ended_at, ended_by, ..
            } => state.apply(CallEvent::Ended(*ended_by), *ended_at, &self.policy),
            EmergencyCall::EndReported { .. }
            | EmergencyCall::Gone
            | EmergencyCall::Open { .. } => *state,
        }
    }

    /// The journaled call, with its agent when only the store knows who that is.
    async fn with_agent(&self, tx: &mut Tx<'_>) -> Result<Call, StoreError> {
        let mut call = self.journaled.call.clone();
        if call.agent.is_none()
            && let Some(said) = &self.journaled.said_agent
            && let Some(agent) = super::agents::find_agent(tx.connection, said).await?
        {
            call.agent = Some(CallAgent {
                id: agent.id,
                username: agent.username,
            });
        }
        Ok(call)
    }
}

pub(super) fn with_state(kept: &KeptCall, state: EmergencyCall) -> KeptCall {
    KeptCall {
        call: Call {
            state,
            ..kept.call.clone()
        },
        ..kept.clone()
    }
}

pub(super) async fn agent_of(tx: &mut Tx<'_>, call: &Call) -> Result<Option<Agent>, StoreError> {
    match &call.agent {
        Some(agent) => {
            let known = super::standing::known_agent(tx.connection, tx.keys, &agent.id).await?;
            Ok(known.map(|(known, _)| known.agent))
        }
        None => Ok(None),
    }
}
