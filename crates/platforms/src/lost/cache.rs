use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use super::answer::{Expires, Found};

/// How many answers are kept.
const LIMIT: usize = 10_000;
/// The longest an answer is kept, whatever it says.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What was found, by request, until it expires.
#[derive(Debug, Default)]
pub(super) struct Cache {
    known: Mutex<HashMap<String, (Timestamp, Found)>>,
}

impl Cache {
    /// What is known of a request and holds still.
    pub(super) fn find(&self, request: &str, now: Timestamp) -> Option<Found> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, found) = known.get(request)?;
        (*until > now).then(|| found.clone())
    }

    /// Keeps what was found, if it may be kept.
    pub(super) fn keep(&self, request: String, found: &Found, now: Timestamp) {
        let latest = now.saturating_add(LONGEST).unwrap_or(Timestamp::MAX);
        let until = match found.expires {
            Expires::AtOnce => return,
            Expires::At(moment) => moment.min(latest),
            Expires::Never => latest,
        };
        if until <= now {
            return;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= LIMIT {
            known.retain(|_, (until, _)| *until > now);
        }
        if known.len() < LIMIT {
            known.insert(request, (until, found.clone()));
        }
    }
}
