use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Answer, Command, Current, Event, Fault, Mark, Marked, Status};

/// How long Do Not Disturb stands on the platform by itself. It is renewed at half of that.
pub const EXPIRY: SignedDuration = SignedDuration::from_mins(60);
/// How long after the calls the status is tried to be restored: a little less than what was set lasts.
pub const RESTORE_FOR: SignedDuration = SignedDuration::from_mins(55);

/// When what stands is renewed.
const RENEW_AFTER: SignedDuration = SignedDuration::from_mins(30);
/// How long a request that nobody answered may still be done by a slow platform.
const IN_DOUBT_FOR: SignedDuration = SignedDuration::from_secs(60);
/// How soon a question is asked again at first, and at last.
const SOON: SignedDuration = SignedDuration::from_secs(1);
const AT_LAST: SignedDuration = SignedDuration::from_secs(60);
/// How often the status before is asked for. Do Not Disturb does not wait for more.
const READINGS: u32 = 2;

/// One agent's status on one platform, while calls of theirs are open and until it is restored.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Presence {
    phase: Phase,
    mark: Mark,
    /// What is restored; absent when nobody could say what it was.
    prior: Option<Status>,
    /// What the platform made of Do Not Disturb; absent until it did.
    held: Option<Status>,
    /// What somebody else chose meanwhile.
    chosen: Option<Status>,
    /// When what was set ends by itself.
    until: Option<Timestamp>,
    /// Until when a request that nobody answered may still be done.
    in_doubt_until: Option<Timestamp>,
    /// When the last of the calls ended.
    ended_at: Option<Timestamp>,
    /// How often in a row the platform failed.
    failed: u32,
    /// When to ask next.
    next_at: Timestamp,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// To learn what the status was.
    Reading,
    /// To set Do Not Disturb.
    Setting,
    /// To look after it from time to time.
    Held,
    /// Nothing: somebody chose another status during the call.
    Yielded,
    /// To learn whether the status is still ours.
    Checking,
    /// To set back what it was.
    Restoring,
    /// Nothing any more.
    Over(Outcome),
}

/// How it ended.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The platform did not let it be restored in time; what was set ends by itself.
    Abandoned,
    /// Nothing was ever set.
    NothingSet,
    /// It is what it was before.
    Restored,
    /// Somebody chose another status, which stays.
    Yielded,
}

impl Outcome {
    /// Its word, as in logs and labels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Abandoned => "abandoned",
            Self::NothingSet => "nothing_set",
            Self::Restored => "restored",
            Self::Yielded => "yielded",
        }
    }
}

/// What people are shown of it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Shown {
    /// The status, as far as it is known.
    pub status: Option<Status>,
    /// What does not work.
    pub trouble: Option<Trouble>,
}

/// What does not work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trouble {
    /// Do Not Disturb is not set.
    NotSet,
    /// What the status was is not back.
    NotRestored,
}

impl Presence {
    /// A first call of an agent is open. `mark` is one that was never used before.
    #[must_use]
    pub const fn begin(mark: Mark, now: Timestamp) -> Self {
        Self {
            phase: Phase::Reading,
            mark,
            prior: None,
            held: None,
            chosen: None,
            until: None,
            in_doubt_until: None,
            ended_at: None,
            failed: 0,
            next_at: now,
        }
    }

    /// The record after `event`, which is noticed at `now`. Total: what has no meaning in a phase, such
    /// as an answer to what is not asked any more, changes nothing.
    #[must_use]
    pub fn step(mut self, event: Event, now: Timestamp) -> Self {
        self.believe(now);
        match event {
            Event::Started => self.started(now),
            Event::Ended => self.ended(now),
            Event::Restarted => self.restarted(now),
            Event::Answered(Answer::Read(Ok(current))) => self.read(current, now),
            Event::Answered(Answer::Read(Err(_))) => self.not_read(now),
            Event::Answered(Answer::Held(Ok(status))) => self.held(status, now),
            Event::Answered(Answer::Held(Err(fault))) => self.not_held(fault, now),
            Event::Answered(Answer::Restored(Ok(()))) => self.restored(),
            Event::Answered(Answer::Restored(Err(_))) => self.not_restored(now),
        }
        self
    }

    /// What is to be asked of the platform now; `None` while there is nothing to do or to wait.
    #[must_use]
    pub fn command(&self, now: Timestamp) -> Option<Command> {
        // A moment further away than anything here ever is was set by a clock that ran ahead.
        let ahead = self.next_at.duration_since(now);
        if ahead > SignedDuration::ZERO && ahead <= EXPIRY {
            return None;
        }
        match self.phase {
            Phase::Checking | Phase::Held | Phase::Reading => Some(Command::Read),
            Phase::Setting => Some(Command::Hold {
                mark: self.mark.clone(),
                until: later(now, EXPIRY),
            }),
            Phase::Restoring => Some(Command::Restore {
                mark: self.mark.clone(),
                to: self.prior.clone(),
            }),
            Phase::Over(_) | Phase::Yielded => None,
        }
    }

