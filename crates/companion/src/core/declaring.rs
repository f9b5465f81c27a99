//! What the agent says, until the server has it.

use std::{collections::VecDeque, time::Duration};

use api::{
    error::ErrorCode,
    location::{ConfirmLocation, OLDEST_DECLARATION_SECONDS, ServedLocation},
};
use client::{Error, IdempotencyKey, Refusal};
use jiff::Timestamp;
use location::Problem;

use super::{Core, Outbox, Output, Ticket, notices};
use crate::{
    clock::Now,
    companion::Declare,
    shell::Window,
    view::{CommandError, LocalErrorCode},
};

/// Waits between attempts while the server answers something else: the first and the longest.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// The longest wait a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// What the agent said that the server does not have.
#[derive(Debug, Default)]
pub(super) struct Declaring {
    outbox: Option<Box<Outbox>>,
    stage: Stage,
    keeping: Keeping,
    /// Sending it has failed, or would: say "saved here" rather than "sending".
    failed: u32,
    /// Waits to hear that the declaration is kept.
    waiting: Option<Ticket>,
    /// The one write that is on its way. There is never a second, so that the server sees them in
    /// the order in which they were said.
    flight: Option<Flight>,
    said: VecDeque<(Ticket, Say)>,
    /// Of somebody who is not signed in (any more).
    parked: Option<Box<Outbox>>,
    /// A write of ours came after this version, or may have: only a later version shows that the
    /// server's state is the one that stands.
    written_after: Option<u64>,
}

/// Where a declaration stands.
#[derive(Debug, Default)]
pub(super) enum Stage {
    /// Too much time has passed: the agent is asked whether it still holds.
    Asking,
    /// To be sent as soon as nothing else is on its way.
    #[default]
    Ready,
    /// The server refused it.
    Refused {
        code: ErrorCode,
        problems: Vec<Problem>,
    },
    /// To be sent again then; `shown` is the same by the clock on the wall.
    Retry { at: Duration, shown: Timestamp },
    /// To be sent when the server is back.
    Waiting,
}

/// Whether a declaration would survive the end of the app.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Keeping {
    /// It would.
    Disk,
    /// It would not.
    Memory,
    /// It is being written.
    #[default]
    Writing,
}

#[derive(Debug, Eq, PartialEq)]
enum Flight {
    Declaration(IdempotencyKey),
    Said(Ticket),
}

/// What is said once and not kept for later.
#[derive(Debug)]
pub(super) enum Say {
    Decline(String),
    EndShift,
}

/// A declaration as the view shows it.
pub(super) struct Pending<'a> {
    pub(super) outbox: &'a Outbox,
    pub(super) stage: &'a Stage,
    /// It is on its way for the first time, or not even kept yet.
    pub(super) sending: bool,
    pub(super) memory_only: bool,
}

impl Declaring {
    pub(super) fn pending(&self) -> Option<Pending<'_>> {
        let outbox = self.outbox.as_deref()?;
        Some(Pending {
            outbox,
            stage: &self.stage,
            sending: self.failed == 0 || self.keeping == Keeping::Writing,
            memory_only: self.keeping == Keeping::Memory,
        })
    }

    pub(super) fn deadline(&self) -> Option<Duration> {
        match self.stage {
            Stage::Retry { at, .. } if self.flight.is_none() => Some(at),
            Stage::Asking
            | Stage::Ready
            | Stage::Refused { .. }
            | Stage::Retry { .. }
            | Stage::Waiting => None,
        }
    }

    fn is_current(&self, key: &IdempotencyKey) -> bool {
        self.outbox
            .as_ref()
            .is_some_and(|outbox| outbox.key == *key)
    }
}

