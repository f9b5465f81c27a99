use jiff::Timestamp;

use super::{Current, Mark, Status};

/// What is to be asked of the platform.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Command {
    /// What is the status now?
    Read,
    /// Set Do Not Disturb. Doing it twice is the same as once.
    Hold {
        /// What names it.
        mark: Mark,
        /// When it has to end by itself.
        until: Timestamp,
    },
    /// Set the status back, if what stands is still what `mark` names, where the platform can tell.
    Restore {
        /// What names what was set.
        mark: Mark,
        /// What it was; `None`: what the platform gives somebody who chose nothing.
        to: Option<Status>,
    },
}

/// What happened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Event {
    /// Another call of the agent is open.
    Started,
    /// None is open any more.
    Ended,
    /// The process was started again; whatever was being asked may have been done or not.
    Restarted,
    /// The platform answered, or did not.
    Answered(Answer),
}

/// What became of a [`Command`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Answer {
    /// Of [`Command::Read`].
    Read(Result<Current, Fault>),
    /// Of [`Command::Hold`]: the status as it is now.
    Held(Result<Status, Fault>),
    /// Of [`Command::Restore`].
    Restored(Result<(), Fault>),
}

/// Why the platform did not do as it was asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// Nobody can say whether it did, or will.
    InDoubt,
    /// It did not.
    Refused,
}
