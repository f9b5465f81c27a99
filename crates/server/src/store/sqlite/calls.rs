use async_trait::async_trait;
use emergency::{CallEvent, CallKey, CallPolicy, E164, EmergencyCall, EndedBy};
use jiff::{SignedDuration, Timestamp};
use location::{Country, freshness::Validity};

use super::{
    SqliteStore, StoreError, Tx, Write,
    call_rows::{self, KeptCall, ReadCall},
    callbacks, numbers, settle, sites, snapshot,
    words::to_ms,
};
use crate::store::{
    Agent, AgentId, Call, CallAgent, CallRef, CallbackCaller, CallbackRoute, Calls, Claim, EndCall,
    Ended, JournaledCall, KnownAgent, LocationSnapshot, OpenCall, Opened, Settled,
    callback_choice::{
        Candidates, country_of_call, fallback_number, lending_country, pool_with_leases,
        site_of_call,
    },
};

#[async_trait]
impl Calls for SqliteStore {
    async fn open_call(&self, open: OpenCall, claim: Claim) -> Result<Opened, StoreError> {
        self.writer.write(open, claim).await
    }

    async fn end_call(&self, end: EndCall) -> Result<Ended, StoreError> {
        self.write(end).await
    }

    async fn end_calls_of(
        &self,
        agent: &AgentId,
        at: Timestamp,
        policy: CallPolicy,
    ) -> Result<Vec<Call>, StoreError> {
        self.write(EndCallsOf {
            agent: agent.clone(),
            at,
            policy,
        })
        .await
    }

    async fn calls(&self) -> Result<Vec<Call>, StoreError> {
        let mut reader = self.reader().await?;
        call_rows::known_calls(&mut reader, &self.keys, &self.call_keys).await
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
        let mut reader = self.reader().await?;
        let calls = call_rows::known_calls(&mut reader, &self.keys, &self.call_keys).await?;
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
        policy: CallPolicy,
    ) -> Result<Call, StoreError> {
        self.write(Replay { journaled, policy }).await
    }
}

#[async_trait]
impl Write for OpenCall {
    type Output = Opened;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Opened, StoreError> {
        let policy = &self.policy.call;
        // What is due goes first, so that numbers are free as soon as they may be.
        let (live, _) = settle::settle(tx, self.at, policy).await?;
        let before = live.iter().find(|kept| kept.call.key == self.key);
        if let Some(kept) = before
            && !matches!(kept.call.state, EmergencyCall::EndReported { .. })
        {
            return Ok(Opened {
                agent: agent_of(tx, &kept.call).await?,
                call: kept.call.clone(),
                repeated: true,
            });
        }
        let known = match &self.said_agent {
            Some(said) => snapshot::known_by_name(tx.connection, tx.keys, said).await?,
            None => None,
        };
        let state = before.map_or_else(
            || EmergencyCall::started(self.at),
            |kept| kept.call.state.apply(CallEvent::Started, self.at, policy),
        );
        let kept = KeptCall {
            call: self.answer(tx, known.as_ref(), &live, state).await?,
            callback_key: None,
            key_id: before.map_or_else(|| tx.take_call_key(), |kept| kept.key_id.clone()),
        };
        let kept = match before {
            Some(before) => KeptCall {
                call: Call {
                    reference: before.call.reference.clone(),
                    ..kept.call
                },
                ..kept
            },
            None => kept,
        };
        call_rows::keep(tx, &kept).await?;
        Ok(Opened {
            call: kept.call,
            agent: known.map(|known| known.agent),
            repeated: false,
        })
    }
}

