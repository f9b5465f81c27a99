use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::{
    sync::broadcast::error::RecvError,
    time::{Instant, interval_at, sleep_until},
};

use super::{LastKnown, SnapshotFile};
use crate::{
    clock::Clock,
    store::{AgentId, Change, Store, StoreError},
};

/// How long changes are gathered before they are read together.
const GATHER: Duration = Duration::from_millis(50);
/// How often everything is read again: another process may have imported something.
const READ_ALL: Duration = Duration::from_secs(300);
/// How often the keys are read: another process may have revoked one.
const READ_KEYS: Duration = Duration::from_secs(10);
/// How long the first reading, and the last, waits for the store.
const FIRST: Duration = Duration::from_secs(1);
/// How soon a failed reading is tried again.
const RETRY: Duration = Duration::from_secs(1);
/// How often the file is written at most.
const WRITE: Duration = Duration::from_secs(30);
/// How soon it is written once something changed, when it has not been for that long.
const SOON: Duration = Duration::from_secs(1);

/// What keeps a [`LastKnown`] up to date.
#[derive(Clone, Debug)]
pub struct Follower {
    /// What is kept up to date.
    pub last_known: Arc<LastKnown>,
    /// Where it is read.
    pub store: Arc<dyn Store>,
    /// Where it is written for the next start.
    pub file: SnapshotFile,
    /// When it was.
    pub clock: Arc<dyn Clock>,
}

impl Follower {
    /// Reads everything.
    ///
    /// # Errors
    /// When the store cannot be read; what was known stays.
    pub async fn read_all(&self) -> Result<(), StoreError> {
        let world = self.store.known_world().await?;
        self.last_known.set(world);
        Ok(())
    }

    /// Reads these agents and all calls.
    ///
    /// # Errors
    /// When the store cannot be read; what was known stays.
    pub async fn read_some(&self, agents: Option<&BTreeSet<AgentId>>) -> Result<(), StoreError> {
        let wanted: Vec<AgentId> = agents.into_iter().flatten().cloned().collect();
        let known = self.store.known_agents(&wanted).await?;
        let calls = self.store.calls().await?;
        self.last_known.update(known, calls);
        Ok(())
    }

    /// Reads the keys of machines, so that one that was revoked is refused soon. While the store cannot
    /// be read, those that were known count.
    pub async fn read_keys(&self) {
        if let Ok(keys) = self.store.known_keys().await {
            self.last_known.set_keys(keys);
        }
    }

    /// Reads everything once more, if the store is there, and writes the file: the last thing a server
    /// does before it closes its store, so that the next one can answer without it.
    pub async fn finish(&self) {
        match tokio::time::timeout(FIRST, self.read_all()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(store.fault = %error, "the last-known copy is written as it was");
            }
            Err(_) => tracing::warn!("the last-known copy is written as it was"),
        }
        // What was never known is not written over what somebody may still need.
        if !self.last_known.is_empty() {
            self.write().await;
        }
    }

    /// Writes the file.
    pub async fn write(&self) {
        let (file, world, at) = (self.file.clone(), self.last_known.world(), self.clock.now());
        let written = tokio::task::spawn_blocking(move || file.write(&world, at)).await;
        // A panic was logged where it happened.
        if let Ok(Err(error)) = written {
            tracing::error!(%error, alarm = true, "the last-known copy was not written");
        }
    }
}

/// Takes what the last process wrote, so that telephony can be answered before the store has been read. Says
/// whether there was an organisation, as far as can be told.
pub fn start_from_file(file: &SnapshotFile, last_known: &LastKnown) -> bool {
    match file.read() {
        Ok(Some((world, at))) => {
            tracing::info!(last_known.at = %at, last_known.agents = world.agents.len(), "the last-known copy was read");
            last_known.set(world);
            !last_known.is_empty()
        }
        Ok(None) => false,
        Err(error) => {
            tracing::error!(%error, alarm = true, "the last-known copy of the last process is of no use");
            true
        }
    }
}

