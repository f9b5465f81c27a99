//! Which number responders are given for a call.

use emergency::{
    CallPolicy, E164, EmergencyCall, UsNumber, Username,
    lease::{Lease, PoolNumber, Wanted, choose},
};
use jiff::Timestamp;
use location::{CivicKey, Country, PlaceClass, SiteId};

use super::{Agent, Call, CallbackNumber, LocationSnapshot, NumberRow, NumberSource, SiteRow};
use crate::config::CallbackOrder;

/// What a choice rests on.
#[derive(Clone, Copy, Debug)]
pub struct Candidates<'a> {
    /// Which comes first.
    pub order: CallbackOrder,
    /// The country of the call.
    pub country: Country,
    /// The agent, when the platform named one we know.
    pub agent: Option<&'a Agent>,
    /// The number to show when there is nothing better.
    pub fallback: Option<&'a E164>,
    /// The pool with its leases; empty when nothing may be lent.
    pub pool: &'a [PoolNumber],
    /// The platform of the call; absent when any will do.
    pub platform: Option<&'a str>,
    /// The site of the call, see [`site_of_call`].
    pub site: Option<&'a SiteId>,
    /// For a test: how many agents may yet make a real call.
    pub test_beside: Option<usize>,
    /// Whether fictional numbers count as valid.
    pub sample: bool,
}

impl Candidates<'_> {
    /// Chooses. `None` when there is no number at all that responders could call.
    #[must_use]
    pub fn choose(&self, now: Timestamp) -> Option<CallbackNumber> {
        let pool = || {
            // Lent to nobody it would lead nobody back: a site's number is answered by people.
            let agent = self.agent?;
            let wanted = Wanted {
                country: lending_country(self.country),
                platform: self.platform,
                site: self.site,
                agent: Some(&agent.username),
                test_beside: self.test_beside,
            };
            let number = choose(self.pool, &wanted, now).number()?.clone();
            Some(CallbackNumber {
                number,
                source: NumberSource::Pool,
            })
        };
        let direct = || {
            let number = self.agent?.direct_number.as_ref()?;
            self.can_be_shown(number).then(|| CallbackNumber {
                number: number.clone(),
                source: NumberSource::Direct,
            })
        };
        let fallback = || {
            Some(CallbackNumber {
                number: self.fallback?.clone(),
                source: NumberSource::Fallback,
            })
        };
        match self.order {
            CallbackOrder::DirectFirst => direct().or_else(pool),
            CallbackOrder::PoolFirst => pool().or_else(direct),
        }
        .or_else(fallback)
    }

    fn can_be_shown(&self, number: &E164) -> bool {
        lending_country(self.country) != Country::Us || UsNumber::valid(number, self.sample).is_ok()
    }
}

/// The country within which a number is lent: Puerto Rico's numbers are American numbers.
#[must_use]
pub fn lending_country(country: Country) -> Country {
    match country {
        Country::Pr | Country::Us => Country::Us,
        Country::Ca | Country::Dk | Country::Gb => country,
    }
}

/// The country of a call: where the served address is, otherwise where the agent works, otherwise
/// the only country that has the number, otherwise the United States.
#[must_use]
pub fn country_of_call(
    location: &LocationSnapshot,
    agent: Option<&Agent>,
    dialled: Option<Country>,
) -> Country {
    let of_address = location
        .civic_address
        .as_ref()
        .and_then(|address| address.get(CivicKey::Country)?.parse().ok());
    of_address
        .or(agent.map(|agent| agent.country))
        .or(dialled)
        .unwrap_or(Country::Us)
}

/// The site whose pool a call is lent from: where the agent is, or the one they belong to when nobody
/// knows. A call from home or another address has none.
#[must_use]
pub fn site_of_call<'a>(
    location: &'a LocationSnapshot,
    agent: Option<&'a Agent>,
) -> Option<&'a SiteId> {
    match location.class {
        Some(PlaceClass::Home | PlaceClass::Other) => None,
        Some(PlaceClass::Seat) | None => location
            .site
            .as_ref()
            .or_else(|| agent?.default_site.as_ref()),
    }
}

/// The number to show when neither pool nor agent has one: of the first site in `near` that has one;
/// for a caller nobody knows, of the first site of the country, which may be in another city; else of
/// any site.
#[must_use]
pub fn fallback_number<'a>(
    near: impl IntoIterator<Item = &'a SiteRow>,
    sites: &'a [SiteRow],
    country: Country,
) -> Option<&'a E164> {
    let near = near
        .into_iter()
        .find_map(|row| row.fallback_number.as_ref());
    let of = |same_country: bool| {
        sites
            .iter()
            .filter(|row| !same_country || lending_country(row.country) == lending_country(country))
            .find_map(|row| row.fallback_number.as_ref())
    };
    near.or_else(|| of(true)).or_else(|| of(false))
}

/// A number of the pool as it is lent now; when it is not, the lease before counts.
#[must_use]
pub fn pool_number(row: &NumberRow, held: Option<Lease>) -> PoolNumber {
    let before = || {
        row.idle_since.map(|until| Lease {
            agent: None,
            test: false,
            until: Some(until),
        })
    };
    PoolNumber {
        number: row.number.clone(),
        country: lending_country(row.country),
        site: row.site.clone(),
        platform: Some(row.platform.clone()).filter(|platform| !platform.is_empty()),
        lease: held.or_else(before),
    }
}

/// The leases that calls hold of one number.
pub fn leases_of<'a>(
    number: &'a E164,
    calls: impl IntoIterator<Item = &'a Call> + 'a,
    now: Timestamp,
    policy: &'a CallPolicy,
) -> impl Iterator<Item = Lease> + 'a {
    calls.into_iter().filter_map(move |call| {
        let lent = call.callback_number.as_ref()?;
        if lent.number != *number {
            return None;
        }
        lease_of(
            &call.state,
            call.agent.as_ref().map(|a| &a.username),
            call.test,
            now,
            policy,
        )
    })
}

fn lease_of(
    state: &EmergencyCall,
    agent: Option<&Username>,
    test: bool,
    now: Timestamp,
    policy: &CallPolicy,
) -> Option<Lease> {
    let window = state.callback_window(now, policy)?;
    Some(Lease {
        agent: agent.cloned(),
        test,
        until: window.settled.then_some(window.until),
    })
}
