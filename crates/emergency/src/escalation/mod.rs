//! Who has to be told next, as long as nobody says that they are on it.
//!
//! People are told in tiers: the first at once, each further one after a time of its own. It stops
//! as soon as somebody, or everybody who was told, has acknowledged ([`Until`]). Pure: time and what
//! happened so far are arguments, so that a restart changes nothing.

mod duty;

use jiff::{SignedDuration, Timestamp};

pub use duty::{Duty, tiers};

/// When each tier is told, and what stops it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Timetable {
    /// How long after the call each tier beyond the first is told, in rising order.
    after: Vec<SignedDuration>,
    until: Until,
}

/// What ends it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Until {
    /// One person acknowledged.
    #[default]
    AnyOne,
    /// Everybody told so far acknowledged.
    EveryOne,
}

/// Somebody who is to be told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Told<P> {
    /// Who.
    pub person: P,
    /// From which tier on; the first is 0.
    pub tier: usize,
}

/// Somebody who says they are on it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Acknowledged<P> {
    /// Who.
    pub person: P,
    /// When.
    pub at: Timestamp,
}

/// How far it has gone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Standing {
    /// It is in hand. Nobody further is told.
    Settled {
        /// The last tier that was told.
        tier: usize,
        /// When it was in hand.
        at: Timestamp,
    },
    /// It is not in hand.
    Waiting {
        /// The last tier that has to have been told by now.
        tier: usize,
        /// When the next one is due; absent after the last.
        next: Option<Timestamp>,
    },
}

impl Standing {
    /// The last tier that has to have been told.
    #[must_use]
    pub const fn tier(self) -> usize {
        match self {
            Self::Settled { tier, .. } | Self::Waiting { tier, .. } => tier,
        }
    }
}

impl Timetable {
    /// Tiers so many seconds after the call. Order and repetition do not matter.
    #[must_use]
    pub fn after_seconds(after: &[u32], until: Until) -> Self {
        let mut after: Vec<SignedDuration> = after
            .iter()
            .map(|seconds| SignedDuration::from_secs(i64::from(*seconds)))
            .collect();
        after.sort_unstable();
        after.dedup();
        Self { after, until }
    }

    /// How many tiers there are: the first, and those that follow after a time.
    #[must_use]
    pub fn tiers(&self) -> usize {
        self.after.len() + 1
    }

    /// How far it has gone. `told` are all who could be told, in any order; who acknowledged need not
    /// be among them.
    #[must_use]
    pub fn standing<P: PartialEq>(
        &self,
        started: Timestamp,
        told: &[Told<P>],
        acknowledged: &[Acknowledged<P>],
        now: Timestamp,
    ) -> Standing {
        let seen: Vec<&Acknowledged<P>> = acknowledged.iter().filter(|a| a.at <= now).collect();
        for tier in 0..self.tiers() {
            let Some(due) = self.due(started, tier).filter(|due| *due <= now) else {
                break;
            };
            let next = self.due(started, tier + 1);
            let in_hand = match self.until {
                Until::AnyOne => seen.iter().map(|a| a.at).min(),
                Until::EveryOne => everybody(told, &seen, tier),
            };
            // In hand only after the next tier was told is not in hand at this one.
            if let Some(at) = in_hand.filter(|at| next.is_none_or(|next| *at < next)) {
                return Standing::Settled {
                    tier,
                    at: at.max(due),
                };
            }
            if next.is_none_or(|next| next > now) {
                return Standing::Waiting { tier, next };
            }
        }
        Standing::Waiting {
            tier: 0,
            next: self.due(started, 1),
        }
    }

    /// When a tier is told; absent when there is none.
    fn due(&self, started: Timestamp, tier: usize) -> Option<Timestamp> {
        let after = match tier.checked_sub(1) {
            None => SignedDuration::ZERO,
            Some(index) => *self.after.get(index)?,
        };
        Some(started.checked_add(after).unwrap_or(Timestamp::MAX))
    }
}

/// When the last of those told up to this tier acknowledged. Nobody is not everybody.
fn everybody<P: PartialEq>(
    told: &[Told<P>],
    acknowledged: &[&Acknowledged<P>],
    tier: usize,
) -> Option<Timestamp> {
    let reached = told.iter().filter(|told| told.tier <= tier);
    let when = reached.map(|told| {
        let of_them = acknowledged.iter().filter(|a| a.person == told.person);
        of_them.map(|a| a.at).min()
    });
    when.collect::<Option<Vec<_>>>()?.into_iter().max()
}

#[cfg(test)]
mod tests;
