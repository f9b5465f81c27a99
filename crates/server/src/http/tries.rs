use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use governor::{
    Quota, RateLimiter,
    clock::Clock as TimeSource,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed, keyed::DashMapStateStore},
};
use jiff::Timestamp;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::Refusal;
use crate::clock::Clock;

/// Failed tries that one address may make at once; then one every [`EACH_SECONDS`].
const EACH_BURST: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
const EACH_SECONDS: u64 = 6;
/// Failed tries that everybody together may make at once; then [`ALL_PER_SECOND`].
const ALL_BURST: NonZeroU32 = NonZeroU32::new(300).expect("three hundred is not zero");
const ALL_PER_SECOND: NonZeroU32 = NonZeroU32::new(5).expect("five is not zero");
/// Codes that are checked at once; each takes a processor for tens of milliseconds.
const AT_ONCE: usize = 2;
/// Addresses that are remembered before those that are free again are forgotten.
const REMEMBERED: usize = 4_096;

/// Limits how often somebody may fail to sign in, by address and for everybody together.
///
/// Only failures count: a whole floor that signs in behind one address on a Monday is no attack.
pub struct Tries {
    each: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, WallTime, NoOpMiddleware<Duration>>,
    all: RateLimiter<NotKeyed, InMemoryState, WallTime, NoOpMiddleware<Duration>>,
    closed: Mutex<Closed>,
    at_once: Semaphore,
    time: WallTime,
}

/// Until when nobody, or nobody from an address, may try.
#[derive(Debug, Default)]
struct Closed {
    addresses: HashMap<IpAddr, Duration>,
    everybody: Duration,
}

impl Tries {
    /// No try was made yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let time = WallTime(clock);
        let each = Quota::with_period(Duration::from_secs(EACH_SECONDS))
            .expect("the period is not zero")
            .allow_burst(EACH_BURST);
        let all = Quota::per_second(ALL_PER_SECOND).allow_burst(ALL_BURST);
        Self {
            each: RateLimiter::dashmap_with_clock(each, time.clone()),
            all: RateLimiter::direct_with_clock(all, time.clone()),
            closed: Mutex::default(),
            at_once: Semaphore::new(AT_ONCE),
            time,
        }
    }

    /// Waits for a turn to try what is slow to check on purpose. Hold the permit until the try is over.
    ///
    /// # Errors
    /// 429, when too many tries failed.
    pub async fn enter(&self, from: &Caller) -> Result<SemaphorePermit<'_>, Refusal> {
        self.open(from)?;
        let permit = self
            .at_once
            .acquire()
            .await
            .map_err(|_| Refusal::unavailable())?;
        // Others may have failed while this one waited.
        self.open(from)?;
        Ok(permit)
    }

    /// Whether somebody may try now, for what costs little to check.
    ///
    /// # Errors
    /// 429, when too many tries failed.
    pub fn open(&self, from: &Caller) -> Result<(), Refusal> {
        let now = self.time.now();
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let until = closed
            .addresses
            .get(&from.0)
            .copied()
            .unwrap_or_default()
            .max(closed.everybody);
        if until > now {
            Err(Refusal::rate_limited((until - now).as_secs() + 1))
        } else {
            Ok(())
        }
    }

    /// Counts a failure.
    pub fn failed(&self, from: &Caller) {
        let now = self.time.now();
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(not_until) = self.each.check_key(&from.0) {
            if closed.addresses.len() >= REMEMBERED {
                closed.addresses.retain(|_, until| *until > now);
                self.each.retain_recent();
            }
            closed
                .addresses
                .insert(from.0, now + not_until.wait_time_from(now));
        }
        if let Err(not_until) = self.all.check() {
            closed.everybody = now + not_until.wait_time_from(now);
        }
    }
}

impl fmt::Debug for Tries {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tries(..)")
    }
}

/// Whom tries are counted against: an IPv4 address, or the /64 network of an IPv6 one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Caller(IpAddr);

impl Caller {
    /// The address of the connection. Only a proxy on this very machine is believed when it says
    /// whom it speaks for, and only its own (the last) entry.
    fn of(peer: IpAddr, headers: &HeaderMap) -> Self {
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .next_back()
            .and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok())
            .filter(|_| peer.is_loopback());
        Self(network(forwarded.unwrap_or(peer)))
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (!0 << 64)))
        }
        other @ (IpAddr::V4(_) | IpAddr::V6(_)) => other,
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        // Without a connection (a test that calls the router) everybody is one caller.
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V6(Ipv6Addr::LOCALHOST), |info| info.0.ip());
        Ok(Self::of(peer, &parts.headers))
    }
}

/// The server's clock as the limiter takes it: time since the epoch.
#[derive(Clone)]
struct WallTime(Arc<dyn Clock>);

impl TimeSource for WallTime {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let since = self.0.now().duration_since(Timestamp::UNIX_EPOCH);
        Duration::try_from(since).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SetClock;

    fn caller(address: &str) -> Caller {
        Caller::of(address.parse().unwrap(), &HeaderMap::new())
    }

    #[tokio::test]
    async fn ten_failures_close_an_address_and_time_opens_it() {
        let clock = SetClock::at("2026-11-20T09:00:00Z");
        let tries = Tries::new(clock.clone());
        let (guesser, other) = (caller("192.0.2.1"), caller("192.0.2.2"));
        for _ in 0..10 {
            drop(tries.enter(&guesser).await.unwrap());
            tries.failed(&guesser);
        }
        tries.failed(&guesser);
        let refusal = tries.enter(&guesser).await.unwrap_err();
        assert_eq!(refusal.status(), 429);
        assert!(tries.enter(&other).await.is_ok(), "only the guesser waits");
        clock.advance(60);
        assert!(tries.enter(&guesser).await.is_ok());
    }

    #[tokio::test]
    async fn many_addresses_together_close_the_door_for_all() {
        let clock = SetClock::at("2026-11-20T09:00:00Z");
        let tries = Tries::new(clock.clone());
        for network in 0..=300_u16 {
            tries.failed(&caller(&format!("2001:db8:{network:x}::1")));
        }
        assert!(tries.enter(&caller("192.0.2.2")).await.is_err());
        clock.advance(1);
        assert!(tries.enter(&caller("192.0.2.2")).await.is_ok());
    }

    #[test]
    fn only_a_proxy_on_this_machine_speaks_for_others() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "x-forwarded-for",
            "198.51.100.9, 203.0.113.7".parse().unwrap(),
        );
        let of = |peer: &str| Caller::of(peer.parse().unwrap(), &headers);
        assert_eq!(of("127.0.0.1"), caller("203.0.113.7"));
        assert_eq!(of("192.0.2.1"), caller("192.0.2.1"));
        assert_eq!(
            caller("2001:db8::1"),
            caller("2001:db8::2"),
            "one network, one caller"
        );
    }
}
