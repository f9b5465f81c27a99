//! What the windows show: one whole, small document with a rising revision. The screens draw it
//! and decide nothing.

mod audio;
mod emergency;
mod error;
mod location;

use std::fmt;

use api::agent::{Agent, Notice, Policy};
use api::place::{Place, Proposal};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use crate::{abroad::Abroad, language::Language};

pub use self::{
    audio::{AudioDevice, AudioDevices},
    emergency::EmergencyView,
    error::{CommandError, CommandErrorCode, LocalErrorCode},
    location::{Headline, LocationView, Unsent},
};

/// The whole of what the windows show.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct View {
    /// Rises with every change.
    pub revision: u64,
    /// Whether somebody is signed in, and who.
    pub session: Session,
    /// Whether the backend answers.
    pub connection: Connection,
    /// The backend's clock less this computer's, in milliseconds. Add it to local time before
    /// showing an age.
    pub clock_skew_ms: i64,
    /// The emergency. It outranks everything else.
    pub emergency: Option<EmergencyView>,
    /// The agent asked to quit, and this speaks against it: ask once, in words.
    pub quit_warning: Option<QuitWarning>,
    /// The language the person chose; null while the computer's own is followed.
    pub language: Option<Language>,
    /// The computer seems to be where emergency calls from it reach no local help.
    pub abroad: Option<Abroad>,
}

impl View {
    /// Before anything is known.
    #[must_use]
    pub const fn starting() -> Self {
        Self {
            revision: 0,
            session: Session::Starting,
            connection: Connection::Connecting,
            clock_skew_ms: 0,
            emergency: None,
            quit_warning: None,
            language: None,
            abroad: None,
        }
    }
}

/// What speaks against quitting.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuitWarning {
    /// A callback number is theirs, and without the app nobody tells them that 911 calls back.
    CallbackWindow,
    /// An emergency call is open.
    EmergencyOpen,
    /// What the agent said last is not with 911 yet.
    Unsent,
}

/// Whether somebody is signed in.
#[derive(Clone, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Session {
    /// The keychain was not read yet, or the first answer is awaited.
    Starting,
    /// Nobody is signed in.
    SignedOut {
        /// The server's address to offer.
        server: Option<String>,
        /// A code to offer.
        code: Option<String>,
        /// Why the last attempt, or the last session, ended.
        error: Option<CommandError>,
        /// An attempt is under way.
        busy: bool,
    },
    /// Somebody is.
    SignedIn(Box<SignedIn>),
}

impl fmt::Debug for Session {
    /// Without the code, which is worth a session.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Starting => formatter.write_str("Starting"),
            Self::SignedOut {
                server,
                error,
                busy,
                ..
            } => formatter
                .debug_struct("SignedOut")
                .field("server", server)
                .field("error", error)
                .field("busy", busy)
                .finish_non_exhaustive(),
            Self::SignedIn(signed_in) => {
                formatter.debug_tuple("SignedIn").field(signed_in).finish()
            }
        }
    }
}

/// Somebody is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SignedIn {
    /// Who.
    pub agent: Agent,
    /// The server's address.
    pub server: String,
    /// What the organisation set.
    pub policy: Policy,
    /// Where they are, as far as everybody knows.
    pub location: LocationView,
    /// Where they may be, best guess first.
    pub proposals: Vec<Proposal>,
    /// Saved addresses.
    pub places: Vec<Place>,
    /// What else they should know, most severe first.
    pub notices: Vec<Notice>,
    /// The keychain does not answer: nothing can be kept on this computer for now.
    pub keychain_unavailable: bool,
    /// The agent asked to say a new place ("Change" in the tray, "I have moved" during a call):
    /// show the choice of places whatever the headline is, until they choose or turn back.
    pub changing: bool,
    /// How many emergency calls of others alerted them since they signed in. Show the team's view
    /// when it rises.
    pub alerts: u32,
}

/// Whether the backend answers.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Connection {
    /// Not tried yet.
    Connecting,
    /// It does not.
    Offline {
        /// Since when, by this computer's clock.
        since: Timestamp,
        /// When it is tried again, by this computer's clock.
        retry_at: Timestamp,
    },
    /// It does.
    Online,
}