    /// When to look again; absent when time changes nothing.
    #[must_use]
    pub const fn next_at(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Checking | Phase::Held | Phase::Reading | Phase::Restoring | Phase::Setting => {
                Some(self.next_at)
            }
            Phase::Over(_) | Phase::Yielded => None,
        }
    }

    /// How it ended; absent while it has not.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        match self.phase {
            Phase::Over(outcome) => Some(outcome),
            Phase::Checking
            | Phase::Held
            | Phase::Reading
            | Phase::Restoring
            | Phase::Setting
            | Phase::Yielded => None,
        }
    }

    /// What stands on the platform as far as it was set: its mark, and when it ends by itself.
    #[must_use]
    pub fn standing(&self) -> Option<(&Mark, Timestamp)> {
        match self.phase {
            Phase::Checking | Phase::Held | Phase::Reading | Phase::Restoring | Phase::Setting => {
                self.held
                    .as_ref()
                    .and(self.until)
                    .map(|until| (&self.mark, until))
            }
            Phase::Over(_) | Phase::Yielded => None,
        }
    }

    /// What people are shown.
    #[must_use]
    pub fn shown(&self) -> Shown {
        let troubled = |trouble| Some(trouble).filter(|_| self.failed > 0);
        let (status, trouble) = match self.phase {
            Phase::Reading => (None, troubled(Trouble::NotSet)),
            // What stands stands, until it ends by itself.
            Phase::Setting => match &self.held {
                Some(held) => (Some(held), None),
                None => (self.prior.as_ref(), troubled(Trouble::NotSet)),
            },
            Phase::Held => (self.held.as_ref(), None),
            Phase::Checking | Phase::Restoring => {
                (self.held.as_ref(), troubled(Trouble::NotRestored))
            }
            Phase::Over(Outcome::Abandoned) => (None, Some(Trouble::NotRestored)),
            Phase::Over(Outcome::Restored) => (self.prior.as_ref(), None),
            Phase::Over(Outcome::NothingSet | Outcome::Yielded) | Phase::Yielded => {
                (self.chosen.as_ref(), None)
            }
        };
        Shown {
            status: status.cloned(),
            trouble,
        }
    }

    #[cfg(test)]
    pub(super) const fn phase(&self) -> Phase {
        self.phase
    }

    #[cfg(test)]
    pub(super) const fn prior(&self) -> Option<&Status> {
        self.prior.as_ref()
    }

    fn started(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Held | Phase::Reading | Phase::Setting => {}
            // What stands may still be ours; then what was saved for the call before counts.
            Phase::Checking | Phase::Over(Outcome::Abandoned) | Phase::Restoring => {
                self.ended_at = None;
                self.go(Phase::Reading, now);
            }
            Phase::Over(Outcome::NothingSet | Outcome::Restored | Outcome::Yielded)
            | Phase::Yielded => *self = Self::begin(self.mark.clone(), now),
        }
    }

    fn ended(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Reading if self.held.is_none() && self.in_doubt_until.is_none() => {
                self.phase = Phase::Over(Outcome::NothingSet);
            }
            Phase::Held | Phase::Reading | Phase::Setting => {
                self.ended_at = Some(now);
                self.go(Phase::Checking, now);
            }
            Phase::Yielded => self.phase = Phase::Over(Outcome::Yielded),
            Phase::Checking | Phase::Over(_) | Phase::Restoring => {}
        }
    }

    fn restarted(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Checking | Phase::Reading => self.next_at = now,
            // It may have been set, and nobody has said so.
            Phase::Setting => {
                self.in_doubt_until = Some(later(now, IN_DOUBT_FOR));
                self.look_again(now);
            }
            // It may have been done, and a person may have chosen something since.
            Phase::Restoring => self.go(Phase::Checking, now),
            Phase::Held | Phase::Over(_) | Phase::Yielded => {}
        }
    }

    fn read(&mut self, current: Current, now: Timestamp) {
        let ours = self.is_ours(&current);
        match self.phase {
            Phase::Reading => {
                // What stands under a mark of ours was not there before the call.
                if !ours && !matches!(current.marked, Marked::ByUs(_)) {
                    self.prior = Some(current.status);
                    self.held = None;
                }
                self.go(Phase::Setting, now);
            }
            Phase::Held if ours => self.go(Phase::Setting, now),
            // It has run out and the call goes on. What is there now is what is there without us.
            Phase::Held if self.until.is_none_or(|until| until <= now) => {
                self.prior = Some(current.status);
                self.held = None;
                self.go(Phase::Setting, now);
            }
            Phase::Held => {
                self.chosen = Some(current.status);
                self.go(Phase::Yielded, now);
            }
            Phase::Checking if ours => self.go(Phase::Restoring, now),
            Phase::Checking => match self.doubt(now) {
                // What may yet be set is set over this.
                Some(until) => {
                    (self.prior, self.held) = (Some(current.status), None);
                    self.next_at = until;
                }
                None => self.somebody_elses(current.status),
            },
            Phase::Over(_) | Phase::Restoring | Phase::Setting | Phase::Yielded => {}
        }
    }

    /// The status is not ours when it was to be restored.
    fn somebody_elses(&mut self, status: Status) {
        let is_prior = self.prior.as_ref().is_some_and(|p| p.id() == status.id());
        let outcome = if self.held.is_none() && self.in_doubt_until.is_none() {
            Outcome::NothingSet
        } else if is_prior {
            Outcome::Restored
        } else {
            Outcome::Yielded
        };
        self.chosen = Some(status);
        self.phase = Phase::Over(outcome);
    }

    fn not_read(&mut self, now: Timestamp) {
        match self.phase {
            Phase::Reading if self.failed + 1 >= READINGS => {
                let failed = self.failed + 1;
                self.go(Phase::Setting, now);
                self.failed = failed;
            }
            Phase::Held | Phase::Reading => self.later(now),
            Phase::Checking => self.later_or_never(now),
            Phase::Over(_) | Phase::Restoring | Phase::Setting | Phase::Yielded => {}
        }
    }

    fn held(&mut self, status: Status, now: Timestamp) {
        match self.phase {
            Phase::Setting => {
                self.note_held(status, now);
                self.go(Phase::Held, later(now, RENEW_AFTER));
            }
            // The call ended meanwhile.
            Phase::Checking => {
                self.note_held(status, now);
                self.next_at = now;
            }
            Phase::Held | Phase::Over(_) | Phase::Reading | Phase::Restoring | Phase::Yielded => {}
        }
    }

    fn note_held(&mut self, status: Status, now: Timestamp) {
        self.held = Some(status);
        self.until = Some(later(now, EXPIRY));
        self.in_doubt_until = None;
    }

    fn not_held(&mut self, fault: Fault, now: Timestamp) {
        if !matches!(self.phase, Phase::Checking | Phase::Setting) {
            return;
        }
        if fault == Fault::InDoubt {
            self.in_doubt_until = Some(later(now, IN_DOUBT_FOR));
        }
        if self.phase == Phase::Setting {
            let failed = self.failed;
            self.look_again(now);
            self.failed = failed;
            self.later(now);
        }
    }

    /// Before Do Not Disturb is set again it is read again: a person may choose something meanwhile.
    fn look_again(&mut self, now: Timestamp) {
        let phase = match self.held {
            Some(_) => Phase::Held,
            None => Phase::Reading,
        };
        self.go(phase, now);
    }

    fn restored(&mut self) {
        if self.phase == Phase::Restoring {
            self.phase = Phase::Over(Outcome::Restored);
        }
    }

    fn not_restored(&mut self, now: Timestamp) {
        if self.phase == Phase::Restoring {
            // It may have been done all the same.
            self.phase = Phase::Checking;
            self.later_or_never(now);
        }
    }

    /// Whether what stands is what we set.
    fn is_ours(&self, current: &Current) -> bool {
        match &current.marked {
            Marked::ByUs(mark) => *mark == self.mark,
            Marked::NotByUs => false,
            // Without marks the agent's own Do Not Disturb looks the same: to restore it then is no harm.
            Marked::Unknown => {
                let may_be_set = self.held.is_some() || self.in_doubt_until.is_some();
                let same = self.held.as_ref();
                may_be_set
                    && current.status.is_do_not_disturb()
                    && same.is_none_or(|held| held.id() == current.status.id())
            }
        }
    }

    /// Until when something that was asked may still be done.
    fn doubt(&self, now: Timestamp) -> Option<Timestamp> {
        self.in_doubt_until.filter(|until| *until > now)
    }

    /// What lies in the future lies there because the clock was put back.
    fn believe(&mut self, now: Timestamp) {
        let at_most = |limit| move |moment: Timestamp| moment.min(later(now, limit));
        self.ended_at = self.ended_at.map(at_most(SignedDuration::ZERO));
        self.in_doubt_until = self.in_doubt_until.map(at_most(IN_DOUBT_FOR));
        self.until = self.until.map(at_most(EXPIRY));
    }

    fn go(&mut self, phase: Phase, next_at: Timestamp) {
        self.phase = phase;
        self.next_at = next_at;
        self.failed = 0;
    }

    fn later(&mut self, now: Timestamp) {
        let doublings = self.failed.min(6);
        self.failed = self.failed.saturating_add(1);
        let wait = SignedDuration::from_secs(SOON.as_secs() << doublings);
        self.next_at = later(now, wait.min(AT_LAST));
    }

    fn later_or_never(&mut self, now: Timestamp) {
        let give_up_at = self.ended_at.map(|ended| later(ended, RESTORE_FOR));
        self.later(now);
        if give_up_at.is_some_and(|at| at <= now) {
            self.phase = Phase::Over(Outcome::Abandoned);
        }
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
