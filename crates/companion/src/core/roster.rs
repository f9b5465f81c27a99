//! The live view of supervisors and the security desk, and what alerts them.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

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

/// The roster, while somebody is signed in who is told of calls: also with every window closed, for then
/// nothing else would alert them.
#[derive(Debug, Default)]
pub(super) struct RosterWatch {
    /// The main window shows it.
    watching: bool,
    /// The calls that alert them now.
    alerting: BTreeSet<String>,
    /// How many calls alerted them.
    alerts: u32,
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
        let sent = self.sent.filter(|_| self.changed && self.watching)?;
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

    /// How many calls alerted them since they signed in: it rises with each.
    pub(super) fn alerts(&self) -> u32 {
        self.alerts
    }

    /// Whether a call alerts them that did not before. Their own has a window of its own.
    fn is_alarmed(&mut self, own: Option<&str>) -> bool {
        let emergencies = self.frame.iter().flat_map(|frame| &frame.emergencies);
        let alerting: BTreeSet<_> = emergencies
            .filter(|summary| {
                summary.alerts_you && (own.is_none() || summary.username.as_deref() != own)
            })
            .map(|summary| summary.emergency.reference.clone())
            .collect();
        let new = alerting.difference(&self.alerting).count();
        self.alerting = alerting;
        self.alerts = self
            .alerts
            .saturating_add(u32::try_from(new).unwrap_or(u32::MAX));
        new > 0
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

    /// Opens or closes the stream, as the role and the session want it.
    pub(super) fn roster_wanted(&mut self) {
        let role = match &self.signing.account {
            Account::SignedIn { agent, .. } => agent.as_ref().map(|agent| agent.role),
            Account::SignedOut { .. } | Account::Starting => None,
        };
        let fits = matches!(role, Some(Role::Security | Role::Supervisor));
        if fits && !self.roster.open {
            self.roster.open = true;
            self.open_roster();
        } else if !fits && self.roster.open {
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
                let own = self.signing.signed_in().map(|(_, username)| username);
                if self.roster.is_alarmed(own) {
                    self.put(Output::Alert);
                }
                self.roster_due(now);
            }
            // The agent's own stream tells whether the server answers.
            Watched::Lost { .. } | Watched::Opened { .. } => {}
        }
    }

    pub(super) fn roster_due(&mut self, now: Now) {
        let roster = &mut self.roster;
        if !roster.changed
            || !roster.watching
            || roster.sent.is_some_and(|sent| sent + APART > now.up)
        {
            return;
        }
        if let Some(whole) = roster.whole() {
            roster.changed = false;
            roster.sent = Some(now.up);
            self.put(Output::EmitRoster(Box::new(whole)));
        }
    }
}
