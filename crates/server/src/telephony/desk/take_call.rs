use std::pin::pin;

use api::telephony::Answer;
use emergency::{CallEvent, CallKey, Dialled, EmergencyCall, Recognised};
use tokio::time::{Instant, timeout_at};
use tracing::warn;

use super::{COMMIT, Desk, JOURNAL, READ, WHOLE, guard::whatever_happens};
use crate::{
    http::Platform,
    store::{Call, Claim, JournaledCall, KnownAgent, KnownWorld, OpenCall, Opened, StoreError},
    telephony::{Asked, answer::answer, without_store},
};

/// A call as it was answered.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The answer.
    pub answer: Answer,
    /// The platform asked before and gets the same again.
    pub repeated: bool,
}

/// What an answer rests on.
#[derive(Clone, Copy)]
enum Source {
    LastKnown,
    Nothing,
    Store,
}

impl Desk {
    /// Answers that an emergency number was dialled. `None` only for what is clearly an ordinary
    /// number.
    pub async fn take_call(&self, platform: &Platform, asked: &Asked) -> Option<Taken> {
        let started = Instant::now() - platform.spent;
        let dialled = asked.dialled.as_deref().unwrap_or_default();
        let Recognised::Emergency {
            number,
            test,
            known,
            ..
        } = Dialled::recognise(dialled)
        else {
            return None;
        };
        let call_id = asked.call_id();
        let open = OpenCall {
            key: CallKey {
                api_key: platform.key.clone(),
                call_id: call_id.clone(),
            },
            said_agent: asked.agent.clone(),
            dialled: number,
            test,
            country: known.and_then(|number| match number.countries {
                [only] => Some(*only),
                _ => None,
            }),
            platform: asked.platform.clone(),
            at: self.clock.now(),
            policy: self.open_policy(),
        };
        let opened = self.open(platform, &open, started);
        let (call, repeated, source) = whatever_happens(opened, started + WHOLE, || {
            let call = without_store::call(&KnownWorld::default(), None, &open);
            (call, false, Source::Nothing)
        })
        .await;
        count(source, started);
        let given = asked.call_id.as_deref().unwrap_or(call_id.as_str());
        Some(Taken {
            answer: answer(&call, given, &self.policy, open.at),
            repeated,
        })
    }

    async fn open(
        &self,
        platform: &Platform,
        open: &OpenCall,
        started: Instant,
    ) -> (Call, bool, Source) {
        let before = self.overlay.call(&open.key);
        if let Some(call) = before.clone().filter(is_begun) {
            return (call, true, Source::LastKnown);
        }
        if !platform.trusted {
            let world = self.last_known.world();
            warn!(
                alarm = true,
                "the store cannot say whether a key is ours: a call is answered without any location"
            );
            return (
                without_store::call(&world, None, open),
                false,
                Source::Nothing,
            );
        }
        let claim = Claim::new();
        let (opened, read) = self.ask_store(open, &claim, started).await;
        let fault = match opened {
            Ok(opened) => return (opened.call, opened.repeated, Source::Store),
            Err(fault) => fault,
        };
        // From here on the store may not lend a number for this call any more. If it is just doing
        // so, the replay puts right what it kept.
        let given_up = claim.abandon();
        warn!(store.fault = %fault, given_up, "a call is answered without the store");
        let world = self.last_known.world();
        if let Some(call) = world
            .calls
            .iter()
            .find(|call| call.key == open.key && is_begun(call))
        {
            return (degraded(call.clone()), true, Source::LastKnown);
        }
        let known = read.unwrap_or_else(|| {
            let said = open.said_agent.as_deref()?;
            self.last_known.agent(said)
        });
        let mut call = without_store::call(&world, known.as_ref(), open);
        if let Some(before) = before {
            // Only its end was known so far.
            call.state = before
                .state
                .apply(CallEvent::Started, open.at, &open.policy.call);
        }
        let source = if known.is_some() {
            Source::LastKnown
        } else {
            Source::Nothing
        };
        let journaled = JournaledCall {
            call: call.clone(),
            said_agent: open.said_agent.clone(),
        };
        self.keep(journaled, started + JOURNAL).await;
        (call, false, source)
    }

    /// Asks the store to open the call, and reads the agent meanwhile. The second is `Some` when the
    /// reading came in time, also if it found nobody.
    async fn ask_store(
        &self,
        open: &OpenCall,
        claim: &Claim,
        started: Instant,
    ) -> (Result<Opened, StoreError>, Option<Option<KnownAgent>>) {
        let mut commit = pin!(timeout_at(
            started + COMMIT,
            self.store.open_call(open.clone(), claim.clone()),
        ));
        let said = open.said_agent.as_deref().unwrap_or_default();
        let mut reading = pin!(timeout_at(started + READ, self.store.known_agent(said)));
        let mut read = None;
        let mut reads = true;
        loop {
            tokio::select! {
                biased;
                opened = &mut commit => {
                    return (opened.unwrap_or(Err(StoreError::Busy)), read);
                }
                found = &mut reading, if reads => {
                    reads = false;
                    read = found.ok().and_then(Result::ok);
                }
            }
        }
    }
}

/// Whether more than its end is known of a call.
fn is_begun(call: &Call) -> bool {
    match call.state {
        EmergencyCall::Open { .. } | EmergencyCall::Ended { .. } => true,
        EmergencyCall::EndReported { .. } | EmergencyCall::Gone => false,
    }
}

fn degraded(mut call: Call) -> Call {
    call.location.degraded = true;
    call
}

fn count(source: Source, started: Instant) {
    let source = match source {
        Source::LastKnown => "last_known",
        Source::Nothing => "nothing",
        Source::Store => "store",
    };
    metrics::counter!("whereabouts_telephony_answers_total", "source" => source).increment(1);
    metrics::histogram!("whereabouts_telephony_answer_seconds").record(started.elapsed());
}
