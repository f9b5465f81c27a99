//! Everything the core can want.

use std::sync::Arc;

use api::{location::ConfirmLocation, roster::RosterFrame};
use client::{IdempotencyKey, ServerUrl};
use secrecy::SecretString;

use crate::{
    core::{
        input::{StreamId, Ticket},
        kept::{Outbox, Remembered},
    },
    language::Speech,
    shell::Window,
    tray::Tray,
    view::{CommandError, View},
};

/// Something is to be done. What has an answer comes back as an [`crate::core::Input`].
#[derive(Debug)]
pub enum Output {
    /// Show the main window to somebody who is told of calls, without taking the keyboard.
    Alert,
    /// Answer a question of the agent.
    Answer(Ticket, Result<(), CommandError>),
    /// Tell the server that the banner of this call is on the screen; answered by `BannerTold`.
    BannerShown(String),
    /// Tell the server that the call is over; answered by `Done`.
    CallOver(Ticket),
    /// Send a declaration; answered by `Declared`.
    Declare(IdempotencyKey, Box<ConfirmLocation>),
    /// Tell the server that the agent would not say; answered by `Done`.
    Decline(Ticket, String),
    /// Destroy a window.
    Destroy(Window),
    /// Draw the tray.
    DrawTray(Tray),
    /// Forget the declaration that was kept.
    DropOutbox,
    /// Forget what was known last.
    DropRemembered,
    /// Send the view to the windows.
    EmitView(Arc<View>),
    /// Send the roster to the main window.
    EmitRoster(Box<RosterFrame>),
    /// Have the platform hang up; answered by `Done`.
    EndCall(Ticket),
    /// Tell the server that the shift has ended; answered by `Done`.
    EndShift(Ticket),
    /// Enrol this computer; answered by `Enrolled`.
    Enrol {
        /// Where.
        server: ServerUrl,
        /// The one-time code.
        code: SecretString,
        /// What this computer is called.
        device_name: String,
    },
    /// Forget the tokens. With `tell_server`, the server too, as far as it can be reached.
    ForgetSession {
        /// Whether the tokens are still worth something.
        tell_server: bool,
    },
    /// Keep a declaration; answered by `OutboxKept`.
    KeepOutbox(Box<Outbox>),
    /// Keep what is known.
    KeepRemembered(Box<Remembered>),
    /// Keep how the app speaks, also for when nobody is signed in.
    KeepSpeech(Speech),
    /// Write what the keychain does not have yet, then read it; answered by `KeychainOpened` or
    /// `KeychainRefused`, in whatever time it takes.
    OpenKeychain,
    /// End the app.
    Quit,
    /// Read what was kept; answered by `FilesRead`.
    ReadFiles,
    /// Find out the computer's time zone; answered by `Zone`, where there is anything to find out.
    ReadZone,
    /// Make a window, or raise it.
    Show(Window),
    /// Give up the agent's stream.
    Unwatch,
    /// Give up the roster's stream.
    UnwatchRoster,
    /// Open the agent's stream, instead of the one before.
    Watch(StreamId),
    /// Open the roster's stream, instead of the one before.
    WatchRoster(StreamId),
}
