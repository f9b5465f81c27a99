use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use emergency::{
    Username,
    presence::{Current, Mark, Marked, Status},
};
use jiff::Timestamp;

use super::AgentPresence;
use crate::PlatformFault;

/// The status where no platform is connected: kept here, and shown to the agent and on the roster, so
/// that colleagues see who is on an emergency call.
///
/// In memory. Whoever keeps the records of [`emergency::presence`] puts back what stood
/// ([`BuiltIn::put_back`]) when it starts again.
#[derive(Debug, Default)]
pub struct BuiltIn(Mutex<HashMap<Username, Entry>>);

#[derive(Clone, Debug, Default)]
struct Entry {
    /// What a person chose, if not what everybody has.
    chosen: Option<Status>,
    /// What lies over it.
    held: Option<Held>,
}

#[derive(Clone, Debug)]
struct Held {
    mark: Mark,
    until: Timestamp,
}

impl BuiltIn {
    /// What somebody has who chose nothing.
    ///
    /// # Panics
    /// Never: the words are short.
    #[must_use]
    pub fn available() -> Status {
        Status::new("available", "Available", false).expect("short words are a status")
    }

    /// What an agent has during an emergency call.
    ///
    /// # Panics
    /// Never: the words are short.
    #[must_use]
    pub fn do_not_disturb() -> Status {
        Status::new("do_not_disturb", "Do Not Disturb", true).expect("short words are a status")
    }

    /// A person chooses a status.
    pub fn choose(&self, agent: &Username, status: Status) {
        let chosen = Some(status).filter(|status| *status != Self::available());
        self.put(agent, Entry { chosen, held: None });
    }

    /// Puts back what stood when the process ended.
    pub fn put_back(&self, agent: &Username, mark: Mark, until: Timestamp) {
        let chosen = self.entry(agent).chosen;
        let held = Some(Held { mark, until });
        self.put(agent, Entry { chosen, held });
    }

    fn entry(&self, agent: &Username) -> Entry {
        self.lock().get(agent).cloned().unwrap_or_default()
    }

    /// Who has what everybody has is not remembered.
    fn put(&self, agent: &Username, entry: Entry) {
        let mut entries = self.lock();
        if entry.chosen.is_none() && entry.held.is_none() {
            entries.remove(agent);
        } else {
            entries.insert(agent.clone(), entry);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Username, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl AgentPresence for BuiltIn {
    async fn read(&self, agent: &Username, at: Timestamp) -> Result<Current, PlatformFault> {
        let mut entry = self.entry(agent);
        if entry.held.as_ref().is_some_and(|held| held.until <= at) {
            entry.held = None;
            self.put(agent, entry.clone());
        }
        Ok(match entry.held {
            Some(held) => Current {
                status: Self::do_not_disturb(),
                marked: Marked::ByUs(held.mark),
            },
            None => Current {
                status: entry.chosen.unwrap_or_else(Self::available),
                marked: Marked::NotByUs,
            },
        })
    }

    async fn hold(
        &self,
        agent: &Username,
        mark: &Mark,
        until: Timestamp,
        _: Timestamp,
    ) -> Result<Status, PlatformFault> {
        self.put_back(agent, mark.clone(), until);
        Ok(Self::do_not_disturb())
    }

    async fn restore(
        &self,
        agent: &Username,
        mark: &Mark,
        to: Option<&Status>,
        at: Timestamp,
    ) -> Result<(), PlatformFault> {
        if self.read(agent, at).await?.marked != Marked::ByUs(mark.clone()) {
            return Err(PlatformFault::refused("not_ours"));
        }
        self.choose(agent, to.cloned().unwrap_or_else(Self::available));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use jiff::SignedDuration;

    use super::*;
    use crate::presence::conformance::{self, Subject};

    #[derive(Debug)]
    struct Here {
        built_in: BuiltIn,
        now: Mutex<Timestamp>,
    }

    #[async_trait]
    impl Subject for Here {
        fn adapter(&self) -> &dyn AgentPresence {
            &self.built_in
        }

        fn now(&self) -> Timestamp {
            *self.now.lock().unwrap()
        }

        async fn pass(&self, time: SignedDuration) {
            *self.now.lock().unwrap() += time;
        }

        async fn choose(&self, agent: &Username, status: &Status) {
            self.built_in.choose(agent, status.clone());
        }
    }

    #[tokio::test]
    async fn it_does_what_every_platform_has_to() {
        let here = Here {
            built_in: BuiltIn::default(),
            now: Mutex::new("2026-11-20T09:00:00Z".parse().unwrap()),
        };
        conformance::check(&here).await;
    }

    #[tokio::test]
    async fn nobody_is_remembered_who_has_what_everybody_has() {
        let built_in = BuiltIn::default();
        let (maria, mark) = ("maria".parse().unwrap(), "m".parse().unwrap());
        let at = "2026-11-20T09:00:00Z".parse().unwrap();
        built_in
            .hold(&maria, &mark, Timestamp::MAX, at)
            .await
            .unwrap();
        assert_eq!(built_in.lock().len(), 1);
        built_in.restore(&maria, &mark, None, at).await.unwrap();
        assert_eq!(built_in.lock().len(), 0);
        built_in.hold(&maria, &mark, at, at).await.unwrap();
        built_in.read(&maria, at).await.unwrap();
        assert_eq!(built_in.lock().len(), 0, "what has run out is forgotten");
    }
}
