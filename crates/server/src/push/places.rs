use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::store::FamilyId;

/// How many streams one sign-in may have: a window and what was left behind by a network that went away.
const AT_MOST: usize = 4;

/// Who may stream: a sign-in that opens one stream more than it may loses its oldest.
#[derive(Debug, Default)]
pub struct Places(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    next: u64,
    taken: HashMap<FamilyId, VecDeque<(u64, Arc<Notify>)>>,
}

impl Places {
    /// A place for one more stream, until it is dropped.
    #[must_use]
    pub fn take(self: &Arc<Self>, family: &FamilyId) -> Place {
        let displaced = Arc::new(Notify::new());
        let mut state = self.lock();
        state.next += 1;
        let number = state.next;
        let taken = state.taken.entry(family.clone()).or_default();
        if taken.len() >= AT_MOST
            && let Some((_, oldest)) = taken.pop_front()
        {
            oldest.notify_one();
        }
        taken.push_back((number, displaced.clone()));
        drop(state);
        Place {
            places: self.clone(),
            family: family.clone(),
            number,
            displaced,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one stream.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    family: FamilyId,
    number: u64,
    displaced: Arc<Notify>,
}

impl Place {
    /// Waits until a newer stream takes this place.
    pub async fn displaced(&self) {
        self.displaced.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.places.lock();
        if let Some(taken) = state.taken.get_mut(&self.family) {
            taken.retain(|(number, _)| *number != self.number);
            if taken.is_empty() {
                state.taken.remove(&self.family);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn one_stream_too_many_ends_the_oldest_of_that_sign_in() {
        let places = Arc::new(Places::default());
        let (one, other) = (FamilyId::random(), FamilyId::random());
        let bystander = places.take(&other);
        let mut streams: Vec<Place> = (0..AT_MOST).map(|_| places.take(&one)).collect();
        assert!(streams[0].displaced().now_or_never().is_none());
        let newest = places.take(&one);
        streams[0].displaced().await;
        for stream in streams[1..].iter().chain([&newest, &bystander]) {
            assert!(stream.displaced().now_or_never().is_none());
        }
        streams.clear();
        drop((newest, bystander));
        assert!(places.lock().taken.is_empty(), "nothing is kept");
    }
}
