//! What the agent and the desktop do with the windows.

use super::{Core, Output, Tell, declaring::Stage, signing::Account};
use crate::{companion::Launch, language::Speech, shell::Window, tray::Action, view::QuitWarning};

/// The main window.
#[derive(Debug, Default)]
pub(super) struct Windows {
    pub(super) main_open: bool,
    /// The agent asked for the choice of places.
    pub(super) changing: bool,
    /// The agent asked to quit and was warned.
    pub(super) quitting: bool,
}

impl Core {
    pub(super) fn told(&mut self, tell: Tell) {
        match tell {
            Tell::Chosen(action) => self.chosen(action),
            Tell::Closed(Window::Emergency) => self.emergency_closed(),
            Tell::Closed(Window::Main) => {
                self.windows.main_open = false;
                self.windows.quitting = false;
                self.windows.changing = false;
                self.watch_roster(false);
            }
            Tell::Dismissed(code) => self.notices.remove(&code),
            Tell::Moved => self.chosen(Action::Change),
            Tell::Opened(Window::Emergency) | Tell::Painted(Window::Main) => {}
            Tell::Opened(Window::Main) => {
                self.windows.main_open = true;
                self.roster_wanted();
            }
            Tell::Painted(Window::Emergency) => self.emergency_painted(),
            Tell::QuitAnyway => self.put(Output::Quit),
            Tell::Relaunched(launch) => self.relaunched(launch),
            Tell::Resumed => self.resumed(),
            Tell::Spoken(speech) => self.spoken(speech),
            Tell::Stay => self.windows.changing = false,
            Tell::StayRunning => self.windows.quitting = false,
            Tell::WatchRoster(watching) => self.watch_roster(watching),
        }
    }

    /// A tag that nobody can follow changes nothing.
    fn spoken(&mut self, speech: Speech) {
        if speech.is_usable() && speech != self.speech {
            self.speech = speech.clone();
            self.spoken = true;
            self.put(Output::KeepSpeech(speech));
        }
    }

    fn chosen(&mut self, action: Action) {
        match action {
            Action::Change => {
                self.windows.changing = self.signing.signed_in().is_some();
                self.put(Output::Show(Window::Main));
            }
            Action::ConfirmNow | Action::Open => self.put(Output::Show(Window::Main)),
            Action::Quit if self.quit_warning().is_none() => self.put(Output::Quit),
            Action::Quit => {
                self.windows.quitting = true;
                self.put(Output::Show(Window::Main));
            }
            Action::ShowEmergency => {
                if self.emergencies.current().is_some() {
                    self.put(Output::Show(Window::Emergency));
                }
            }
        }
    }

    fn relaunched(&mut self, launch: Launch) {
        if let Account::SignedOut { error, .. } = &mut self.signing.account {
            *error = None;
            self.launch.server = launch.server.or(self.launch.server.take());
            self.launch.code = launch.code.or(self.launch.code.take());
        }
        if !launch.to_tray {
            self.put(Output::Show(Window::Main));
        }
    }

    /// What speaks against quitting.
    pub(super) fn quit_warning(&self) -> Option<QuitWarning> {
        if self.emergencies.is_urgent() {
            return Some(QuitWarning::EmergencyOpen);
        }
        let unsent = self
            .declaring
            .pending()
            .is_some_and(|pending| !matches!(pending.stage, Stage::Refused { .. }));
        if unsent {
            return Some(QuitWarning::Unsent);
        }
        self.emergencies
            .current()
            .map(|_| QuitWarning::CallbackWindow)
    }
}
