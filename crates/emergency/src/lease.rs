//! Lending callback numbers: which number of a pool a call gets.

use jiff::Timestamp;
use location::Country;

use crate::{E164, Username};

/// A number of a pool.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PoolNumber {
    /// The number.
    pub number: E164,
    /// The country in which it can be the caller's number of an emergency call.
    pub country: Country,
    /// The latest lease; absent when it was never lent.
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

/// Chooses a number for a call.
///
/// A number whose window is open is never chosen, except by the agent who holds it: responders
/// may already have it. Of the free ones the one that has been free longest is chosen, those never
/// lent first, so that a late callback meets the wrong person as rarely as can be. A test takes a
/// free number only when one is left for every agent who may yet make a real call.
#[must_use]
pub fn choose<'a>(pool: &'a [PoolNumber], wanted: &Wanted<'_>, now: Timestamp) -> Choice<'a> {
    let mut free = 0_usize;
    let mut longest: Option<(&PoolNumber, Option<Timestamp>)> = None;
    let mut kept: Option<(&PoolNumber, bool)> = None;
    for number in pool.iter().filter(|n| n.country == wanted.country) {
        match number.held(now) {
            Some(lease) => {
                let mine = wanted.agent.is_some() && lease.agent.as_ref() == wanted.agent;
                // Of two numbers an agent holds, the one a real call was made from.
                if mine && kept.is_none_or(|(_, test)| test && !lease.test) {
                    kept = Some((number, lease.test));
                }
            }
            None => {
                free += 1;
                let idle_since = number.lease.as_ref().and_then(|lease| lease.until);
                if longest.is_none_or(|(_, since)| idle_since < since) {
                    longest = Some((number, idle_since));
                }
            }
        }
    }
    if let Some((number, _)) = kept {
        return Choice::Kept(number);
    }
    match longest {
        Some((number, _)) if wanted.test_beside.is_none_or(|agents| free > agents) => {
            Choice::Lent(number)
        }
        Some(_) | None => Choice::Nothing,
    }
}

#[cfg(test)]
mod tests;