impl Core {
    pub(super) fn confirm(
        &mut self,
        ticket: Ticket,
        declare: Declare,
        key: IdempotencyKey,
        now: Now,
    ) {
        let Some(by) = self.signing.signed_in() else {
            let error = LocalErrorCode::NotSignedIn.into();
            self.put(Output::Answer(ticket, Err(error)));
            return;
        };
        let based_on = self.stream.served().map(|served| served.version);
        let outbox = Outbox::new(declare, key, based_on, by, &self.boot, now);
        self.answer_waiting();
        self.notices.remove(notices::SUPERSEDED);
        self.notices.remove(notices::UNREADABLE);
        self.windows.changing = false;
        self.declaring.outbox = Some(Box::new(outbox));
        self.declaring.stage = Stage::Ready;
        self.declaring.keeping = Keeping::Writing;
        self.declaring.failed = u32::from(self.is_offline());
        self.declaring.waiting = Some(ticket);
        self.keep_outbox();
        self.send_next(now);
    }

    pub(super) fn say(&mut self, ticket: Ticket, say: Say) {
        if self.signing.signed_in().is_none() {
            let error = LocalErrorCode::NotSignedIn.into();
            self.put(Output::Answer(ticket, Err(error)));
            return;
        }
        self.windows.changing = false;
        // What was said before it does not hold any more.
        self.drop_outbox();
        self.declaring.said.push_back((ticket, say));
        self.send_next(self.last);
    }

    pub(super) fn discard(&mut self, ticket: Ticket) {
        self.drop_outbox();
        self.put(Output::Answer(ticket, Ok(())));
    }

    /// Says something of the call that waits behind nothing.
    pub(super) fn of_the_call(&mut self, ticket: Ticket, say: impl FnOnce(Ticket) -> Output) {
        if self.signing.signed_in().is_some() {
            self.put(say(ticket));
        } else {
            let error = LocalErrorCode::NotSignedIn.into();
            self.put(Output::Answer(ticket, Err(error)));
        }
    }

    /// A write other than a declaration was answered.
    pub(super) fn done(&mut self, ticket: Ticket, result: Result<(), Error>, now: Now) {
        let queued = self
            .declaring
            .flight
            .take_if(|flight| *flight == Flight::Said(ticket))
            .is_some();
        if queued {
            self.wrote();
        }
        let answer = match result {
            Ok(()) => {
                self.reached();
                Ok(())
            }
            // There is no open call any more, which is what was asked for.
            Err(Error::Refused(refusal)) if !queued && refusal.code == ErrorCode::NotFound => {
                Ok(())
            }
            Err(error) => {
                let answer = CommandError::from(&error);
                if let Error::SignedOut(refusal) = &error {
                    self.revoked(refusal);
                }
                Err(answer)
            }
        };
        self.put(Output::Answer(ticket, answer));
        if queued {
            self.send_next(now);
        }
    }

    /// A declaration was answered.
    pub(super) fn declared(
        &mut self,
        key: &IdempotencyKey,
        result: Result<Box<ServedLocation>, Error>,
        now: Now,
    ) {
        let flight = Flight::Declaration(key.clone());
        if self.declaring.flight.take_if(|on| *on == flight).is_none() {
            return;
        }
        let current = self.declaring.is_current(key);
        match result {
            Ok(served) => {
                self.declaring.written_after = None;
                self.stream.acknowledge(served);
                if current {
                    self.drop_outbox();
                }
                self.reached();
            }
            Err(Error::SignedOut(refusal)) => self.revoked(&refusal),
            Err(Error::Refused(refusal)) if current => self.refused(*refusal, now),
            Err(Error::Unreachable(_) | Error::UnexpectedAnswer(_)) if current => {
                self.wrote();
                if self.is_offline() {
                    self.declaring.failed = self.declaring.failed.saturating_add(1);
                    self.declaring.stage = Stage::Waiting;
                } else {
                    self.try_later(None, now);
                }
            }
            // Something newer was said meanwhile.
            Err(Error::Refused(_)) => {}
            Err(Error::Unreachable(_) | Error::UnexpectedAnswer(_)) => self.wrote(),
        }
        self.send_next(now);
    }

