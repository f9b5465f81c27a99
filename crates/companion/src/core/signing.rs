//! Who is signed in, and whether the keychain answers.

use std::time::Duration;

use api::agent::Agent;
use client::{Error, Refusal, ServerUrl};
use secrecy::SecretString;

use super::{Core, Kept, Outbox, Output, Remembered, SignedInAs, Ticket, notices};
use crate::{
    clock::Now,
    companion::Launch,
    shell::Window,
    view::{CommandError, LocalErrorCode},
};

/// How long the keychain may take before the app goes on without it. At login it may start later
/// than the app.
const KEYCHAIN_PATIENCE: Duration = Duration::from_secs(5);
/// How soon it is asked again within that time, and after it.
const SOON: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(5);
/// How long what was kept may take to be read before the app goes on without it.
const FILES_PATIENCE: Duration = Duration::from_secs(2);

/// Who is signed in.
#[derive(Debug, Default)]
pub(super) struct Signing {
    pub(super) account: Account,
    /// Whether the keychain did what it was asked last.
    pub(super) keychain_answers: bool,
    /// It is being read.
    pub(super) asked: bool,
    /// The start goes on without the keychain then.
    give_up_at: Option<Duration>,
    ask_again_at: Option<Duration>,
    /// Until then what was kept is waited for: the server's word alone would pass over a declaration that
    /// was not sent yet.
    files_by: Option<Duration>,
}

/// Somebody, nobody, or not known yet.
#[derive(Debug, Default)]
pub(super) enum Account {
    /// The keychain was not read yet.
    #[default]
    Starting,
    /// Nobody.
    SignedOut {
        /// Why.
        error: Option<CommandError>,
        /// An enrolment is under way: at which server, and who waits for it.
        enrolling: Option<(String, Vec<Ticket>)>,
    },
    /// Somebody.
    SignedIn {
        server: String,
        username: String,
        /// Known once the server or an earlier process said so.
        agent: Option<Agent>,
    },
}

impl Signing {
    /// Of which server and as whom.
    pub(super) fn signed_in(&self) -> Option<(&str, &str)> {
        match &self.account {
            Account::SignedIn {
                server, username, ..
            } => Some((server, username)),
            Account::SignedOut { .. } | Account::Starting => None,
        }
    }

    pub(super) fn deadline(&self) -> Option<Duration> {
        [self.give_up_at, self.ask_again_at, self.files_by]
            .into_iter()
            .flatten()
            .min()
    }
}

impl Core {
    pub(super) fn start(&mut self, launch: Launch, now: Now) {
        if !launch.to_tray {
            self.put(Output::Show(Window::Main));
        }
        self.launch = launch;
        self.signing.give_up_at = Some(now.up + KEYCHAIN_PATIENCE);
        self.open_keychain();
    }

    fn open_keychain(&mut self) {
        self.signing.asked = true;
        self.put(Output::OpenKeychain);
    }

    /// Whether what was kept is about to be read.
    pub(super) const fn files_are_near(&self) -> bool {
        self.signing.files_by.is_some()
    }

    pub(super) fn keychain_due(&mut self, now: Now) {
        self.signing.files_by.take_if(|by| *by <= now.up);
        if self.signing.give_up_at.is_some_and(|at| at <= now.up) {
            self.signing.give_up_at = None;
            self.signing.keychain_answers = false;
            if matches!(self.signing.account, Account::Starting) {
                self.signing.account = Account::SignedOut {
                    error: Some(LocalErrorCode::KeychainUnavailable.into()),
                    enrolling: None,
                };
            }
        }
        if self.signing.ask_again_at.is_some_and(|at| at <= now.up) {
            self.signing.ask_again_at = None;
            // One that hangs is not asked twice: it does not forget what it was asked.
            if !self.signing.asked {
                self.open_keychain();
            }
        }
    }

    pub(super) fn keychain_silent(&mut self, now: Now) {
        let signing = &mut self.signing;
        signing.keychain_answers = false;
        let wait = if signing.give_up_at.is_some() {
            SOON
        } else {
            LATER
        };
        signing.ask_again_at = Some(now.up + wait);
    }

    pub(super) fn keychain_opened(&mut self, session: Option<SignedInAs>) {
        let signing = &mut self.signing;
        signing.keychain_answers = true;
        signing.asked = false;
        signing.give_up_at = None;
        signing.ask_again_at = None;
        match &signing.account {
            Account::Starting
            | Account::SignedOut {
                enrolling: None, ..
            } => match session {
                Some(session) => {
                    signing.files_by = Some(self.last.up + FILES_PATIENCE);
                    self.adopt(session.server, session.username, None);
                }
                None if matches!(signing.account, Account::Starting) => {
                    signing.account = Account::SignedOut {
                        error: None,
                        enrolling: None,
                    };
                }
                // Signed out for a reason that still holds, unless it was the keychain.
                None => {
                    if let Account::SignedOut { error, .. } = &mut signing.account {
                        error.take_if(|error| error.is(LocalErrorCode::KeychainUnavailable));
                    }
                }
            },
            Account::SignedOut { .. } | Account::SignedIn { .. } => {}
        }
        // With the key at hand, what was kept can be read, and what could not be kept can be.
        self.put(Output::ReadFiles);
        self.keep_outbox();
        self.remembered = None;
    }

