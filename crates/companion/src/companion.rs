use std::{future::Future, sync::Arc};

use api::{
    address::{AddressCheck, Interpretation},
    place::{Place, PlaceReference, SavePlace},
    site::{Seats, SiteDetail, Sites},
};
use location::{CivicAddress, PlaceClass};
use serde::Deserialize;
use tokio::sync::watch;
use ts_rs::TS;

use crate::{
    shell::{Shell, Window},
    tray::Action,
    view::{CommandError, CommandErrorCode, Connection, LocalErrorCode, Session, View},
};

/// How the app was started.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Launch {
    /// The server's address to offer on the sign-in screen.
    pub server: Option<String>,
    /// The enrolment code to offer on the sign-in screen.
    pub code: Option<String>,
    /// Started to the tray: no window is made until something asks for one.
    pub to_tray: bool,
    /// What this computer is called, shown where an agent's devices are listed.
    pub device_name: String,
}

/// Where the agent says they are: the argument of the command `confirm`.
#[derive(Clone, Debug, Deserialize, PartialEq, TS)]
pub struct Declare {
    /// How the server knows the place.
    pub place: PlaceReference,
    /// What people call it, such as `WS 181` or `Home`; shown while the server has not answered.
    pub label: String,
    /// What kind of place it is.
    pub class: PlaceClass,
    /// The address to read aloud as far as it is known here; shown while the server has not
    /// answered.
    pub lines: Vec<String>,
    /// Why an address that failed its check is right all the same.
    #[serde(default)]
    pub override_reason: Option<String>,
}

/// The handle to the running companion: what the shell's commands forward to. Cheap to clone.
///
/// Commands that change something answer when it is safe here (or refused), not when the server
/// has it: what became of it is in the [`View`].
#[derive(Clone)]
pub struct Companion {
    view: watch::Receiver<Arc<View>>,
}

