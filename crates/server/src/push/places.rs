use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

use crate::store::FamilyId;

/// How many streams one sign-in may have: a window and what was left behind by a network that went away.
const AT_MOST: usize = 4;

/// Who may stream: a sign-in that opens one stream more than it may loses its oldest, and all together leave
/// room for the connections of telephony platforms, which must always be answered.
#[derive(Debug)]
pub struct Places {
    state: Mutex<State>,
    room: usize,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    taken: HashMap<FamilyId, VecDeque<(u64, Arc<Notify>)>>,
    /// How many streams there are.
    streams: usize,
    /// Whether it was said that there is no room.
    is_full: bool,
}

impl Places {
    /// Room for so many streams.
    #[must_use]
    pub fn new(room: usize) -> Self {
        Self {
            state: Mutex::default(),
            room,
        }
    }

    /// A place for one more stream, until it is dropped; `None` when all are taken.
    #[must_use]
    pub fn take(self: &Arc<Self>, family: &FamilyId) -> Option<Place> {
        let displaced = Arc::new(Notify::new());
        let mut state = self.lock();
        let is_full = state.streams >= self.room;
        let was_full = std::mem::replace(&mut state.is_full, is_full);
        if is_full {
            if !was_full {
                tracing::error!(
                    alarm = true,
                    streams = self.room,
                    "desktops are refused: this server may not open more files; raise its limit \
                     (LimitNOFILE, ulimit -n) and start it anew"
                );
            }
            return None;
        }
        state.streams += 1;
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
        Some(Place {
            places: self.clone(),
            family: family.clone(),
            number,
            displaced,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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
        state.streams -= 1;
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
        let places = Arc::new(Places::new(usize::MAX));
        let (one, other) = (FamilyId::random(), FamilyId::random());
        let bystander = places.take(&other).unwrap();
        let streams = (0..AT_MOST).map(|_| places.take(&one).unwrap());
        let mut streams: Vec<Place> = streams.collect();
        assert!(streams[0].displaced().now_or_never().is_none());
        let newest = places.take(&one).unwrap();
        streams[0].displaced().await;
        for stream in streams[1..].iter().chain([&newest, &bystander]) {
            assert!(stream.displaced().now_or_never().is_none());
        }
        streams.clear();
        drop((newest, bystander));
        assert!(places.lock().taken.is_empty(), "nothing is kept");
    }

    #[test]
    fn streams_leave_room_for_others() {
        let places = Arc::new(Places::new(2));
        let take = || places.take(&FamilyId::random());
        let (one, other) = (take().unwrap(), take().unwrap());
        assert!(take().is_none() && take().is_none());
        drop(one);
        let again = take().unwrap();
        assert!(take().is_none());
        drop((other, again));
        assert_eq!(places.lock().streams, 0);
    }
}
