use std::{
    fmt,
    future::Future,
    path::PathBuf,
    sync::{Arc, PoisonError},
};

use api::{
    address::{AddressCheck, Interpretation},
    break_glass::{AcknowledgeNotice, NoticeVersion, OpenedAddress},
    drill::{self, Drills, StartDrill, StartedDrill},
    emergency::EmergencySummary,
    place::{Place, PlaceReference, SavePlace},
    site::{Seats, SiteDetail, Sites},
    test_call::ReportTestCall,
};
use client::Session;
use jiff::{Timestamp, tz::TimeZone};
use location::{CivicAddress, PlaceClass};
use secrecy::SecretString;
use serde::Deserialize;
use tokio::sync::{mpsc, oneshot, watch};
use ts_rs::TS;

use crate::{
    clock::{Clock, SystemClock},
    core::{Ask, Core, Input, Tell},
    driver::{Driver, Message, Slot},
    handing_over,
    language::Speech,
    random, reading,
    shell::{Shell, Window},
    tray::Action,
    view::{CommandError, LocalErrorCode, View},
};

/// How the app was started.
#[derive(Clone, Default, Eq, PartialEq)]
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
#[derive(Clone, Deserialize, PartialEq, TS)]
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

impl fmt::Debug for Launch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Launch")
            .field("server", &self.server)
            .field("to_tray", &self.to_tray)
            .field("device_name", &self.device_name)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Declare {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Declare")
            .field("class", &self.class)
            .finish_non_exhaustive()
    }
}

/// The handle to the running companion: what the shell's commands forward to. Cheap to clone.
///
/// Commands that change something answer when it is safe here (or refused), not when the server
/// has it: what became of it is in the [`View`].
#[derive(Clone)]
pub struct Companion {
    messages: mpsc::UnboundedSender<Message>,
    view: watch::Receiver<Arc<View>>,
    slot: Slot,
}

impl Companion {
    /// A companion and the future that runs it. Spawn the future on a tokio runtime; it ends when
    /// the last handle is gone.
    pub fn new(shell: Shell, launch: Launch) -> (Self, impl Future<Output = ()> + Send + 'static) {
        Self::with_clock(shell, launch, Arc::new(SystemClock), TimeZone::system())
    }

    /// The same with another clock, for tests; times of day in the tray are written for `zone`.
    pub fn with_clock(
        shell: Shell,
        launch: Launch,
        clock: Arc<dyn Clock>,
        zone: TimeZone,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let speech = Driver::speech(&*shell.disk);
        let core = Core::new(clock.boot(), zone, clock.now()).speaking(speech);
        let (messages, inbox) = mpsc::unbounded_channel();
        let (sender, view) = watch::channel(Arc::clone(core.view()));
        let slot = Slot::default();
        let companion = Self {
            messages,
            view,
            slot: Arc::clone(&slot),
        };
        companion.put(Input::Start(launch));
        let channels = (companion.messages.downgrade(), inbox);
        let run = async move {
            Driver::new(core, clock, shell, channels, sender, slot)
                .run()
                .await;
        };
        (companion, run)
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
    pub async fn sign_in(&self, server: String, code: String) -> Result<(), CommandError> {
        let code = SecretString::from(code);
        self.ask(Ask::SignIn { server, code }).await
    }

    /// Signs out and forgets everything kept on this computer.
    ///
    /// # Errors
    /// While an emergency call is open.
    pub async fn sign_out(&self) -> Result<(), CommandError> {
        self.ask(Ask::SignOut).await
    }

    /// The agent says where they are. Answers once it is kept here (or in memory, when the
    /// keychain does not answer; the view says which), or the server has it.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub async fn confirm(&self, declare: Declare) -> Result<(), CommandError> {
        let key = random::idempotency_key()
            .map_err(|error| CommandError::local(LocalErrorCode::NoRandomness, &error))?;
        self.ask(Ask::Confirm(Box::new(declare), key)).await
    }

    /// The agent would not say. Drops what was not sent yet.
    ///
    /// # Errors
    /// When the server did not take it; it is not kept for later.
    pub async fn decline(&self, reason: String) -> Result<(), CommandError> {
        self.ask(Ask::Decline(reason)).await
    }

