//! The live view of supervisors and the security desk.

use std::{collections::BTreeMap, time::Duration};

use api::{
    agent::Role,
    roster::{RosterFrame, RosterRow},
};
use client::Watched;
use location::PlaceClass;

use super::{Core, Output, StreamId, signing::Account};
use crate::clock::Now;

/// The shortest time between two rosters sent to the window.
const APART: Duration = Duration::from_millis(200);

/// The roster, while somebody looks at it.
#[derive(Debug, Default)]
pub(super) struct RosterWatch {
    /// The main window shows it.
    watching: bool,
    id: StreamId,
    open: bool,
    rows: BTreeMap<String, RosterRow>,
    frame: Option<RosterFrame>,
    /// Something changed since the last one was sent.
    changed: bool,
    sent: Option<Duration>,
}

impl RosterWatch {
    pub(super) fn deadline(&self) -> Option<Duration> {
        let sent = self.sent.filter(|_| self.changed)?;
        Some(sent + APART)
    }

    fn merge(&mut self, mut frame: RosterFrame) {
        if frame.complete {
            self.rows.clear();
        }
        for mut row in std::mem::take(&mut frame.rows) {
            conceal(&mut row);
            self.rows.insert(row.username.clone(), row);
        }
        for summary in &mut frame.emergencies {
            if summary.address_locked {
                summary.emergency.lines.clear();
            }
        }
        self.frame = Some(frame);
        self.changed = true;
    }

    /// The whole, by display name, then username.
    fn whole(&self) -> Option<RosterFrame> {
        let frame = self.frame.as_ref()?;
        let mut rows: Vec<_> = self.rows.values().cloned().collect();
        rows.sort_by(|one, other| {
            (&one.display_name, &one.username).cmp(&(&other.display_name, &other.username))
        });
        Some(RosterFrame {
            complete: true,
            counts: frame.counts.clone(),
            rows,
            emergencies: frame.emergencies.clone(),
        })
    }
}

/// Whatever a server says, nobody's home is shown to a colleague.
fn conceal(row: &mut RosterRow) {
    if row.class == Some(PlaceClass::Home) {
        row.site = None;
        row.seat = None;
    }
}

impl Core {
    pub(super) fn watch_roster(&mut self, watching: bool) {
        self.roster.watching = watching;
        // A window that was made anew waits for the whole.
        self.roster.changed |= watching;
        self.roster_wanted();
    }

    /// Opens or closes the stream, as the window, the role and the session want it.
    pub(super) fn roster_wanted(&mut self) {
        let role = match &self.signing.account {
            Account::SignedIn { agent, .. } => agent.as_ref().map(|agent| agent.role),
            Account::SignedOut { .. } | Account::Starting => None,
        };
        let fits = matches!(role, Some(Role::Security | Role::Supervisor));
        let wanted = fits && self.roster.watching && self.windows.main_open;
        if wanted && !self.roster.open {
            self.roster.open = true;
            self.open_roster();
        } else if !wanted && self.roster.open {
            self.roster = RosterWatch {
                watching: self.roster.watching,
                id: StreamId(self.roster.id.0 + 1),
                ..RosterWatch::default()
            };
            self.put(Output::UnwatchRoster);
        }
    }

    pub(super) fn roster_again(&mut self) {
        if self.roster.open {
            self.open_roster();
        }
    }

    fn open_roster(&mut self) {
        self.roster.id = StreamId(self.roster.id.0 + 1);
        self.put(Output::WatchRoster(self.roster.id));
    }

    pub(super) fn roster_watched(&mut self, id: StreamId, watched: Watched<RosterFrame>, now: Now) {
        if id != self.roster.id || !self.roster.open {
            return;
        }
        match watched {
            Watched::Frame(frame) => {
                self.roster.merge(frame);
                self.roster_due(now);
            }
            // The agent's own stream tells whether the server answers.
            Watched::Lost { .. } | Watched::Opened { .. } => {}
        }
    }

    pub(super) fn roster_due(&mut self, now: Now) {
        let roster = &mut self.roster;
        if !roster.changed || roster.sent.is_some_and(|sent| sent + APART > now.up) {
            return;
        }
        if let Some(whole) = roster.whole() {
            roster.changed = false;
            roster.sent = Some(now.up);
            self.put(Output::EmitRoster(Box::new(whole)));
        }
    }
}