impl OpenCall {
    /// The call as it is answered: the location now, and a number.
    async fn answer(
        &self,
        tx: &mut Tx<'_>,
        known: Option<&KnownAgent>,
        live: &[KeptCall],
        state: EmergencyCall,
    ) -> Result<Call, StoreError> {
        let location = known.map_or_else(
            || LocationSnapshot::nothing_known(false),
            |known| LocationSnapshot::of(known, &self.policy.validity, self.at),
        );
        let agent = known.map(|known| &known.agent);
        let country = country_of_call(&location, agent, self.country);
        let calls: Vec<Call> = live.iter().map(|kept| kept.call.clone()).collect();
        let numbers = numbers::all_numbers(tx.connection).await?;
        let pool = pool_with_leases(&numbers, &calls, self.at, &self.policy.call);
        let test_beside = if self.test {
            Some(self.agents_who_may_call(tx, agent, country, &calls).await?)
        } else {
            None
        };
        let sites = sites::all_sites(tx.connection).await?;
        let near = known
            .into_iter()
            .flat_map(|known| known.seat_site.iter().chain(&known.default_site));
        let candidates = Candidates {
            order: self.policy.callback,
            country,
            agent,
            fallback: fallback_number(near, &sites, country),
            pool: &pool,
            platform: self.platform.as_deref(),
            site: site_of_call(&location, agent),
            test_beside,
            sample: super::sample(tx.connection).await?,
        };
        Ok(Call {
            reference: CallRef::random(),
            key: self.key.clone(),
            agent: agent.map(|agent| CallAgent {
                id: agent.id.clone(),
                username: agent.username.clone(),
            }),
            dialled: self.dialled.clone(),
            test: self.test,
            country,
            state,
            callback_number: candidates.choose(self.at),
            location,
        })
    }

    /// How many agents of the country are on shift without a number of their own: those a test must
    /// leave a number for.
    async fn agents_who_may_call(
        &self,
        tx: &mut Tx<'_>,
        caller: Option<&Agent>,
        country: Country,
        calls: &[Call],
    ) -> Result<usize, StoreError> {
        let Validity { seat, home, other } = self.policy.validity;
        let since = |validity: SignedDuration| {
            to_ms(self.at.checked_sub(validity).unwrap_or(Timestamp::MIN))
        };
        let on_shift: Vec<(String, String)> = sqlx::query_as(
            "SELECT s.agent_id, a.country FROM standing s JOIN agent a ON a.agent_id = s.agent_id \
             WHERE s.kind = 'declared' AND ((s.class = 'seat' AND s.declared_at > $1) \
             OR (s.class = 'home' AND s.declared_at > $2) \
             OR (s.class = 'other' AND s.declared_at > $3))",
        )
        .bind(since(seat))
        .bind(since(home))
        .bind(since(other))
        .fetch_all(&mut *tx.connection)
        .await?;
        Ok(on_shift
            .into_iter()
            .filter(|(agent, of)| {
                let has_one = calls.iter().any(|call| {
                    let calling = call.agent.as_ref().map(|a| a.id.as_str());
                    calling == Some(agent.as_str()) && call.callback_number.is_some()
                });
                let same_country = of
                    .parse()
                    .is_ok_and(|of| lending_country(of) == lending_country(country));
                same_country && !has_one && caller.is_none_or(|caller| caller.id.as_str() != agent)
            })
            .count())
    }
}

#[async_trait]
impl Write for EndCall {
    type Output = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended, StoreError> {
        let read = call_rows::read_by_key(tx.connection, tx.keys, tx.call_keys, &self.key).await?;
        let kept = match read {
            Some(ReadCall::Kept(kept)) => *kept,
            Some(ReadCall::Lost { reference, key_id }) => {
                settle::forget_lost(tx, &reference, key_id).await?;
                return self.remember(tx).await;
            }
            None => return self.remember(tx).await,
        };
        let state = kept
            .call
            .state
            .apply(CallEvent::Ended(self.by), self.at, &self.policy);
        match state {
            EmergencyCall::Gone => {
                settle::destroy(tx, &kept, self.at, &self.policy).await?;
                Ok(Ended::Remembered)
            }
            EmergencyCall::EndReported { .. } => Ok(Ended::Remembered),
            EmergencyCall::Ended { .. } | EmergencyCall::Open { .. } => {
                let ended = with_state(&kept, state);
                if state != kept.call.state {
                    call_rows::keep(tx, &ended).await?;
                }
                Ok(Ended::Call(Box::new(ended.call)))
            }
        }
    }
}

