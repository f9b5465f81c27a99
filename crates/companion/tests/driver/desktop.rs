//! A desktop that remembers, and a keychain that does what a test says.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

use api::roster::RosterFrame;
use companion::{
    Companion, Folder, Launch,
    clock::{Boot, Clock, Now, SystemClock},
    shell::{Keychain, KeychainError, Screen, Shell, Window},
    tray::Tray,
    view::View,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::watch, task::JoinHandle, time::Instant};

/// A user's computer: it outlives the app.
pub(crate) struct Computer {
    pub(crate) keychain: Arc<Secrets>,
    folder: tempfile::TempDir,
}

impl Computer {
    pub(crate) fn new() -> Self {
        Self {
            keychain: Arc::default(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts the app to the tray.
    pub(crate) fn start(&self) -> App {
        self.start_by(Arc::new(SystemClock))
    }

    /// The same by another clock.
    pub(crate) fn start_by(&self, clock: Arc<dyn Clock>) -> App {
        let screen = Arc::new(Recorder::default());
        let shell = Shell {
            screen: screen.clone(),
            keychain: self.keychain.clone(),
            disk: Arc::new(Folder::new(self.folder.path())),
        };
        let launch = Launch {
            to_tray: true,
            device_name: "a test".to_owned(),
            ..Launch::default()
        };
        let (companion, run) = Companion::with_clock(shell, launch, clock, TimeZone::UTC);
        App {
            companion,
            screen,
            task: tokio::spawn(run),
        }
    }
}

/// The app while it runs.
pub(crate) struct App {
    pub(crate) companion: Companion,
    screen: Arc<Recorder>,
    task: JoinHandle<()>,
}

impl App {
    /// Waits for the desktop to look like this.
    pub(crate) async fn until(&self, what: &str, looks: impl Fn(&Desktop) -> bool) -> Desktop {
        let mut desktop = self.screen.0.subscribe();
        let seen = desktop.wait_for(|desktop| looks(desktop));
        match tokio::time::timeout(Duration::from_secs(20), seen).await {
            Ok(seen) => seen.unwrap().clone(),
            Err(_) => panic!("{what} did not come; {:?}", self.screen.0.borrow()),
        }
    }

    /// `kill -9`: nothing gets to say goodbye.
    pub(crate) async fn kill(self) {
        self.task.abort();
        self.task.await.unwrap_err();
    }
}

/// Clocks that go as tokio's does, which tests can stop.
pub(crate) struct Stoppable(Instant);

impl Stoppable {
    pub(crate) fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for Stoppable {
    fn now(&self) -> Now {
        let up = self.0.elapsed();
        Now {
            wall: Timestamp::UNIX_EPOCH + SignedDuration::try_from(up).unwrap(),
            up,
        }
    }

    fn boot(&self) -> Boot {
        Boot::new("a test")
    }
}

/// What the desktop shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Desktop {
    pub(crate) windows: BTreeSet<&'static str>,
    pub(crate) view: Option<View>,
    pub(crate) tray: Option<Tray>,
    pub(crate) roster: Option<RosterFrame>,
    pub(crate) quit: bool,
}

struct Recorder(watch::Sender<Desktop>);

impl Default for Recorder {
    fn default() -> Self {
        Self(watch::Sender::new(Desktop::default()))
    }
}

fn name(window: Window) -> &'static str {
    match window {
        Window::Emergency => "emergency",
        Window::Main => "main",
    }
}

impl Screen for Recorder {
    fn show(&self, window: Window) {
        self.0.send_modify(|desktop| {
            desktop.windows.insert(name(window));
        });
    }

    fn alert(&self) {
        self.show(Window::Main);
    }

    fn destroy(&self, window: Window) {
        self.0.send_modify(|desktop| {
            desktop.windows.remove(name(window));
        });
    }

    fn draw_tray(&self, tray: &Tray) {
        self.0
            .send_modify(|desktop| desktop.tray = Some(tray.clone()));
    }

    fn emit_view(&self, view: &View) {
        self.0
            .send_modify(|desktop| desktop.view = Some(view.clone()));
    }

    fn emit_roster(&self, roster: &RosterFrame) {
        self.0
            .send_modify(|desktop| desktop.roster = Some(roster.clone()));
    }

    fn quit(&self) {
        self.0.send_modify(|desktop| desktop.quit = true);
    }
}

/// Secrets in memory.
#[derive(Default)]
pub(crate) struct Secrets {
    held: Mutex<BTreeMap<String, String>>,
    refuses: AtomicBool,
    /// Every call waits for this to be closed.
    hangs: Mutex<Option<mpsc::Receiver<()>>>,
}

impl Secrets {
    pub(crate) fn held(&self, name: &str) -> Option<String> {
        self.held.lock().unwrap().get(name).cloned()
    }

    pub(crate) fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }

    /// Hangs until what is handed back is dropped.
    pub(crate) fn hang(&self) -> mpsc::Sender<()> {
        let (sender, receiver) = mpsc::channel();
        *self.hangs.lock().unwrap() = Some(receiver);
        sender
    }

    fn answer<T>(
        &self,
        answer: impl FnOnce(&mut BTreeMap<String, String>) -> T,
    ) -> Result<T, KeychainError> {
        if let Some(hangs) = &*self.hangs.lock().unwrap() {
            hangs.recv().ok();
        }
        if self.refuses.load(Ordering::Relaxed) {
            return Err(KeychainError("told to refuse".to_owned()));
        }
        Ok(answer(&mut self.held.lock().unwrap()))
    }
}

impl Keychain for Secrets {
    fn read(&self, name: &str) -> Result<Option<SecretString>, KeychainError> {
        self.answer(|held| held.get(name).cloned().map(SecretString::from))
    }

    fn write(&self, name: &str, secret: &SecretString) -> Result<(), KeychainError> {
        let secret = secret.expose_secret().to_owned();
        self.answer(|held| drop(held.insert(name.to_owned(), secret)))
    }

    fn erase(&self, name: &str) -> Result<(), KeychainError> {
        self.answer(|held| drop(held.remove(name)))
    }
}