/// Keeps the copy up to date until `closing` is over.
pub async fn follow(follower: Follower, closing: impl Future<Output = ()>) {
    let mut changes = follower.store.subscribe();
    // A store that is new has nothing to read yet; one that is locked can be read all the same; one
    // that is away is not waited for.
    let mut all_due = follower.read_all().await.is_err();
    if all_due {
        let _ = tokio::time::timeout(FIRST, follower.store.ready()).await;
    }
    let mut some_due: Option<BTreeSet<AgentId>> = None;
    let now = Instant::now();
    let mut read_at = now;
    let mut written_at: Option<Instant> = None;
    let mut write_at = (!all_due).then(|| now + SOON);
    let mut fault_told = false;
    let mut every_read = interval_at(now + READ_ALL, READ_ALL);
    let mut every_keys = interval_at(now + READ_KEYS, READ_KEYS);
    tokio::pin!(closing);
    loop {
        let due = all_due || some_due.is_some();
        tokio::select! {
            () = &mut closing => break,
            _ = every_read.tick() => all_due = true,
            _ = every_keys.tick() => follower.read_keys().await,
            () = sleep_until(write_at.unwrap_or(now)), if write_at.is_some() => {
                follower.write().await;
                written_at = Some(Instant::now());
                write_at = None;
            }
            change = changes.recv() => match change {
                Ok(change) => {
                    if !due {
                        read_at = Instant::now() + GATHER;
                    }
                    // Calls are read in any case.
                    some_due.get_or_insert_default().extend(match change {
                        Change::Agent { agent, .. } => Some(agent),
                        Change::NoticesWaiting | Change::UnknownAgentsCall => None,
                    });
                }
                Err(RecvError::Lagged(_)) => all_due = true,
                // The store tells nothing any more, because the server ends.
                Err(RecvError::Closed) => break,
            },
            () = sleep_until(read_at), if due => {
                let read = if all_due {
                    follower.read_all().await
                } else {
                    follower.read_some(some_due.as_ref()).await
                };
                if let Err(error) = read {
                    if !fault_told {
                        tracing::warn!(store.fault = %error, "the last-known copy cannot be brought up to date");
                    }
                    fault_told = true;
                    read_at = Instant::now() + RETRY;
                    continue;
                }
                (all_due, some_due, fault_told) = (false, None, false);
                let soon = Instant::now() + SOON;
                write_at.get_or_insert(written_at.map_or(soon, |at| soon.max(at + WRITE)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use api::agent::Role;
    use location::{CivicAddress, CivicKey, Country, PlaceClass, Verdict};
    use tokio::sync::oneshot;

    use super::*;
    use crate::{
        clock::SystemClock,
        seal::{CallKeys, Keys},
        secret::SecretHash,
        store::{
            AgentRecord, Confirm, Confirmation, ImportKind, KeyRole, NewKey, PlaceToConfirm,
            SavedKey,
            sqlite::{Location, SqliteStore},
        },
    };

    async fn follower(folder: &std::path::Path) -> Follower {
        let keys = Arc::new(Keys::load_or_create(&folder.join("key")));
        let call_keys = Arc::new(CallKeys::in_folder(&folder.join("calls")));
        let location = Location::file(folder.join("store.db"));
        let store = Arc::new(SqliteStore::open(location, keys.clone(), call_keys));
        store.ready().await.unwrap();
        Follower {
            last_known: Arc::default(),
            store,
            file: SnapshotFile::at(&folder.join("last-known"), keys),
            clock: Arc::new(SystemClock),
        }
    }

    fn maria() -> ImportKind {
        ImportKind::Agents(vec![AgentRecord {
            username: "maria.chen".parse().unwrap(),
            display_name: "Maria".to_owned(),
            team: String::new(),
            role: Role::Agent,
            country: Country::Us,
            aliases: Vec::new(),
            direct_number: None,
            emergency_contacts: Vec::new(),
            default_site: None,
        }])
    }

    /// Waits for something that other threads bring about.
    async fn until(holds: impl Fn() -> bool) {
        let waiting = async {
            while !holds() {
                tokio::task::yield_now().await;
            }
        };
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, waiting).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_copy_follows_the_store_and_outlives_it() {
        let folder = tempfile::tempdir().unwrap();
        let follower = follower(folder.path()).await;
        let (store, copy) = (follower.store.clone(), follower.last_known.clone());
        let (close, closing) = oneshot::channel::<()>();
        let following = tokio::spawn(follow(follower.clone(), async move {
            let _ = closing.await;
        }));
        store.import(maria(), false).await.unwrap();
        until(|| copy.agent("maria.chen").is_some()).await;

        let civic_address = CivicAddress::new().with(CivicKey::Rd, "Evergreen").unwrap();
        let at = "2026-11-20T10:00:00Z".parse().unwrap();
        let confirmed = store
            .confirm(Confirm {
                agent: copy.agent("maria.chen").unwrap().agent.id,
                key: "k".to_owned(),
                request_digest: "d".to_owned(),
                place: PlaceToConfirm::Address {
                    class: PlaceClass::Home,
                    civic_address,
                    saved: None,
                },
                verdict: Verdict::Unchecked,
                checked: None,
                override_reason: None,
                declared_at: at,
                received_at: at,
                based_on: None,
            })
            .await;
        assert!(matches!(confirmed, Ok(Confirmation::Confirmed { .. })));
        until(|| {
            copy.agent("maria.chen")
                .is_some_and(|known| known.standing.version == 1)
        })
        .await;

        // The server ends, and the next one finds its store gone.
        drop(close);
        following.await.unwrap();
        follower.finish().await;
        store.close().await;
        std::fs::remove_file(folder.path().join("store.db")).unwrap();
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("key")));
        let next = Follower {
            last_known: Arc::default(),
            file: SnapshotFile::at(&folder.path().join("last-known"), keys),
            store,
            clock: Arc::new(SystemClock),
        };
        assert!(start_from_file(&next.file, &next.last_known));
        let known = next.last_known.agent("maria.chen").unwrap();
        assert_eq!(known.standing.version, 1);
        assert!(next.read_all().await.is_err());
        assert!(
            !next.last_known.is_empty(),
            "a store that fails takes nothing away"
        );
    }

    #[tokio::test]
    async fn a_revoked_key_is_forgotten_and_a_fault_forgets_none() {
        let folder = tempfile::tempdir().unwrap();
        let follower = follower(folder.path()).await;
        for name in ["one", "other"] {
            let kept = follower
                .store
                .save_key(NewKey {
                    name: name.parse().unwrap(),
                    role: KeyRole::Telephony,
                    hash: SecretHash::of(name),
                    at: follower.clock.now(),
                })
                .await;
            assert_eq!(kept, Ok(SavedKey::Saved));
        }
        follower.read_keys().await;
        let known = |name| follower.last_known.key(SecretHash::of(name)).is_some();
        assert!(known("one") && known("other"));
        let revoked = follower.store.revoke_key(&"one".parse().unwrap()).await;
        assert_eq!(revoked, Ok(true));
        follower.read_keys().await;
        assert!(!known("one") && known("other"));
        follower.store.close().await;
        follower.read_keys().await;
        assert!(known("other"));
    }
}
