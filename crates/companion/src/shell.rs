//! What the core asks of the desktop around it. The shell implements these few verbs and holds no
//! behaviour of its own; tests implement them with fakes that record.

use std::sync::Arc;

use api::roster::RosterFrame;
use secrecy::SecretString;

use crate::{tray::Tray, view::View};

/// Everything the companion needs from its surroundings.
#[derive(Clone)]
pub struct Shell {
    /// Windows and tray.
    pub screen: Arc<dyn Screen>,
    /// Secrets that survive a restart.
    pub keychain: Arc<dyn Keychain>,
    /// Small files that survive a restart. [`crate::Folder`] is the real one.
    pub disk: Arc<dyn Disk>,
}

/// A window of the app.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Window {
    /// The emergency window: always on top, never closed by the agent.
    Emergency,
    /// The main window.
    Main,
}

/// Windows and tray. Every verb returns at once (it posts to the desktop's own thread), is
/// idempotent, and fails softly: a desktop without a tray is no reason to stop.
pub trait Screen: Send + Sync + 'static {
    /// Makes the window, or raises the one that is there. The emergency window never takes the
    /// keyboard away from what the agent is doing.
    fn show(&self, window: Window);

    /// Makes the main window, or raises it, for a call of somebody else, and asks for attention. Like
    /// the emergency window it never takes the keyboard.
    fn alert(&self);

    /// Destroys the window, and the memory it holds.
    fn destroy(&self, window: Window);

    /// Draws the tray icon, its tooltip and its menu.
    fn draw_tray(&self, tray: &Tray);

    /// Sends the event `view` with this document to every window.
    fn emit_view(&self, view: &View);

    /// Sends the event `roster` with this document to the main window.
    fn emit_roster(&self, roster: &RosterFrame);

    /// Ends the app.
    fn quit(&self);
}

/// The operating system's store of secrets. Every verb may block for long, or for ever: it is
/// called on a thread of its own, one call at a time, and nothing waits for it without a limit.
pub trait Keychain: Send + Sync + 'static {
    /// The secret under this name; `None` when there is none.
    ///
    /// # Errors
    /// When the keychain does not answer or refuses.
    fn read(&self, name: &str) -> Result<Option<SecretString>, KeychainError>;

    /// Sets the secret under this name.
    ///
    /// # Errors
    /// When the keychain does not answer or refuses.
    fn write(&self, name: &str, secret: &SecretString) -> Result<(), KeychainError>;

    /// Removes the secret under this name; there being none is a success.
    ///
    /// # Errors
    /// When the keychain does not answer or refuses.
    fn erase(&self, name: &str) -> Result<(), KeychainError>;
}

/// The keychain did not do it. Holds the reason for the log, never a secret.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the keychain does not answer: {0}")]
pub struct KeychainError(pub String);

/// A folder of small files that only this user can read. Called on a thread of its own.
pub trait Disk: Send + Sync + 'static {
    /// The bytes of the file; `None` when there is no such file.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    fn read(&self, name: &str) -> std::io::Result<Option<Vec<u8>>>;

    /// Replaces the file by these bytes: wholly or not at all, and durable on return.
    ///
    /// # Errors
    /// When that cannot be had; the old file then still stands.
    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()>;

    /// Removes the file; there being none is a success.
    ///
    /// # Errors
    /// When it is still there.
    fn erase(&self, name: &str) -> std::io::Result<()>;

    /// Moves an unreadable file out of the way and keeps it, for whoever wants to know why.
    ///
    /// # Errors
    /// When it is still in the way.
    fn set_aside(&self, name: &str) -> std::io::Result<()>;
}
