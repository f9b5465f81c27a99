//! Lending callback numbers: which number of a pool a call gets.

mod level;

use jiff::Timestamp;
use location::{Country, SiteId};

use crate::{E164, Username};

pub use level::{PoolLevel, levels};

/// A number of a pool.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PoolNumber {
    /// The number.
    pub number: E164,
    /// The country in which it can be the caller's number of an emergency call.
    pub country: Country,
    /// The site whose pool it is in; absent when it is everybody's.
    pub site: Option<SiteId>,
    /// The platform it rings on; absent when it does not matter.
    pub platform: Option<String>,
    /// The latest lease, a real call's before a test's; absent when it was never lent.
    pub lease: Option<Lease>,
}

/// A number lent to one agent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lease {
    /// To whom; absent when the platform named nobody we know.
    pub agent: Option<Username>,
    /// Whether it was for a test call only.
    pub test: bool,
    /// Until when: the first moment at which it is free again. Absent as long as that moment is not
    /// settled, because the call is open or responders are on the line.
    pub until: Option<Timestamp>,
}

impl Lease {
    /// Whether the number still belongs to this lease.
    #[must_use]
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

impl PoolNumber {
    /// The lease that holds the number now.
    #[must_use]
    pub fn held(&self, now: Timestamp) -> Option<&Lease> {
        self.lease.as_ref().filter(|lease| lease.is_held(now))
    }
}

/// For which call a number is wanted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Wanted<'a> {
    /// The country of the call.
    pub country: Country,
    /// The platform of the call; absent when any will do.
    pub platform: Option<&'a str>,
    /// The site of the call; absent for one from home and from nobody knows where.
    pub site: Option<&'a SiteId>,
    /// The agent; absent when the platform named nobody we know.
    pub agent: Option<&'a Username>,
    /// Absent for a real call. For a test: how many agents may yet make a real one and find a
    /// number of their own.
    pub test_beside: Option<usize>,
}

/// What a call gets from a pool.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Choice<'a> {
    /// The number that this agent holds already.
    Kept(&'a PoolNumber),
    /// A free number, to be lent now.
    Lent(&'a PoolNumber),
    /// None: every number of the country is held, or a real call may need those that are free.
    Nothing,
}

impl<'a> Choice<'a> {
    /// The number, where there is one.
    #[must_use]
    pub fn number(self) -> Option<&'a E164> {
        match self {
            Self::Kept(number) | Self::Lent(number) => Some(&number.number),
            Self::Nothing => None,
        }
    }
}

impl Wanted<'_> {
    /// Whether a callback to the number can reach the agent at all.
    fn suits(&self, number: &PoolNumber) -> bool {
        let platform = self.platform.zip(number.platform.as_deref());
        number.country == self.country && platform.is_none_or(|(wanted, its)| wanted == its)
    }

    /// How near a pool is to the call, the nearest first; absent when it is not for this call. The
    /// pool of another site is only for calls that have no site.
    fn nearness(&self, number: &PoolNumber) -> Option<u8> {
        match (&number.site, self.site) {
            (Some(its), Some(wanted)) => (its == wanted).then_some(0),
            (None, _) => Some(1),
            (Some(_), None) => Some(2),
        }
    }
}

/// Chooses a number for a call.
///
/// Only numbers of the call's country and platform, of its site's pool or everybody's: the site's
/// first. A number whose window is open is never chosen, except by the agent who holds it, who gets
/// it again: responders may already have it. Of the free ones the one that has been free longest is
/// chosen, those never lent first, so that a late callback meets the wrong person as rarely as can
/// be. A test takes a free number only when one is left for every agent who may yet make a real
/// call; and when nothing else is left a real call gets a number that only a test holds, which no
/// responder was ever given.
#[must_use]
pub fn choose<'a>(pool: &'a [PoolNumber], wanted: &Wanted<'_>, now: Timestamp) -> Choice<'a> {
    let mut free = 0_usize;
    let mut kept: Option<(&PoolNumber, bool)> = None;
    let mut idle: Option<(Rank, &PoolNumber)> = None;
    let mut tests: Option<(Rank, &PoolNumber)> = None;
    for number in pool.iter().filter(|number| wanted.suits(number)) {
        let held = number.held(now);
        if let Some(lease) = held
            && wanted.agent.is_some()
            && lease.agent.as_ref() == wanted.agent
        {
            // Of two numbers an agent holds, the one a real call was made from.
            if kept.is_none_or(|(_, test)| test && !lease.test) {
                kept = Some((number, lease.test));
            }
            continue;
        }
        let Some(nearness) = wanted.nearness(number) else {
            continue;
        };
        let until = number.lease.as_ref().and_then(|lease| lease.until);
        match held {
            None => {
                free += 1;
                // Never lent comes before every moment.
                keep_first(
                    &mut idle,
                    Rank(nearness, until.map_or((0, None), |u| (1, Some(u)))),
                    number,
                );
            }
            // Of tests, the one that is over soonest.
            Some(lease) if lease.test => {
                keep_first(
                    &mut tests,
                    Rank(nearness, until.map_or((1, None), |u| (0, Some(u)))),
                    number,
                );
            }
            Some(_) => {}
        }
    }
    if let Some((number, _)) = kept {
        return Choice::Kept(number);
    }
    let lent = match wanted.test_beside {
        Some(agents) => idle.filter(|_| free > agents),
        None => idle.or(tests),
    };
    lent.map_or(Choice::Nothing, |(_, number)| Choice::Lent(number))
}

/// What decides between two numbers: how near the pool is, then time.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
struct Rank(u8, (u8, Option<Timestamp>));

fn keep_first<'a>(first: &mut Option<(Rank, &'a PoolNumber)>, rank: Rank, number: &'a PoolNumber) {
    if first.is_none_or(|(before, _)| rank < before) {
        *first = Some((rank, number));
    }
}

#[cfg(test)]
mod tests;