impl EndCall {
    /// Keeps the end of a call whose start is not known.
    async fn remember(&self, tx: &mut Tx<'_>) -> Result<Ended, StoreError> {
        let kept = KeptCall {
            call: Call {
                reference: CallRef::random(),
                key: self.key.clone(),
                agent: None,
                dialled: String::new(),
                test: false,
                country: Country::Us,
                state: EmergencyCall::end_reported(self.at, self.by),
                callback_number: None,
                location: LocationSnapshot::nothing_known(false),
            },
            callback_key: None,
            key_id: tx.take_call_key(),
        };
        call_rows::keep(tx, &kept).await?;
        Ok(Ended::Remembered)
    }
}

struct EndCallsOf {
    agent: AgentId,
    at: Timestamp,
    policy: CallPolicy,
}

#[async_trait]
impl Write for EndCallsOf {
    type Output = Vec<Call>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Call>, StoreError> {
        let (live, _) = settle::settle(tx, self.at, &self.policy).await?;
        let mut ended = Vec::new();
        for kept in &live {
            let mine = kept.call.agent.as_ref().is_some_and(|a| a.id == self.agent);
            if mine && matches!(kept.call.state, EmergencyCall::Open { .. }) {
                let event = CallEvent::Ended(EndedBy::Person);
                let over = with_state(kept, kept.call.state.apply(event, self.at, &self.policy));
                call_rows::keep(tx, &over).await?;
                ended.push(over.call);
            }
        }
        Ok(ended)
    }
}

struct Replay {
    journaled: JournaledCall,
    policy: CallPolicy,
}

#[async_trait]
impl Write for Replay {
    type Output = Call;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Call, StoreError> {
        let answered = &self.journaled.call;
        let read =
            call_rows::read_by_key(tx.connection, tx.keys, tx.call_keys, &answered.key).await?;
        let before = match read {
            Some(ReadCall::Kept(kept)) => Some(*kept),
            Some(ReadCall::Lost { reference, key_id }) => {
                settle::forget_lost(tx, &reference, key_id).await?;
                None
            }
            None => None,
        };
        let started_at = match answered.state {
            EmergencyCall::Open { started_at, .. } | EmergencyCall::Ended { started_at, .. } => {
                started_at
            }
            EmergencyCall::EndReported { .. } | EmergencyCall::Gone => {
                return Ok(answered.clone());
            }
        };
        let kept = match before {
            Some(kept) if !matches!(kept.call.state, EmergencyCall::EndReported { .. }) => {
                if kept.call.callback_number == answered.callback_number {
                    return Ok(kept.call);
                }
                // The store had got further than the answer said. What was answered counts.
                KeptCall {
                    call: Call {
                        callback_number: answered.callback_number.clone(),
                        ..kept.call.clone()
                    },
                    ..kept
                }
            }
            Some(kept) => KeptCall {
                call: Call {
                    reference: kept.call.reference.clone(),
                    state: kept
                        .call
                        .state
                        .apply(CallEvent::Started, started_at, &self.policy),
                    ..self.with_agent(tx).await?
                },
                ..kept
            },
            None => KeptCall {
                call: self.with_agent(tx).await?,
                callback_key: None,
                key_id: tx.take_call_key(),
            },
        };
        call_rows::keep(tx, &kept).await?;
        Ok(kept.call)
    }
}

impl Replay {
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

async fn agent_of(tx: &mut Tx<'_>, call: &Call) -> Result<Option<Agent>, StoreError> {
    match &call.agent {
        Some(agent) => {
            let known = super::standing::known_agent(tx.connection, tx.keys, &agent.id).await?;
            Ok(known.map(|(known, _)| known.agent))
        }
        None => Ok(None),
    }
}
