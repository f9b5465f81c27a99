//! How it all looks: the view and the tray.

use std::sync::Arc;

use api::location::ServedLocation;
use location::{CivicKey, PlaceClass, Status, Verdict};

use super::{
    Core, Output,
    declaring::{Pending, Stage},
    signing::Account,
};
use crate::{
    abroad::Abroad,
    clock::Now,
    tray::Tray,
    view::{Headline, LocationView, Session, SignedIn, Unsent, View},
};

impl Core {
    /// Sends the view and the tray, when they changed.
    pub(super) fn look(&mut self, now: Now) {
        let mut view = self.compose(now);
        if view != *self.view {
            view.revision += 1;
            self.view = Arc::new(view);
            self.put(Output::EmitView(Arc::clone(&self.view)));
        } else if self.tray.is_some() && !std::mem::take(&mut self.spoken) {
            return;
        }
        let tray = Tray::of(&self.view, &self.speech, &self.zone);
        if self.tray.as_ref() != Some(&tray) {
            self.put(Output::DrawTray(tray.clone()));
            self.tray = Some(tray);
        }
    }

    fn compose(&mut self, now: Now) -> View {
        let online = self.is_online();
        let quit_warning = self.quit_warning().filter(|_| self.windows.quitting);
        self.windows.quitting = quit_warning.is_some();
        View {
            revision: self.view.revision,
            session: self.session(now),
            connection: self.stream.connection.clone(),
            clock_skew_ms: self.clock.skew_ms(now),
            emergency: self.emergencies.view(&self.clock, online, now),
            quit_warning,
            language: self.speech.chosen(),
            abroad: self.abroad(),
        }
    }

    /// Judged by the zone, and by the address that was confirmed: not by one that grew old.
    fn abroad(&self) -> Option<Abroad> {
        let confirmed = self
            .stream
            .served()
            .filter(|served| served.status == Status::Confirmed);
        let country = confirmed.and_then(|served| served.civic_address.get(CivicKey::Country));
        Abroad::of(self.zone.iana_name(), country)
    }

    fn session(&self, now: Now) -> Session {
        match &self.signing.account {
            Account::Starting => Session::Starting,
            Account::SignedOut { error, enrolling } => Session::SignedOut {
                server: self.launch.server.clone(),
                code: self.launch.code.clone(),
                error: error.clone(),
                busy: enrolling.is_some(),
            },
            Account::SignedIn { server, agent, .. } => match &self.stream.me {
                Some(me)
                    if self.declaring.pending().is_some()
                        || !(self.files_are_near() || self.first_word_is_near(now)) =>
                {
                    Session::SignedIn(Box::new(SignedIn {
                        agent: agent.clone().unwrap_or_else(|| me.agent.clone()),
                        server: server.clone(),
                        policy: me.policy.clone(),
                        location: self.location(now),
                        proposals: me.proposals.clone(),
                        places: me.places.clone(),
                        notices: self.notices.beside(&me.notices),
                        keychain_unavailable: !self.signing.keychain_answers,
                        changing: self.windows.changing,
                        alerts: self.roster.alerts(),
                    }))
                }
                Some(_) | None => Session::Starting,
            },
        }
    }

    fn location(&self, now: Now) -> LocationView {
        let pending = self.declaring.pending();
        let served = self.stream.served().map(|served| self.aged(served, now));
        let headline = match &pending {
            Some(pending) => match pending.stage {
                Stage::Asking => Headline::AskAgain,
                Stage::Refused { .. } => Headline::Refused,
                Stage::Ready | Stage::Retry { .. } | Stage::Waiting if pending.sending => {
                    Headline::Sending
                }
                Stage::Ready | Stage::Retry { .. } | Stage::Waiting => Headline::Unsent,
            },
            None => headline(served.as_ref()),
        };
        LocationView {
            headline,
            served,
            unsent: pending.as_ref().map(unsent),
        }
    }

    /// What is served, as old as it is by now: nobody needs to say so when time does.
    fn aged(&self, served: &ServedLocation, now: Now) -> ServedLocation {
        let mut served = served.clone();
        let over = served
            .until
            .is_some_and(|until| until <= self.clock.at(now));
        if served.status == Status::Confirmed && over {
            served.status = Status::Stale;
        }
        served
    }
}

/// The word for what the server would answer. Only a version makes it confirmed.
fn headline(served: Option<&ServedLocation>) -> Headline {
    let Some(served) = served.filter(|served| served.version > 0) else {
        return Headline::Unknown;
    };
    match (served.status, served.verdict) {
        (Status::Declined, _) => Headline::Declined,
        (Status::Unknown, _) => Headline::Unknown,
        (Status::Stale, _) => Headline::Stale,
        (Status::Confirmed, Verdict::Corrected | Verdict::Overridden | Verdict::Valid) => {
            Headline::Confirmed
        }
        // The organisation wrote the seat down, and the agent can do no more than sit at it.
        (Status::Confirmed, Verdict::Unchecked) if served.class == Some(PlaceClass::Seat) => {
            Headline::Confirmed
        }
        (Status::Confirmed, Verdict::Invalid | Verdict::Unchecked) => Headline::Unchecked,
    }
}

fn unsent(pending: &Pending<'_>) -> Unsent {
    let outbox = pending.outbox;
    let (problem, problems) = match pending.stage {
        Stage::Refused { code, problems } => (Some(*code), problems.clone()),
        Stage::Asking | Stage::Ready | Stage::Retry { .. } | Stage::Waiting => (None, Vec::new()),
    };
    let retry_at = match pending.stage {
        Stage::Retry { shown, .. } => Some(*shown),
        Stage::Asking | Stage::Ready | Stage::Refused { .. } | Stage::Waiting => None,
    };
    Unsent {
        place: outbox.place.clone(),
        label: outbox.label.clone(),
        class: outbox.class,
        lines: outbox.lines.clone(),
        declared_at: Some(outbox.declared_at),
        memory_only: pending.memory_only,
        problem,
        problems,
        retry_at,
    }
}