    /// The end of the shift. Drops what was not sent yet.
    ///
    /// # Errors
    /// When the server did not take it; it is not kept for later.
    pub async fn end_shift(&self) -> Result<(), CommandError> {
        self.ask(Ask::EndShift).await
    }

    /// Drops what was not sent yet, as after a refusal or the question whether it still holds.
    ///
    /// # Errors
    /// When the app is ending.
    pub async fn discard(&self) -> Result<(), CommandError> {
        self.ask(Ask::Discard).await
    }

    /// "The call is over", when the platform never said so.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn call_over(&self) -> Result<(), CommandError> {
        self.ask(Ask::CallOver).await
    }

    /// What the agent heard on a test call (933).
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn report_test_call(
        &self,
        call_id: String,
        report: ReportTestCall,
    ) -> Result<(), CommandError> {
        answer(self.session()?.report_test_call(&call_id, &report).await)
    }

    /// "End call": has the platform hang up.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn end_call(&self) -> Result<(), CommandError> {
        self.ask(Ask::EndCall).await
    }

    /// "I have moved": opens the main window at the choice of places.
    pub fn moved(&self) {
        self.tell(Tell::Moved);
    }

    /// The agent turned back from the choice of places.
    pub fn stay(&self) {
        self.tell(Tell::Stay);
    }

    /// The agent closed a notice of this computer's own. The server's stay.
    pub fn dismiss(&self, code: String) {
        self.tell(Tell::Dismissed(code));
    }

    /// The windows found out in which language the app speaks (a tag of RFC 5646, such as `es-US`),
    /// or the person chose it. What is no language of the app changes nothing.
    pub fn speak(&self, tag: String, chosen: bool) {
        self.tell(Tell::Spoken(Speech { tag, chosen }));
    }

    /// Seats whose label, room or site match.
    ///
    /// # Errors
    /// When the server did not answer.
    pub async fn search_seats(&self, query: String) -> Result<Seats, CommandError> {
        answer(self.session()?.seats(&query).await)
    }

    /// Every site.
    ///
    /// # Errors
    /// When the server did not answer.
    pub async fn sites(&self) -> Result<Sites, CommandError> {
        answer(self.session()?.sites().await)
    }

    /// One site with its plans and seats.
    ///
    /// # Errors
    /// When the server did not answer.
    pub async fn site(&self, site_id: String) -> Result<SiteDetail, CommandError> {
        answer(self.session()?.site(&site_id).await)
    }

    /// Reads a written address: here, and so also without the server. `country` is ISO 3166; the
    /// agent's own when it is absent.
    #[must_use]
    pub fn interpret(&self, text: &str, country: Option<&str>) -> Interpretation {
        reading::interpret(text, country, &self.view.borrow())
    }

    /// What can be said about an address in its elements, and what 911 would see. The server is
    /// asked, which knows what the organisation sends; when it does not answer soon, what can be
    /// said here is the answer.
    ///
    /// # Errors
    /// When the server refuses the question.
    pub async fn check(&self, address: CivicAddress) -> Result<AddressCheck, CommandError> {
        reading::check(self.session().ok(), address).await
    }

    /// Saves an address; with an identifier, replaces that one.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn save_place(
        &self,
        id: Option<String>,
        place: SavePlace,
    ) -> Result<Place, CommandError> {
        answer(self.session()?.save_place(id.as_deref(), &place).await)
    }

    /// Deletes a saved address.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn delete_place(&self, id: String) -> Result<(), CommandError> {
        answer(self.session()?.delete_place(&id).await)
    }

    /// "I am handling this": of a call, by its `reference`.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn acknowledge_emergency(
        &self,
        reference: &str,
    ) -> Result<EmergencySummary, CommandError> {
        answer(self.session()?.acknowledge_emergency(reference).await)
    }

    /// Opens the address of an agent, which is on record.
    ///
    /// # Errors
    /// When the server did not give it.
    pub async fn open_address(
        &self,
        username: &str,
        reason: Option<String>,
    ) -> Result<OpenedAddress, CommandError> {
        answer(self.session()?.open_address(username, reason).await)
    }

    /// "I have read this": a notice of the server's that stays until then.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn acknowledge_notice(
        &self,
        notice: String,
        version: String,
        locale: String,
    ) -> Result<(), CommandError> {
        let read = AcknowledgeNotice {
            notice,
            version: NoticeVersion::Text(version),
            locale,
        };
        answer(self.session()?.acknowledge_notice(&read).await)
    }

    /// "The call is over", said of a colleague's call, by its `reference`.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn call_is_over(&self, reference: String) -> Result<(), CommandError> {
        answer(self.session()?.call_is_over(&reference).await)
    }

    /// Runs a drill.
    ///
    /// # Errors
    /// When the server did not take it.
    pub async fn start_drill(&self, whom: &StartDrill) -> Result<StartedDrill, CommandError> {
        answer(self.session()?.start_drill(whom).await)
    }

    /// The last drills, the newest first.
    ///
    /// # Errors
    /// When the server did not answer.
    pub async fn drills(&self) -> Result<Drills, CommandError> {
        answer(self.session()?.drills().await)
    }

    /// Writes how a drill went, as a table (CSV), into `folder`, and answers with the path of the file. No
    /// file that is there already is touched.
    ///
    /// # Errors
    /// When the server did not answer, or the file cannot be written.
    pub async fn save_drill_table(
        &self,
        drill_id: &str,
        started_at: Timestamp,
        folder: Option<PathBuf>,
    ) -> Result<String, CommandError> {
        let table = answer(self.session()?.drill_table(drill_id).await)?;
        handing_over::save(folder, drill::table_name(started_at), table).await
    }

    /// The main window shows the roster (or no longer does): the event `roster` with an
    /// [`api::roster::RosterFrame`] that is complete comes at once and with every change, while
    /// the role fits.
    pub fn watch_roster(&self, watching: bool) {
        self.tell(Tell::WatchRoster(watching));
    }

    /// A window drew its first frame.
    pub fn painted(&self, window: Window) {
        self.tell(Tell::Painted(window));
    }

    /// A window was made, by whomever.
    pub fn opened(&self, window: Window) {
        self.tell(Tell::Opened(window));
    }

    /// A window is gone, by whomever. The emergency window is made again while it is needed.
    pub fn closed(&self, window: Window) {
        self.tell(Tell::Closed(window));
    }

    /// The app was started again while it runs: takes over what the second start offered, and
    /// shows the main window unless that start was to the tray.
    pub fn relaunched(&self, launch: Launch) {
        self.tell(Tell::Relaunched(launch));
    }

    /// A choice in the tray's menu.
    pub fn choose(&self, action: Action) {
        self.tell(Tell::Chosen(action));
    }

    /// The agent was warned and quits all the same.
    pub fn quit_anyway(&self) {
        self.tell(Tell::QuitAnyway);
    }

    /// The agent was warned and stays.
    pub fn stay_running(&self) {
        self.tell(Tell::StayRunning);
    }

    /// The computer woke up, or the network changed: everything is read again.
    pub fn resumed(&self) {
        self.tell(Tell::Resumed);
    }

    fn tell(&self, tell: Tell) {
        self.put(Input::Told(tell));
    }

    fn put(&self, input: Input) {
        // Nobody listens any more when the app ends.
        self.messages.send(Message::Input(input)).ok();
    }

    async fn ask(&self, ask: Ask) -> Result<(), CommandError> {
        let (sender, answer) = oneshot::channel();
        self.messages.send(Message::Ask(ask, sender)).ok();
        answer
            .await
            .unwrap_or_else(|_| Err(LocalErrorCode::NotSignedIn.into()))
    }

    fn session(&self) -> Result<Session, CommandError> {
        let slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        slot.clone()
            .ok_or_else(|| LocalErrorCode::NotSignedIn.into())
    }
}

fn answer<T>(result: Result<T, client::Error>) -> Result<T, CommandError> {
    result.map_err(|error| CommandError::from(&error))
}