    fn refused(&mut self, refusal: Refusal, now: Now) {
        match refusal.code {
            ErrorCode::Superseded => {
                if let Some(served) = refusal.served {
                    self.stream.acknowledge(served);
                }
                self.drop_outbox();
                self.notices.add(notices::superseded());
                self.put(Output::Show(Window::Main));
            }
            ErrorCode::AskAgain => self.ask_again(),
            ErrorCode::RateLimited | ErrorCode::Unavailable => {
                self.try_later(refusal.retry_after, now);
            }
            ErrorCode::Other if refusal.status >= 500 => self.try_later(refusal.retry_after, now),
            ErrorCode::Ambiguous
            | ErrorCode::DrillRunning
            | ErrorCode::CodeExpired
            | ErrorCode::CodeUnknown
            | ErrorCode::CodeUsed
            | ErrorCode::Forbidden
            | ErrorCode::IdempotencyKeyReused
            | ErrorCode::MethodNotAllowed
            | ErrorCode::NotAcceptable
            | ErrorCode::NotFound
            | ErrorCode::OrdinaryNumber
            | ErrorCode::Other
            | ErrorCode::TokenExpired
            | ErrorCode::TokenRevoked
            | ErrorCode::TooLarge
            | ErrorCode::Unauthenticated
            | ErrorCode::Unreadable => {
                // Sending it again would end the same; it stays on screen to be put right.
                self.answer_waiting();
                self.put(Output::DropOutbox);
                self.declaring.stage = Stage::Refused {
                    code: refusal.code,
                    problems: refusal.problems,
                };
                self.put(Output::Show(Window::Main));
            }
        }
    }

