//! What the app decides, without doing any of it.
//!
//! [`Core::handle`] takes what happened and what the clocks say; [`Core::poll_output`] hands out
//! what is to be done; [`Core::poll_timeout`] says when to come back if nothing happens. There is
//! no I/O, no clock and no randomness in here, so every situation can be put together in a test.
//!
//! Three things are kept apart on purpose. What the agent *declared* ([`Outbox`]), what the server
//! *serves* (a [`api::location::ServedLocation`] that arrived in this process's life, the only
//! source of "confirmed"), and what is *remembered* from before ([`Remembered`]), which proposes
//! and keeps an emergency on screen, and confirms nothing.

mod deadlines;
mod declaring;
mod emergency;
mod input;
mod kept;
mod look;
mod notices;
mod output;
mod roster;
mod server_clock;
mod signing;
mod stream;
mod windows;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::tz::TimeZone;

use self::{
    declaring::Declaring, emergency::Emergencies, notices::Notices, roster::RosterWatch,
    server_clock::ServerClock, signing::Signing, stream::Stream, windows::Windows,
};
pub use self::{
    input::{Ask, Input, SignedInAs, StreamId, Tell, Ticket},
    kept::{Kept, Outbox, Remembered},
    output::Output,
};
use crate::{
    clock::{Boot, Now},
    companion::Launch,
    language::Speech,
    tray::Tray,
    view::View,
};

/// The companion's mind.
pub struct Core {
    boot: Boot,
    zone: TimeZone,
    launch: Launch,
    /// How the app speaks, and whether that changed since the tray was drawn.
    speech: Speech,
    spoken: bool,
    clock: ServerClock,
    /// Who is signed in, and whether the keychain answers.
    signing: Signing,
    /// What the server says.
    stream: Stream,
    /// What the agent says that the server does not have.
    declaring: Declaring,
    emergencies: Emergencies,
    notices: Notices,
    roster: RosterWatch,
    windows: Windows,
    outputs: VecDeque<Output>,
    view: Arc<View>,
    tray: Option<Tray>,
    remembered: Option<Box<Remembered>>,
    last: Now,
}

impl Core {
    /// A core that has not started; `boot` names this run of the operating system, times of day
    /// are written for `zone`.
    #[must_use]
    pub fn new(boot: Boot, zone: TimeZone, now: Now) -> Self {
        Self {
            boot,
            zone,
            launch: Launch::default(),
            speech: Speech::default(),
            spoken: false,
            clock: ServerClock::default(),
            signing: Signing::default(),
            stream: Stream::default(),
            declaring: Declaring::default(),
            emergencies: Emergencies::default(),
            notices: Notices::default(),
            roster: RosterWatch::default(),
            windows: Windows::default(),
            outputs: VecDeque::new(),
            view: Arc::new(View::starting()),
            tray: None,
            remembered: None,
            last: now,
        }
    }

    /// Speaks as it did when the app last ran.
    #[must_use]
    pub fn speaking(mut self, speech: Speech) -> Self {
        self.speech = speech;
        self
    }

    /// Something happened.
    pub fn handle(&mut self, input: Input, now: Now) {
        let slept = self.slept(now);
        self.last = now;
        match input {
            Input::Asked(ticket, ask) => self.asked(ticket, ask, now),
            Input::BannerTold(call, noted) => self.emergencies.banner_told(&call, noted),
            Input::Declared(key, result) => self.declared(&key, result, now),
            Input::Done(ticket, result) => self.done(ticket, result, now),
            Input::Enrolled(result) => self.enrolled(result),
            Input::FilesRead { outbox, remembered } => self.files_read(outbox, remembered, now),
            Input::KeychainOpened(session) => self.keychain_opened(session),
            Input::KeychainRefused => {
                self.signing.asked = false;
                self.keychain_silent(now);
            }
            Input::KeychainSilent => self.keychain_silent(now),
            Input::KeychainWrote => self.signing.keychain_answers = true,
            Input::OutboxKept(key, kept) => self.outbox_kept(&key, kept),
            Input::Roster(id, watched) => self.roster_watched(id, watched, now),
            Input::SignedOut(id, refusal) => self.signed_out(id, &refusal),
            Input::Start(launch) => self.start(launch, now),
            Input::Time => {}
            Input::Told(tell) => self.told(tell),
            Input::Watched(id, watched) => self.watched(id, watched, now),
            Input::Zone(zone) => self.zone = zone,
        }
        if slept {
            self.resumed();
        }
        self.time(now);
        self.look(now);
        // After the view, so that the window finds it; before anything that is slow.
        self.emergency_window(now);
        self.remember(now);
    }

    /// The next thing to be done, in order.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// How long the computer will have been up when [`Input::Time`] is due.
    #[must_use]
    pub fn poll_timeout(&self) -> Duration {
        self.next_deadline()
    }

    /// The view as it stands.
    #[must_use]
    pub fn view(&self) -> &Arc<View> {
        &self.view
    }

    fn asked(&mut self, ticket: Ticket, ask: Ask, now: Now) {
        match ask {
            Ask::CallOver => self.of_the_call(ticket, Output::CallOver),
            Ask::Confirm(declare, key) => self.confirm(ticket, *declare, key, now),
            Ask::Decline(reason) => self.say(ticket, declaring::Say::Decline(reason)),
            Ask::Discard => self.discard(ticket),
            Ask::EndCall => self.of_the_call(ticket, Output::EndCall),
            Ask::EndShift => self.say(ticket, declaring::Say::EndShift),
            Ask::SignIn { server, code } => self.sign_in(ticket, &server, code),
            Ask::SignOut => self.sign_out(ticket),
        }
    }

    fn put(&mut self, output: Output) {
        self.outputs.push_back(output);
    }
}
