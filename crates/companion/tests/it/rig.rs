//! A companion without a computer: what it wants is done at once, except what a test answers.

use std::{collections::BTreeSet, time::Duration};

use api::{agent::Me, location::ConfirmLocation, location::ServedLocation, roster::RosterFrame};
use client::{Error, IdempotencyKey, State, Watched};
use companion::{
    Declare, Launch, Speech,
    clock::{Boot, Now},
    core::{
        Ask, Core, Input, Kept, Outbox, Output, Remembered, SignedInAs, StreamId, Tell, Ticket,
    },
    shell::Window,
    tray::Tray,
    view::{CommandError, Headline, Session, SignedIn, View},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use secrecy::SecretString;

use crate::sample::{NINE, SERVER, unreachable, ws_181};

/// What the keychain does.
#[derive(Clone, Debug)]
pub(crate) enum Keychain {
    Answers,
    Hangs,
    Refuses,
}

/// The companion and everything around it.
pub(crate) struct Rig {
    core: Core,
    pub(crate) now: Now,
    /// What time it really is.
    pub(crate) server: Timestamp,
    boot: Boot,
    pub(crate) keychain: Keychain,
    pub(crate) session: Option<SignedInAs>,
    /// Whether files can be written.
    pub(crate) disk_works: bool,
    /// What was kept is read only by [`Rig::read_files`].
    pub(crate) disk_is_slow: bool,
    pub(crate) outbox: Kept<Outbox>,
    pub(crate) remembered: Kept<Remembered>,
    /// Declarations on their way, oldest first.
    pub(crate) sent: Vec<(IdempotencyKey, ConfirmLocation)>,
    /// Other writes on their way, as words.
    pub(crate) said: Vec<(Ticket, &'static str)>,
    pub(crate) answers: Vec<(Ticket, Result<(), CommandError>)>,
    pub(crate) windows: BTreeSet<&'static str>,
    /// Every window that was asked for, in order.
    pub(crate) shown: Vec<&'static str>,
    pub(crate) view: View,
    pub(crate) views: usize,
    pub(crate) tray: Option<Tray>,
    pub(crate) roster: Vec<RosterFrame>,
    pub(crate) enrolments: usize,
    /// How often somebody else's call asked for attention.
    pub(crate) alerts: usize,
    /// How often the keychain was asked.
    pub(crate) keychain_asked: usize,
    pub(crate) forgotten: Vec<bool>,
    pub(crate) quit: bool,
    /// How the app speaks, as it is kept.
    pub(crate) speech: Option<Speech>,
    /// How often the time zone was asked for.
    pub(crate) zones_asked: usize,
    /// Of which calls the server was told that the banner is on the screen.
    pub(crate) banners: Vec<String>,
    pub(crate) stream: Option<StreamId>,
    pub(crate) roster_stream: Option<StreamId>,
    tickets: u64,
    keys: u8,
    boots: u32,
}

impl Rig {
    /// Nine o'clock on a computer that has been up for an hour; nobody is signed in.
    pub(crate) fn new() -> Self {
        let now = Now {
            wall: NINE.parse().unwrap(),
            up: Duration::from_secs(3_600),
        };
        let boot = Boot::new("boot 0");
        Self {
            core: Core::new(boot.clone(), TimeZone::UTC, now),
            now,
            server: now.wall,
            boot,
            keychain: Keychain::Answers,
            session: None,
            disk_works: true,
            disk_is_slow: false,
            outbox: Kept::Missing,
            remembered: Kept::Missing,
            sent: Vec::new(),
            said: Vec::new(),
            answers: Vec::new(),
            windows: BTreeSet::new(),
            shown: Vec::new(),
            view: View::starting(),
            views: 0,
            tray: None,
            roster: Vec::new(),
            enrolments: 0,
            alerts: 0,
            keychain_asked: 0,
            forgotten: Vec::new(),
            quit: false,
            speech: None,
            zones_asked: 0,
            banners: Vec::new(),
            stream: None,
            roster_stream: None,
            tickets: 0,
            keys: 0,
            boots: 0,
        }
    }

    /// Maria is signed in, the app is in the tray, and the server has not answered yet.
    pub(crate) fn signed_in() -> Self {
        let mut rig = Self::new();
        rig.session = Some(maria());
        rig.start();
        rig
    }

    /// The same, and the server said this.
    pub(crate) fn with(me: Me) -> Self {
        let mut rig = Self::signed_in();
        rig.opened();
        rig.pushed(me);
        rig
    }

    /// The server is away, and "I am at WS 181" is saved here.
    pub(crate) fn saved_here(me: Me) -> Self {
        let mut rig = Self::with(me);
        rig.lost();
        rig.confirm(ws_181());
        rig.acknowledge(Err(unreachable()));
        rig
    }

    /// Starts to the tray.
    pub(crate) fn start(&mut self) {
        self.launch(Launch {
            to_tray: true,
            ..Launch::default()
        });
    }

    pub(crate) fn launch(&mut self, launch: Launch) {
        self.input(Input::Start(launch));
    }

    /// What was kept is read.
    pub(crate) fn read_files(&mut self) {
        let outbox = self.outbox.clone();
        let remembered = self.remembered.clone();
        self.input(Input::FilesRead { outbox, remembered });
    }

    /// `kill -9`, and a new process with what was kept.
    pub(crate) fn restart(&mut self) {
        self.core = Core::new(self.boot.clone(), TimeZone::UTC, self.now)
            .speaking(self.speech.clone().unwrap_or_default());
        self.windows.clear();
        self.sent.clear();
        self.said.clear();
        self.stream = None;
        self.view = View::starting();
        self.tray = None;
        self.start();
    }

    /// The computer was restarted, which took a minute.
    pub(crate) fn reboot(&mut self) {
        self.boots += 1;
        self.boot = Boot::new(&format!("boot {}", self.boots));
        self.now.up = Duration::from_secs(20);
        self.now.wall += SignedDuration::from_mins(1);
        self.server += SignedDuration::from_mins(1);
        self.restart();
    }

    pub(crate) fn input(&mut self, input: Input) {
        self.core.handle(input, self.now);
        while let Some(output) = self.core.poll_output() {
            self.act(output);
        }
    }

    pub(crate) fn tell(&mut self, tell: Tell) {
        self.input(Input::Told(tell));
    }

    pub(crate) fn ask(&mut self, ask: Ask) -> Ticket {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        self.input(Input::Asked(ticket, ask));
        ticket
    }

    pub(crate) fn sign_in(&mut self, server: &str) -> Ticket {
        self.ask(Ask::SignIn {
            server: server.to_owned(),
            code: SecretString::from("ABCD-EFGH-JKLM"),
        })
    }

    pub(crate) fn confirm(&mut self, declare: Declare) -> Ticket {
        self.keys += 1;
        let key = IdempotencyKey::from_random([self.keys; 16]);
        self.ask(Ask::Confirm(Box::new(declare), key))
    }

    /// What became of a question.
    pub(crate) fn answer(&self, ticket: Ticket) -> Option<&Result<(), CommandError>> {
        let mut answers = self.answers.iter();
        answers
            .find(|(asked, _)| *asked == ticket)
            .map(|(_, answer)| answer)
    }

    pub(crate) fn opened(&mut self) {
        let date = Some(self.server);
        self.watched(Watched::Opened { date });
    }

    pub(crate) fn pushed(&mut self, me: Me) {
        self.watched(Watched::Frame(State::Whole(Box::new(me))));
    }

    pub(crate) fn lost(&mut self) {
        self.watched(Watched::Lost {
            error: Error::Unreachable("the stream ended"),
            retry_in: Duration::from_secs(5),
        });
    }

    pub(crate) fn watched(&mut self, watched: Watched<State>) {
        let id = self.stream.unwrap_or_default();
        self.input(Input::Watched(id, watched));
    }

    /// Answers the oldest declaration that is on its way.
    pub(crate) fn acknowledge(&mut self, result: Result<ServedLocation, Error>) {
        let (key, _) = self.sent.remove(0);
        self.input(Input::Declared(key, result.map(Box::new)));
    }

    /// Lets time pass, stopping at every deadline on the way.
    pub(crate) fn wait(&mut self, time: Duration) {
        let end = self.now.up + time;
        while self.now.up < end {
            let next = self.core.poll_timeout().clamp(self.now.up, end);
            let passed = next - self.now.up;
            self.pass(passed);
            self.input(Input::Time);
            assert!(
                passed > Duration::ZERO || self.core.poll_timeout() > self.now.up,
                "a deadline that is never done with"
            );
        }
    }

    /// The lid is closed for this long.
    pub(crate) fn sleep(&mut self, time: Duration) {
        self.pass(time);
        self.input(Input::Time);
    }

    fn pass(&mut self, time: Duration) {
        self.now.up += time;
        let time = SignedDuration::try_from(time).unwrap();
        self.now.wall += time;
        self.server += time;
    }

    pub(crate) fn headline(&self) -> Headline {
        self.maria().location.headline
    }

    pub(crate) fn maria(&self) -> &SignedIn {
        match &self.view.session {
            Session::SignedIn(signed_in) => signed_in,
            other @ (Session::SignedOut { .. } | Session::Starting) => {
                panic!("somebody should be signed in, not {other:?}")
            }
        }
    }

    pub(crate) fn notices(&self) -> Vec<&str> {
        let notices = &self.maria().notices;
        notices.iter().map(|notice| &*notice.code).collect()
    }

    fn act(&mut self, output: Output) {
        match output {
            Output::Alert => {
                self.alerts += 1;
                self.windows.insert(name(Window::Main));
            }
            Output::Answer(ticket, answer) => self.answers.push((ticket, answer)),
            Output::BannerShown(call) => self.banners.push(call),
            Output::CallOver(ticket) => self.said.push((ticket, "over")),
            Output::Declare(key, declaration) => self.sent.push((key, *declaration)),
            Output::Decline(ticket, _) => self.said.push((ticket, "decline")),
            Output::Destroy(window) => {
                self.windows.remove(name(window));
            }
            Output::DrawTray(tray) => self.tray = Some(tray),
            Output::DropOutbox => self.outbox = Kept::Missing,
            Output::DropRemembered => self.remembered = Kept::Missing,
            Output::EmitView(view) => {
                assert_eq!(view.revision, self.view.revision + 1);
                self.view = View::clone(&view);
                self.views += 1;
            }
            Output::EmitRoster(roster) => self.roster.push(*roster),
            Output::EndCall(ticket) => self.said.push((ticket, "hang up")),
            Output::EndShift(ticket) => self.said.push((ticket, "end")),
            Output::Enrol { .. } => self.enrolments += 1,
            Output::ForgetSession { tell_server } => {
                self.forgotten.push(tell_server);
                self.session = None;
            }
            Output::KeepOutbox(outbox) => {
                let kept = self.disk_works;
                let key = outbox_key(&outbox);
                if kept {
                    self.outbox = Kept::Read(outbox);
                }
                self.input(Input::OutboxKept(key, kept));
            }
            Output::KeepRemembered(remembered) => {
                if self.disk_works {
                    self.remembered = Kept::Read(remembered);
                }
            }
            Output::KeepSpeech(speech) => self.speech = Some(speech),
            Output::ReadZone => self.zones_asked += 1,
            Output::OpenKeychain => {
                self.keychain_asked += 1;
                match self.keychain {
                    Keychain::Answers => self.input(Input::KeychainOpened(self.session.clone())),
                    Keychain::Hangs => {}
                    Keychain::Refuses => self.input(Input::KeychainRefused),
                }
            }
            Output::Quit => self.quit = true,
            Output::ReadFiles if self.disk_is_slow => {}
            Output::ReadFiles => self.read_files(),
            Output::Show(window) => {
                self.windows.insert(name(window));
                self.shown.push(name(window));
            }
            Output::Unwatch => self.stream = None,
            Output::UnwatchRoster => self.roster_stream = None,
            Output::Watch(id) => self.stream = Some(id),
            Output::WatchRoster(id) => self.roster_stream = Some(id),
        }
    }
}

pub(crate) fn maria() -> SignedInAs {
    SignedInAs {
        server: SERVER.to_owned(),
        username: "maria.chen".to_owned(),
    }
}

fn name(window: Window) -> &'static str {
    match window {
        Window::Emergency => "emergency",
        Window::Main => "main",
    }
}

fn outbox_key(outbox: &Outbox) -> IdempotencyKey {
    let value = serde_json::to_value(outbox).unwrap();
    serde_json::from_value(value["key"].clone()).unwrap()
}
