use std::pin::pin;

use api::telephony::Answer;
use emergency::{CallEvent, CallKey, Dialled, EmergencyCall, Recognised};
use tokio::time::{Instant, timeout_at};
use tracing::warn;

use super::{COMMIT, Desk, JOURNAL, READ, WHOLE, guard::whatever_happens};
use crate::{
    http::Platform,
    store::{
        Call, CallRef, Claim, JournaledCall, KnownAgent, KnownWorld, OpenCall, Opened, StoreError,
    },
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

/// How many calls may wait for the store when one more comes under a key that nothing can vouch for: whoever
/// knows only the form of a key must not fill the journal.
const UNVERIFIED_AT_MOST: usize = 500;

impl Desk {
    /// Answers that an emergency number was dialled. `None` only for what is clearly an ordinary
    /// number.
    pub async fn take_call(&self, platform: &Platform, asked: &Asked) -> Option<Taken> {
        let started = platform.began;
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
            reference: CallRef::random(),
            key: CallKey {
                api_key: platform.key.clone(),
                call_id: call_id.clone(),
            },
            said_agent: asked.agent.clone(),
            dialled: number,
            test,
            drill: None,
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
        let shown = self.overlay.named(&open.key);
        let unverified = (!platform.trusted).then_some(platform.hash);
        // What is shown to a platform that is known is for nobody who may be another.
        let again =
            |known: &&JournaledCall| known.unverified == unverified && self.is_again(known, open);
        if let Some(again) = shown.iter().find(again) {
            return (again.call.clone(), true, Source::LastKnown);
        }
        if !platform.trusted {
            let world = self.last_known.world();
            warn!(
                alarm = true,
                "the store cannot say whether a key is ours: a call is answered without any location"
            );
            let call = without_store::call(&world, None, open);
            if self.waiting() < UNVERIFIED_AT_MOST {
                let journaled = JournaledCall {
                    call: if shown.is_empty() {
                        call.clone()
                    } else {
                        call.clone().named_again()
                    },
                    said_agent: open.said_agent.clone(),
                    unverified,
                };
                self.keep(journaled, started + JOURNAL).await;
            }
            return (call, false, Source::Nothing);
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
        let known = read.unwrap_or_else(|| {
            let said = open.said_agent.as_deref()?;
            self.last_known.agent(said)
        });
        let agent = known.as_ref().map(|known| &known.agent.id);
        let named = |call: &&Call| is_begun(call) && call.named_key() == open.key;
        let mut before = world.calls.iter().filter(named);
        if let Some(call) = before
            .clone()
            .find(|call| call.is_asked_again(agent, open.test, open.at, &open.policy.call))
        {
            return (degraded(call.clone()), true, Source::LastKnown);
        }
        let mut call = without_store::call(&world, known.as_ref(), open);
        if before.next().is_some() || shown.iter().any(|known| is_begun(&known.call)) {
            call = call.named_again();
        } else if let Some(before) = shown.first() {
            // Only its end was known so far.
            call.state = before
                .call
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
            unverified: None,
        };
        self.keep(journaled, started + JOURNAL).await;
        (call, false, source)
    }

    /// Whether a platform that is shown this call asks about it again.
    fn is_again(&self, shown: &JournaledCall, open: &OpenCall) -> bool {
        let said = open.said_agent.as_deref();
        let agent = match &shown.call.agent {
            // It was answered without knowing whom the name means; the same name means the same.
            None if shown.said_agent.as_deref() == said => None,
            _ => said
                .and_then(|said| self.last_known.agent(said))
                .map(|known| known.agent.id),
        };
        let (test, policy) = (open.test, &open.policy.call);
        shown
            .call
            .is_asked_again(agent.as_ref(), test, open.at, policy)
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
pub(super) fn is_begun(call: &Call) -> bool {
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