    fn try_later(&mut self, asked: Option<Duration>, now: Now) {
        let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(self.declaring.failed));
        let wait = doubled
            .min(LONGEST_WAIT)
            .max(asked.unwrap_or_default().min(LONGEST_ASKED));
        self.declaring.failed = self.declaring.failed.saturating_add(1);
        self.declaring.stage = Stage::Retry {
            at: now.up + wait,
            shown: now.wall.saturating_add(wait).unwrap_or(now.wall),
        };
    }

    fn ask_again(&mut self) {
        self.declaring.stage = Stage::Asking;
        self.put(Output::Show(Window::Main));
    }

    /// Sends what is to be sent, when nothing else is on its way.
    fn send_next(&mut self, now: Now) {
        if self.declaring.flight.is_some() || self.signing.signed_in().is_none() {
            return;
        }
        if let Some((ticket, say)) = self.declaring.said.pop_front() {
            self.declaring.flight = Some(Flight::Said(ticket));
            self.put(match say {
                Say::Decline(reason) => Output::Decline(ticket, reason),
                Say::EndShift => Output::EndShift(ticket),
            });
            return;
        }
        let Some(outbox) = &self.declaring.outbox else {
            return;
        };
        if !matches!(self.declaring.stage, Stage::Ready) {
            return;
        }
        let age = outbox
            .age(&self.boot, now)
            .filter(|age| *age <= OLDEST_DECLARATION_SECONDS);
        let Some(age) = age else {
            self.ask_again();
            return;
        };
        let declaration = ConfirmLocation {
            place: outbox.place.clone(),
            declared_age_seconds: Some(age),
            based_on: self.witness(outbox),
            override_reason: outbox.override_reason.clone(),
        };
        let key = outbox.key.clone();
        self.declaring.flight = Some(Flight::Declaration(key.clone()));
        self.put(Output::Declare(key, Box::new(declaration)));
    }

    /// The version the agent was looking at, where that is still what stands as far as anybody here
    /// can tell. The server refuses one that is not; without one it goes by when it was said.
    fn witness(&self, outbox: &Outbox) -> Option<u64> {
        let stands = self.stream.served().map(|served| served.version);
        let certain = self.is_online()
            && self.declaring.failed == 0
            && self
                .declaring
                .written_after
                .is_none_or(|write| stands > Some(write));
        outbox
            .based_on
            .filter(|_| certain && outbox.based_on == stands)
    }

    /// A write was done, or may have been.
    fn wrote(&mut self) {
        let version = self.stream.served().map_or(0, |served| served.version);
        self.declaring.written_after = Some(version);
    }

    /// The server answers again: what waited for it goes out.
    pub(super) fn server_is_back(&mut self, now: Now) {
        if matches!(self.declaring.stage, Stage::Retry { .. } | Stage::Waiting) {
            self.declaring.stage = Stage::Ready;
        }
        self.send_next(now);
    }

    pub(super) fn declaration_due(&mut self, now: Now) {
        if self.declaring.deadline().is_some_and(|at| at <= now.up) {
            self.declaring.stage = Stage::Ready;
            self.send_next(now);
        }
    }

    /// The server answered a write: there is no need to wait before the stream is tried again.
    fn reached(&mut self) {
        if self.is_offline() {
            self.open_stream();
        }
    }

    fn is_offline(&self) -> bool {
        matches!(
            self.stream.connection,
            crate::view::Connection::Offline { .. }
        )
    }

    /// Has the declaration written, so that it survives the end of the app.
    pub(super) fn keep_outbox(&mut self) {
        if let Some(outbox) = &self.declaring.outbox
            && !matches!(self.declaring.stage, Stage::Refused { .. })
        {
            let outbox = outbox.clone();
            self.put(Output::KeepOutbox(outbox));
        }
    }

    pub(super) fn outbox_kept(&mut self, key: &IdempotencyKey, kept: bool) {
        if self.declaring.is_current(key) {
            self.declaring.keeping = if kept { Keeping::Disk } else { Keeping::Memory };
            self.answer_waiting();
        }
    }

    /// Takes over what an earlier process could not send.
    pub(super) fn take_up(&mut self, outbox: Box<Outbox>, now: Now) {
        if self.declaring.outbox.is_some() {
            return;
        }
        match self.signing.signed_in() {
            Some((server, username)) if outbox.server != server || outbox.username != username => {
                self.put(Output::DropOutbox);
            }
            Some(_) => {
                self.declaring.outbox = Some(outbox);
                self.declaring.keeping = Keeping::Disk;
                self.declaring.failed = 1;
                self.declaring.stage = Stage::Waiting;
                if self.is_online() {
                    self.server_is_back(now);
                }
            }
            None => self.declaring.parked = Some(outbox),
        }
    }

    pub(super) fn take_up_parked(&mut self) {
        if let Some(outbox) = self.declaring.parked.take() {
            self.take_up(outbox, self.last);
        }
    }

    /// Nobody is signed in any more: the declaration waits for the same agent.
    pub(super) fn park_outbox(&mut self) {
        let refused = matches!(self.declaring.stage, Stage::Refused { .. });
        self.answer_waiting();
        self.declaring.parked = self.declaring.outbox.take().filter(|_| !refused);
    }

    pub(super) fn drop_outbox(&mut self) {
        self.answer_waiting();
        if self.declaring.outbox.take().is_some() {
            self.put(Output::DropOutbox);
        }
        self.declaring.stage = Stage::default();
        self.declaring.failed = 0;
    }

    /// Whoever waited for the declaration to be kept need not wait any longer.
    fn answer_waiting(&mut self) {
        if let Some(ticket) = self.declaring.waiting.take() {
            self.put(Output::Answer(ticket, Ok(())));
        }
    }

    /// Nobody is signed in any more: what was to be said is not.
    pub(super) fn fail_waiting(&mut self) {
        self.declaring.flight = None;
        for (ticket, _) in std::mem::take(&mut self.declaring.said) {
            let error = LocalErrorCode::NotSignedIn.into();
            self.put(Output::Answer(ticket, Err(error)));
        }
    }
}
