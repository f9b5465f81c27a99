//! Does what the core says, and tells it what happened. Nothing is decided here.

mod backend;
mod line;
mod safe;
mod vault;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
    time::Duration,
};

use client::Session;
use tokio::sync::{mpsc, oneshot, watch};

pub(crate) use self::backend::Slot;
use self::{backend::Backend, safe::Safe, vault::Vault};
use crate::{
    clock::Clock,
    core::{Ask, Core, Input, Output, Ticket},
    language::Speech,
    shell::{Disk, Screen, Shell},
    view::{CommandError, View},
};

/// How long quitting waits for what is being written.
const LAST_WRITES: Duration = Duration::from_secs(2);

/// What reaches the driver.
#[derive(Debug)]
pub(crate) enum Message {
    /// A question, and who waits for its answer.
    Ask(Ask, oneshot::Sender<Result<(), CommandError>>),
    /// Something happened.
    Input(Input),
}

/// Where everything that happens is put.
#[derive(Clone, Debug)]
pub(crate) struct Inbox(mpsc::WeakUnboundedSender<Message>);

impl Inbox {
    fn put(&self, input: Input) {
        // Nobody listens any more when the app ends.
        if let Some(sender) = self.0.upgrade() {
            sender.send(Message::Input(input)).ok();
        }
    }
}

/// The loop around the core.
pub(crate) struct Driver {
    core: Core,
    clock: Arc<dyn Clock>,
    messages: mpsc::UnboundedReceiver<Message>,
    view: watch::Sender<Arc<View>>,
    screen: Arc<dyn Screen>,
    inbox: Inbox,
    backend: Backend,
    safe: Safe,
    answers: HashMap<Ticket, oneshot::Sender<Result<(), CommandError>>>,
    tickets: u64,
}

impl Driver {
    /// How the app spoke when it last ran.
    pub(crate) fn speech(disk: &dyn Disk) -> Speech {
        Safe::speech(disk)
    }

    /// A driver for this core. It must be made on a runtime.
    pub(crate) fn new(
        core: Core,
        clock: Arc<dyn Clock>,
        shell: Shell,
        channels: (
            mpsc::WeakUnboundedSender<Message>,
            mpsc::UnboundedReceiver<Message>,
        ),
        view: watch::Sender<Arc<View>>,
        slot: Slot,
    ) -> Self {
        let inbox = Inbox(channels.0);
        let key = Arc::new(OnceLock::new());
        let vault = Vault::new(shell.keychain, Arc::clone(&key), inbox.clone());
        Self {
            core,
            clock,
            messages: channels.1,
            view,
            screen: shell.screen,
            safe: Safe::new(shell.disk, key, inbox.clone()),
            inbox: inbox.clone(),
            backend: Backend::new(inbox, vault, slot),
            answers: HashMap::new(),
            tickets: 0,
        }
    }

    /// Runs until the last handle is gone.
    pub(crate) async fn run(mut self) {
        loop {
            while let Some(output) = self.core.poll_output() {
                self.act(output);
            }
            let wait = self.core.poll_timeout().saturating_sub(self.clock.now().up);
            let input = tokio::select! {
                biased;
                message = self.messages.recv() => match message {
                    Some(Message::Ask(ask, answer)) => self.ticket(ask, answer),
                    Some(Message::Input(input)) => input,
                    None => return,
                },
                () = tokio::time::sleep(wait) => Input::Time,
            };
            self.core.handle(input, self.clock.now());
        }
    }

    fn ticket(&mut self, ask: Ask, answer: oneshot::Sender<Result<(), CommandError>>) -> Input {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        self.answers.insert(ticket, answer);
        Input::Asked(ticket, ask)
    }

    fn act(&mut self, output: Output) {
        match output {
            Output::Alert => self.screen.alert(),
            Output::Answer(ticket, answer) => {
                if let Some(waiting) = self.answers.remove(&ticket) {
                    // Whoever asked may have gone.
                    waiting.send(answer).ok();
                }
            }
            Output::BannerShown(call) => self.backend.banner_shown(call),
            Output::CallOver(ticket) => self
                .backend
                .say(ticket, |session| async move { session.call_over().await }),
            Output::Declare(key, declaration) => self.backend.declare(key, declaration),
            Output::Decline(ticket, reason) => {
                let decline = |session: Session| async move { session.decline(&reason).await };
                self.backend.say(ticket, decline);
            }
            Output::Destroy(window) => self.screen.destroy(window),
            Output::DrawTray(tray) => self.screen.draw_tray(&tray),
            Output::DropOutbox => self.safe.drop_outbox(),
            Output::DropRemembered => self.safe.drop_remembered(),
            Output::EmitView(view) => {
                self.view.send_replace(Arc::clone(&view));
                self.screen.emit_view(&view);
            }
            Output::EmitRoster(roster) => self.screen.emit_roster(&roster),
            Output::EndCall(ticket) => self
                .backend
                .say(ticket, |session| async move { session.end_call().await }),
            Output::EndShift(ticket) => self
                .backend
                .say(ticket, |session| async move { session.end_shift().await }),
            Output::Enrol {
                server,
                code,
                device_name,
            } => self.backend.enrol(server, code, device_name),
            Output::ForgetSession { tell_server } => self.backend.forget(tell_server),
            Output::KeepOutbox(outbox) => self.safe.keep_outbox(outbox),
            Output::KeepRemembered(remembered) => self.safe.keep_remembered(remembered),
            Output::KeepSpeech(speech) => self.safe.keep_speech(speech),
            Output::OpenKeychain => self.backend.open_keychain(),
            Output::Quit => self.quit(),
            Output::ReadFiles => self.safe.read(),
            Output::ReadZone => {
                if let Some(zone) = self.clock.zone() {
                    self.inbox.put(Input::Zone(zone));
                }
            }
            Output::Show(window) => self.screen.show(window),
            Output::Unwatch => self.backend.unwatch(),
            Output::UnwatchRoster => self.backend.unwatch_roster(),
            Output::Watch(id) => self.backend.watch(id),
            Output::WatchRoster(id) => self.backend.watch_roster(id),
        }
    }

    /// Quits once everything that was to be kept is.
    fn quit(&self) {
        let (screen, settled) = (Arc::clone(&self.screen), self.safe.settled());
        tokio::spawn(async move {
            if tokio::time::timeout(LAST_WRITES, settled).await.is_err() {
                tracing::warn!("quitting before everything was written");
            }
            screen.quit();
        });
    }
}