    pub(super) fn files_read(
        &mut self,
        outbox: Kept<Outbox>,
        remembered: Kept<Remembered>,
        now: Now,
    ) {
        self.signing.files_by = None;
        if matches!(outbox, Kept::Corrupt) || matches!(remembered, Kept::Corrupt) {
            self.notices.add(notices::unreadable());
        }
        if let Kept::Read(remembered) = remembered {
            self.recall(remembered, now);
        }
        if let Kept::Read(outbox) = outbox {
            self.take_up(outbox, now);
        }
    }

    /// Takes over what an earlier process knew, where nothing better is known.
    fn recall(&mut self, remembered: Box<Remembered>, now: Now) {
        let theirs = match &self.signing.account {
            Account::SignedIn {
                server, username, ..
            } => *server == remembered.server && *username == remembered.username,
            // Nobody is signed in (any more). An emergency stays on screen all the same.
            Account::SignedOut { .. } | Account::Starting => true,
        };
        if theirs && !self.stream.heard {
            self.clock.recall(&remembered.clock, &self.boot, now);
            if let Some(emergency) = remembered.emergency.clone() {
                self.emergencies
                    .recall(emergency, (&remembered.server, &remembered.username));
            }
            if self.signing.signed_in().is_some() {
                self.stream.me = remembered.me.clone().map(Box::new);
            }
        }
        self.remembered.get_or_insert(remembered);
    }

    pub(super) fn sign_in(&mut self, ticket: Ticket, server: &str, code: SecretString) {
        let (error, enrolling) = match &mut self.signing.account {
            Account::SignedOut { error, enrolling } => (error, enrolling),
            Account::SignedIn { .. } => return self.put(Output::Answer(ticket, Ok(()))),
            Account::Starting => {
                let error = LocalErrorCode::KeychainUnavailable.into();
                return self.put(Output::Answer(ticket, Err(error)));
            }
        };
        if let Some((_, waiting)) = enrolling {
            waiting.push(ticket);
            return;
        }
        match server.parse::<ServerUrl>() {
            Ok(url) => {
                *error = None;
                *enrolling = Some((url.to_string(), vec![ticket]));
                self.launch.server = Some(server.to_owned());
                self.put(Output::Enrol {
                    server: url,
                    code,
                    device_name: self.launch.device_name.clone(),
                });
            }
            Err(reason) => {
                let refused = CommandError::local(LocalErrorCode::BadServerAddress, &reason);
                *error = Some(refused.clone());
                self.put(Output::Answer(ticket, Err(refused)));
            }
        }
    }

    pub(super) fn enrolled(&mut self, result: Result<Agent, Error>) {
        let Account::SignedOut { error, enrolling } = &mut self.signing.account else {
            return;
        };
        let Some((server, waiting)) = enrolling.take() else {
            return;
        };
        let answer = match result {
            Ok(agent) => {
                self.launch.code = None;
                self.adopt(server, agent.username.clone(), Some(agent));
                Ok(())
            }
            Err(reason) => {
                let reason = CommandError::from(&reason);
                *error = Some(reason.clone());
                Err(reason)
            }
        };
        for ticket in waiting {
            self.put(Output::Answer(ticket, answer.clone()));
        }
    }

    /// Somebody is signed in from now on.
    fn adopt(&mut self, server: String, username: String, agent: Option<Agent>) {
        self.emergencies.keep_only((&server, &username));
        self.launch.server = Some(server.clone());
        self.signing.account = Account::SignedIn {
            server,
            username,
            agent,
        };
        self.take_up_parked();
        self.open_stream();
    }

    pub(super) fn sign_out(&mut self, ticket: Ticket) {
        if self.emergencies.is_urgent() {
            let error = LocalErrorCode::EmergencyOpen.into();
            self.put(Output::Answer(ticket, Err(error)));
            return;
        }
        if self.signing.signed_in().is_some() {
            self.emergencies.clear();
            self.drop_outbox();
            self.leave(None, true);
        }
        self.put(Output::Answer(ticket, Ok(())));
    }

    pub(super) fn signed_out(&mut self, id: super::StreamId, refusal: &Refusal) {
        if id == self.stream.id {
            self.revoked(refusal);
        }
    }

    /// The tokens are worth nothing any more. An emergency stays on screen, and a declaration that
    /// was not sent waits for the same agent to sign in again.
    pub(super) fn revoked(&mut self, refusal: &Refusal) {
        if self.signing.signed_in().is_some() {
            self.park_outbox();
            self.leave(Some(CommandError::from(refusal)), false);
        }
    }

    fn leave(&mut self, error: Option<CommandError>, tell_server: bool) {
        self.fail_waiting();
        self.close_stream();
        self.put(Output::ForgetSession { tell_server });
        self.windows.changing = false;
        self.notices.clear();
        self.signing.account = Account::SignedOut {
            error,
            enrolling: None,
        };
    }
}
