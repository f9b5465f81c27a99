//! Everything that can happen to the core.

use api::{agent::Agent, location::ServedLocation, roster::RosterFrame};
use client::{Error, IdempotencyKey, Refusal, State, Watched};
use jiff::tz::TimeZone;
use secrecy::SecretString;

use crate::{
    companion::{Declare, Launch},
    core::kept::{Kept, Outbox, Remembered},
    language::Speech,
    shell::Window,
    tray::Action,
};

/// Names a question until it is answered.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ticket(pub u64);

/// Names one of the streams that were opened one after the other: what a stream that was given
/// up still says is not heard.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct StreamId(pub u64);

/// Something happened.
#[derive(Debug)]
pub enum Input {
    /// The agent asks for something and waits for the answer.
    Asked(Ticket, Ask),
    /// Whether the server noted that the banner of this call is on the screen.
    BannerTold(String, bool),
    /// A write that [`Ask`] led to was answered by the server.
    Done(Ticket, Result<(), Error>),
    /// A declaration was answered by the server.
    Declared(IdempotencyKey, Result<Box<ServedLocation>, Error>),
    /// An enrolment was answered by the server; its tokens are held and, where the keychain
    /// answers, kept.
    Enrolled(Result<Agent, Error>),
    /// What was kept on this computer.
    FilesRead {
        /// The declaration that was not sent yet.
        outbox: Kept<Outbox>,
        /// What was known last.
        remembered: Kept<Remembered>,
    },
    /// The keychain could be read: whose session it holds, if any.
    KeychainOpened(Option<SignedInAs>),
    /// The keychain could not be read.
    KeychainRefused,
    /// The keychain could not be written, or takes too long over it.
    KeychainSilent,
    /// The keychain kept what it was given.
    KeychainWrote,
    /// The declaration of this key was kept on disk, or could not be.
    OutboxKept(IdempotencyKey, bool),
    /// The roster's stream.
    Roster(StreamId, Watched<RosterFrame>),
    /// The tokens are worth nothing any more.
    SignedOut(StreamId, Box<Refusal>),
    /// The companion starts.
    Start(Launch),
    /// A deadline has passed; see [`crate::Core::poll_timeout`].
    Time,
    /// The agent or the desktop says something that needs no answer.
    Told(Tell),
    /// The agent's stream.
    Watched(StreamId, Watched<State>),
    /// In which time zone the computer is now.
    Zone(TimeZone),
}

/// Whose session the keychain holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedInAs {
    /// The server's address.
    pub server: String,
    /// The agent's username.
    pub username: String,
}

/// What the agent asks for and waits for.
#[derive(Debug)]
pub enum Ask {
    /// "The call is over."
    CallOver,
    /// The agent says where they are. The key is new and random.
    Confirm(Box<Declare>, IdempotencyKey),
    /// The agent would not say.
    Decline(String),
    /// Drops what was not sent yet.
    Discard,
    /// "End call."
    EndCall,
    /// The shift has ended.
    EndShift,
    /// Signs in.
    SignIn {
        /// As typed.
        server: String,
        /// As typed.
        code: SecretString,
    },
    /// Signs out.
    SignOut,
}

/// What needs no answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Tell {
    /// A choice in the tray's menu.
    Chosen(Action),
    /// A window is gone.
    Closed(Window),
    /// A notice of this computer's own was closed.
    Dismissed(String),
    /// "I have moved."
    Moved,
    /// A window was made.
    Opened(Window),
    /// A window drew its first frame.
    Painted(Window),
    /// Quit, whatever speaks against it.
    QuitAnyway,
    /// The app was started again.
    Relaunched(Launch),
    /// The computer woke up, or the network changed.
    Resumed,
    /// The windows found out in which language the app speaks, or the person chose one.
    Spoken(Speech),
    /// Back from the choice of places.
    Stay,
    /// Do not quit.
    StayRunning,
    /// Whether the main window shows the roster.
    WatchRoster(bool),
}
