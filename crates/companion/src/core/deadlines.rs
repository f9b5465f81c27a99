//! What happens because time passes.

use std::time::Duration;

use super::{Core, Output};
use crate::clock::Now;

/// How often the clocks are looked at when nothing happens.
const TICK: Duration = Duration::from_secs(30);
/// A tick that comes so much too late was slept over.
const SLEPT: Duration = Duration::from_secs(30);

impl Core {
    pub(super) fn next_deadline(&self) -> Duration {
        let now = self.last;
        [
            self.signing.deadline(),
            self.declaring.deadline(),
            self.emergencies
                .deadline(&self.clock, self.is_online(), now),
            self.roster.deadline(),
            self.stale_at(now),
            self.stream.first_word_by.filter(|by| *by > now.up),
        ]
        .into_iter()
        .flatten()
        .fold(now.up + TICK, Duration::min)
    }

    /// Whether so much time passed without anything being handled that the computer slept.
    pub(super) fn slept(&self, now: Now) -> bool {
        now.up.saturating_sub(self.last.up) > TICK + SLEPT
    }

    /// Does what is due.
    pub(super) fn time(&mut self, now: Now) {
        self.keychain_due(now);
        self.declaration_due(now);
        if self.emergencies.purge(&self.clock, self.is_online(), now) {
            tracing::info!("the emergency's callback window is over");
        }
        self.roster_due(now);
    }

    /// Keeps what is known, when it changed.
    pub(super) fn remember(&mut self, now: Now) {
        let remembered = self.to_remember(now);
        let same = match (&self.remembered, &remembered) {
            (Some(old), Some(new)) => old.is_same(new),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if same {
            return;
        }
        match &remembered {
            Some(remembered) => self.put(Output::KeepRemembered(remembered.clone())),
            None => self.put(Output::DropRemembered),
        }
        self.remembered = remembered;
    }
}
