use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex as StdMutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Mutex;

use crate::store::{Agent, AgentId, Call, Mine, RosterRow, SiteFloors};

/// One reading for everybody who wants the same at once. Who asks gets a reading that began after they asked,
/// never an older one; a hundred streams that are woken together cost two readings, not a hundred.
pub struct Shared<T> {
    asked: AtomicU64,
    /// The last reading, and up to which asking it holds. Kept only as long as somebody waits for it.
    last: Mutex<Option<(u64, Arc<T>)>>,
}

impl<T> Shared<T> {
    /// The result of `read`, or of another reading that began meanwhile.
    ///
    /// # Errors
    /// Those of `read`. Whoever waits then reads for themselves.
    pub async fn read<E>(&self, read: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut last = self.last.lock().await;
        let known = last
            .as_ref()
            .filter(|(until, _)| *until >= asked)
            .map(|(until, value)| (*until, value.clone()));
        let (until, value) = match known {
            Some(known) => known,
            None => {
                let until = self.asked.load(Ordering::SeqCst);
                (until, Arc::new(read.await?))
            }
        };
        // The last one who can use it takes it along.
        *last = (until > asked).then(|| (until, value.clone()));
        Ok(value)
    }
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self {
            asked: AtomicU64::new(0),
            last: Mutex::new(None),
        }
    }
}

impl<T> fmt::Debug for Shared<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Shared(..)")
    }
}

/// What streams read together.
#[derive(Debug, Default)]
pub struct Readings {
    mine: StdMutex<HashMap<AgentId, Weak<Shared<Option<Mine>>>>>,
    /// Everybody's rows.
    pub roster: Shared<Vec<RosterRow>>,
    /// Everybody who watches for emergencies.
    pub watchers: Shared<Vec<Agent>>,
    /// Every call of the store.
    pub calls: Shared<Vec<Call>>,
    /// Every site.
    pub sites: Shared<Vec<SiteFloors>>,
}

impl Readings {
    /// The reading of one agent, shared by those who hold it.
    #[must_use]
    pub fn of(&self, agent: &AgentId) -> Arc<Shared<Option<Mine>>> {
        let mut known = self.mine.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shared) = known.get(agent).and_then(Weak::upgrade) {
            return shared;
        }
        if known.len() == known.capacity() {
            known.retain(|_, shared| shared.strong_count() > 0);
        }
        let shared = Arc::default();
        known.insert(agent.clone(), Arc::downgrade(&shared));
        shared
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::future::join_all;
    use tokio::task::yield_now;

    use super::*;

    #[tokio::test]
    async fn who_asks_together_reads_once_and_nobody_gets_an_older_reading() {
        let (shared, began) = (Shared::<u64>::default(), AtomicU64::new(0));
        let read = || async {
            let number = began.fetch_add(1, Ordering::SeqCst) + 1;
            yield_now().await;
            Ok::<_, Infallible>(number)
        };
        let together = join_all((0..100).map(|_| shared.read(read()))).await;
        assert_eq!(began.load(Ordering::SeqCst), 2, "the first, and the rest");
        let values: Vec<u64> = together.into_iter().map(|value| *value.unwrap()).collect();
        assert_eq!((values[0], values[1], values[99]), (1, 2, 2));
        assert_eq!(*shared.read(read()).await.unwrap(), 3, "asked later");
        assert!(shared.last.lock().await.is_none(), "nothing is kept");
    }

    #[tokio::test]
    async fn a_reading_that_fails_is_nobody_elses() {
        let shared = Shared::<u64>::default();
        let (failed, read) = tokio::join!(
            shared.read(async { Err::<u64, _>("away") }),
            shared.read(async { Ok::<_, &str>(1) })
        );
        assert_eq!((failed.unwrap_err(), *read.unwrap()), ("away", 1));
    }
}