impl Companion {
    /// A companion and the future that runs it. Spawn the future on a tokio runtime; it ends when
    /// the last handle is gone or the app quits.
    pub fn new(shell: Shell, launch: Launch) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (sender, view) = watch::channel(Arc::new(View {
            revision: 0,
            session: Session::Starting,
            connection: Connection::Connecting,
            clock_skew_ms: 0,
            emergency: None,
            quit_warning: None,
        }));
        let run = async move {
            use crate::tray::*;
            if !launch.to_tray { shell.screen.show(Window::Main); }
            shell.screen.draw_tray(&Tray{icon: Icon::RedPhone, status: "Confirmed until 5 & 6 pm_x".into(), menu: vec![Item::Line("A & b_c".into()), Item::Separator, Item::Choice{action: Action::Open, label:"Open".into()}, Item::Choice{action: Action::Quit, label:"Quit".into()}]});
            if let Some(code) = &launch.code { if code == "E" { shell.screen.show(Window::Emergency); } }
            let _kept = (shell, launch);
            sender.closed().await;
        };
        (Self { view }, run)
    }

    /// The view as it stands. Windows ask once when they load, then listen for the event `view`.
    #[must_use]
    pub fn snapshot(&self) -> View {
        View::clone(&self.view.borrow())
    }

    /// Signs this computer in with a one-time code.
    ///
    /// # Errors
    /// When the address is none, the server cannot be reached, or it refuses the code.
    pub async fn sign_in(&self, _server: String, _code: String) -> Result<(), CommandError> {
        self.ask().await
    }

    /// Signs out and forgets everything kept on this computer.
    ///
    /// # Errors
    /// While an emergency call is open.
    pub async fn sign_out(&self) -> Result<(), CommandError> {
        self.ask().await
    }

    /// The agent says where they are. Answers once it is kept here (or in memory, when the
    /// keychain does not answer; the view says which).
    ///
    /// # Errors
    /// When nobody is signed in.
    pub async fn confirm(&self, _declare: Declare) -> Result<(), CommandError> {
        self.ask().await
    }

    /// The agent would not say. Drops what was not sent yet.
    ///
    /// # Errors
    /// When the server did not take it; it is not kept for later.
    pub async fn decline(&self, _reason: String) -> Result<(), CommandError> {
        self.ask().await
    }

    /// The end of the shift. Drops what was not sent yet.
    ///
    /// # Errors
    /// When the server did not take it; it is not kept for later.
    pub async fn end_shift(&self) -> Result<(), CommandError> {
        self.ask().await
    }

    /// Drops what was not sent yet, as after a refusal or the question whether it still holds.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub async fn discard(&self) -> Result<(), CommandError> {
        self.ask().await
    }

    /// "The call is over", when the platform never said so.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn call_over(&self) -> Result<(), CommandError> {
        self.ask().await
    }

    /// "I have moved": opens the main window at the choice of places.
    pub fn moved(&self) {}

    /// The agent turned back from the choice of places.
    pub fn stay(&self) {}

    /// The agent closed a notice of this computer's own. The server's stay.
    pub fn dismiss(&self, _code: String) {}

    /// Seats whose label, room or site match.
    ///
    /// # Errors
    /// When the server did not answer.
    pub async fn search_seats(&self, _query: String) -> Result<Seats, CommandError> {
        self.ask().await
    }

    /// Every site.
    ///
    /// # Errors
    /// When the server did not answer.
    pub async fn sites(&self) -> Result<Sites, CommandError> {
        self.ask().await
    }

    /// One site with its plans and seats.
    ///
    /// # Errors
    /// When the server did not answer.
    pub async fn site(&self, _site_id: String) -> Result<SiteDetail, CommandError> {
        self.ask().await
    }

    /// Reads a written address, here and without the server.
    ///
    /// # Errors
    /// When the country is not one that is known here.
    pub async fn interpret(
        &self,
        _text: String,
        _country: Option<String>,
    ) -> Result<Interpretation, CommandError> {
        self.ask().await
    }

    /// What can be said here about an address in its elements, and what 911 would see.
    ///
    /// # Errors
    /// None so far; a server that knows more may refuse.
    pub async fn check(&self, _address: CivicAddress) -> Result<AddressCheck, CommandError> {
        self.ask().await
    }

    /// Saves an address; with an identifier, replaces that one.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn save_place(
        &self,
        _id: Option<String>,
        _place: SavePlace,
    ) -> Result<Place, CommandError> {
        self.ask().await
    }

    /// Deletes a saved address.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn delete_place(&self, _id: String) -> Result<(), CommandError> {
        self.ask().await
    }

    /// The main window shows the roster (or no longer does): the event `roster` with an
    /// [`api::roster::RosterFrame`] that is complete comes at once and with every change, while
    /// the role fits.
    pub fn watch_roster(&self, _watching: bool) {}

    /// A window drew its first frame.
    pub fn painted(&self, _window: Window) {}

    /// A window was made, by whomever.
    pub fn opened(&self, _window: Window) {}

    /// A window is gone, by whomever. The emergency window is made again while it is needed.
    pub fn closed(&self, _window: Window) {}

    /// The app was started again while it runs: shows the main window, and takes over what the
    /// second start offered.
    pub fn relaunched(&self, _launch: Launch) {}

    /// A choice in the tray's menu.
    pub fn choose(&self, _action: Action) {}

    /// The agent was warned and quits all the same.
    pub fn quit_anyway(&self) {}

    /// The agent was warned and stays.
    pub fn stay_running(&self) {}

    /// The computer woke up, or the network changed: everything is read again.
    pub fn resumed(&self) {}

    async fn ask<T>(&self) -> Result<T, CommandError> {
        let mut view = self.view.clone();
        view.changed().await.ok();
        Err(CommandError {
            code: CommandErrorCode::Local(LocalErrorCode::NotSignedIn),
            message: "Nobody is signed in.".to_owned(),
            problems: Vec::new(),
        })
    }
}
