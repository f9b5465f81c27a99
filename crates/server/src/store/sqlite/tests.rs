//! What is SQLite's own: group commit, durability, locks, faults, and what stays in the files. The
//! behaviour that every store shares is told by the conformance suite.

mod cost;
mod record;
mod record_cost;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use api::agent::Role;
use emergency::{CallKey, CallPolicy, EndedBy};
use jiff::{SignedDuration, Timestamp};
use location::{
    CivicAddress, CivicKey, Country, PlaceClass, Verdict,
    freshness::{Standing, Validity},
};
use sqlx::Connection as _;

use super::*;
use crate::{
    config::CallbackOrder,
    seal::Origin,
    store::{
        AgentId, AgentRecord, Agents as _, Calls as _, Confirm, Confirmation, EndCall, ImportKind,
        Imports as _, NotifyPolicy, OpenCall, OpenPolicy, PlaceToConfirm, Places as _, SavePlace,
        Snapshots as _, Standings as _,
    },
};

/// A store in a folder of its own, with one agent.
struct House {
    folder: tempfile::TempDir,
    store: Arc<SqliteStore>,
    maria: AgentId,
}

impl House {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        store.ready().await.unwrap();
        store.take_over().await.unwrap();
        let record = AgentRecord {
            username: "maria.chen".parse().unwrap(),
            display_name: "Maria".to_owned(),
            team: String::new(),
            role: Role::Agent,
            country: Country::Us,
            aliases: Vec::new(),
            direct_number: None,
            emergency_contacts: Vec::new(),
            default_site: None,
        };
        let agents = ImportKind::Agents(vec![record]);
        store.import(agents, false).await.unwrap();
        let maria = store.find_agent("maria.chen").await.unwrap().unwrap().id;
        Self {
            folder,
            store: Arc::new(store),
            maria,
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    /// Everything SQLite keeps on the disk.
    fn bytes(&self) -> Vec<u8> {
        ["store.db", "store.db-wal", "store.db-shm"]
            .iter()
            .filter_map(|name| fs::read(self.folder.path().join(name)).ok())
            .flatten()
            .collect()
    }

    fn holds(&self, text: &str) -> bool {
        self.bytes()
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    }

    /// Until that many jobs wait for the writer.
    async fn until_waiting(&self, count: usize) {
        while self.store.figures().waiting < count {
            tokio::task::yield_now().await;
        }
    }

    async fn lock(&self) -> Lock {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.file());
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE")
            .execute(&mut connection)
            .await
            .unwrap();
        Lock(connection)
    }
}

/// Another process that writes.
struct Lock(SqliteConnection);

impl Lock {
    async fn release(mut self) {
        sqlx::query("ROLLBACK").execute(&mut self.0).await.unwrap();
        self.0.close().await.unwrap();
    }
}

fn open(folder: &Path) -> SqliteStore {
    let keys = Keys::load_or_create(&folder.join("seal-key"));
    let call_keys = CallKeys::in_folder(&folder.join("call-keys"));
    let location = Location::file(folder.join("store.db"));
    SqliteStore::open(location, Arc::new(keys), Arc::new(call_keys))
}

fn at(minutes: i64) -> Timestamp {
    let ten: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    ten + SignedDuration::from_mins(minutes)
}

fn evergreen() -> CivicAddress {
    CivicAddress::new().with(CivicKey::Rd, "Evergreen").unwrap()
}

fn declaration(agent: &AgentId, key: &str, when: Timestamp) -> Confirm {
    Confirm {
        agent: agent.clone(),
        key: key.to_owned(),
        request_digest: "d".to_owned(),
        place: PlaceToConfirm::Address {
            class: PlaceClass::Home,
            civic_address: evergreen(),
            saved: None,
        },
        verdict: Verdict::Overridden,
        checked: None,
        override_reason: Some("Planted reason".to_owned()),
        declared_at: when,
        received_at: when,
        based_on: None,
    }
}

fn key(call_id: &str) -> CallKey {
    CallKey {
        api_key: "connect".to_owned(),
        call_id: call_id.parse().unwrap(),
    }
}

fn dialled(call_id: &str) -> OpenCall {
    OpenCall {
        reference: crate::store::CallRef::random(),
        key: key(call_id),
        said_agent: Some("maria.chen".to_owned()),
        dialled: "911".to_owned(),
        test: false,
        drill: None,
        country: None,
        platform: None,
        at: at(0),
        policy: OpenPolicy {
            call: CallPolicy::default(),
            validity: Validity::default(),
            callback: CallbackOrder::PoolFirst,
            notify: NotifyPolicy::default(),
        },
    }
}

async fn end(store: &SqliteStore, call_id: &str) {
    let end = EndCall {
        key: key(call_id),
        by: EndedBy::Platform,
        at: at(1),
        policy: CallPolicy::default(),
    };
    store.end_call(end).await.unwrap();
}

/// Reads a setting of the connection that writes.
struct Setting(&'static str);

#[async_trait]
impl Write for Setting {
    type Output = String;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<String, StoreError> {
        use sqlx::{Row as _, TypeInfo as _, ValueRef as _};
        let row = sqlx::query(self.0).fetch_one(&mut *tx.connection).await?;
        let is_text = row.try_get_raw(0)?.type_info().name() == "TEXT";
        Ok(if is_text {
            row.try_get::<String, _>(0)?
        } else {
            row.try_get::<i64, _>(0)?.to_string()
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_answered_is_on_the_disk() {
    let house = House::new().await;
    for (setting, expected) in [
        ("PRAGMA synchronous", "2"),
        ("PRAGMA journal_mode", "wal"),
        ("PRAGMA foreign_keys", "1"),
        ("PRAGMA secure_delete", "1"),
    ] {
        let found = house.store.write(Setting(setting)).await.unwrap();
        assert_eq!(found, expected, "{setting}");
    }
    let mut reader = house.store.reader().await.unwrap();
    let refused = sqlx::query("DELETE FROM meta").execute(&mut *reader).await;
    assert!(refused.is_err(), "a reader cannot write");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn confirmations_that_wait_share_a_commit() {
    const WAITING: usize = 300;
    let house = House::new().await;
    let lock = house.lock().await;
    let before = house.store.figures();
    let tasks: Vec<_> = (0..WAITING)
        .map(|count| {
            let minute = i64::try_from(count).unwrap();
            let mut said = declaration(&house.maria, &format!("k{count}"), at(minute));
            // All arrive together: to one that came before it, a later one would seem to be ahead of the clock.
            said.received_at = at(300);
            let store = house.store.clone();
            tokio::spawn(async move { store.confirm(said).await.unwrap() })
        })
        .collect();
    house.until_waiting(WAITING).await;
    lock.release().await;
    for task in tasks {
        let outcome = task.await.unwrap();
        assert!(!matches!(
            outcome,
            Confirmation::KeyReused | Confirmation::Unknown
        ));
    }
    let after = house.store.figures();
    let (commits, jobs) = (after.commits - before.commits, after.jobs - before.jobs);
    assert_eq!(jobs, WAITING as u64);
    assert!(commits <= 3, "{jobs} jobs took {commits} commits");
    let standing = house.store.standing(&house.maria).await.unwrap().unwrap();
    assert_eq!(standing.last_place.unwrap().declared_at, at(299));
}

#[tokio::test]
async fn a_store_that_stays_locked_is_busy_and_changes_nothing() {
    let house = House::new().await;
    let lock = house.lock().await;
    // Reading goes on beside the lock.
    let standing = house.store.standing(&house.maria).await.unwrap().unwrap();
    assert_eq!(standing.version, 0);
    tokio::time::pause();
    let store = house.store.clone();
    let said = declaration(&house.maria, "k", at(0));
    let waiting = tokio::spawn(async move { store.confirm(said).await });
    house.until_waiting(1).await;
    tokio::time::advance(Duration::from_secs(6)).await;
    assert_eq!(waiting.await.unwrap(), Err(StoreError::Busy));
    tokio::time::resume();
    lock.release().await;
    let standing = house.store.standing(&house.maria).await.unwrap().unwrap();
    assert_eq!(standing.version, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_given_up_while_the_store_was_locked_is_never_opened() {
    let house = House::new().await;
    let lock = house.lock().await;
    let (claim, store) = (Claim::new(), house.store.clone());
    let theirs = claim.clone();
    let waiting = tokio::spawn(async move { store.open_call(dialled("c1"), theirs).await });
    house.until_waiting(1).await;
    assert!(claim.abandon(), "it has not run yet");
    lock.release().await;
    assert_eq!(waiting.await.unwrap().unwrap_err(), StoreError::Abandoned);
    assert!(house.store.calls().await.unwrap().is_empty());
}

struct Panics;

#[async_trait]
impl Write for Panics {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        mark(tx, "panicked").await?;
        panic!("as asked");
    }
}

struct Fails;

#[async_trait]
impl Write for Fails {
    type Output = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        mark(tx, "failed").await?;
        tx.tell(Change::UnknownAgentsCall);
        sqlx::query("INSERT INTO seat (seat_id) VALUES (NULL)")
            .execute(&mut *tx.connection)
            .await?;
        Ok(())
    }
}

async fn mark(tx: &mut Tx<'_>, name: &'static str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO meta (name, value) VALUES ($1, '')")
        .bind(name)
        .execute(&mut *tx.connection)
        .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_fails_takes_nothing_else_with_it() {
    let house = House::new().await;
    let mut told = house.store.subscribe();
    let lock = house.lock().await;
    let store = &house.store;
    let said = declaration(&house.maria, "k", at(0));
    let release = async {
        house.until_waiting(3).await;
        lock.release().await;
    };
    let (failed, confirmed, panicked, ()) = tokio::join!(
        store.write(Fails),
        store.confirm(said),
        store.write(Panics),
        release
    );
    assert!(matches!(failed, Err(StoreError::Unavailable { .. })));
    assert!(matches!(panicked, Err(StoreError::Unavailable { .. })));
    assert!(matches!(confirmed, Ok(Confirmation::Confirmed { .. })));
    assert!(matches!(told.try_recv(), Ok(Change::Agent { .. })));
    assert!(told.try_recv().is_err(), "what was undone is not told");
    let marks: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM meta WHERE name IN ('failed', 'panicked')")
            .fetch_one(&mut *store.reader().await.unwrap())
            .await
            .unwrap();
    assert_eq!(marks, 0);
    store.ping_write().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_address_and_nothing_of_a_call_is_readable_in_the_files() {
    let house = House::new().await;
    house
        .store
        .confirm(declaration(&house.maria, "k", at(0)))
        .await
        .unwrap();
    let place = SavePlace {
        agent: house.maria.clone(),
        label: "Planted label".to_owned(),
        class: PlaceClass::Home,
        civic_address: evergreen(),
        verdict: Verdict::Unchecked,
        checked: None,
        at: at(0),
    };
    house.store.save_place(place).await.unwrap().unwrap();
    house
        .store
        .open_call(dialled("planted-call-id"), Claim::new())
        .await
        .unwrap();
    for planted in [
        "Evergreen",
        "Planted label",
        "Planted reason",
        "planted-call-id",
    ] {
        assert!(!house.holds(planted), "{planted}");
    }
    assert!(house.holds("maria.chen"), "the search itself works");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_destroyed_call_is_noise_in_every_copy() {
    let house = House::new().await;
    house
        .store
        .confirm(declaration(&house.maria, "k", at(0)))
        .await
        .unwrap();
    house
        .store
        .open_call(dialled("c1"), Claim::new())
        .await
        .unwrap();
    end(&house.store, "c1").await;
    // A backup, taken while the call was there, with the seal key.
    let backup = tempfile::tempdir().unwrap();
    for name in ["store.db", "store.db-wal", "seal-key"] {
        fs::copy(house.folder.path().join(name), backup.path().join(name)).unwrap();
    }
    let gone = house
        .store
        .settle_calls(at(61), CallPolicy::default())
        .await
        .unwrap();
    assert_eq!(gone.gone, 1);
    // What the writer does after it has answered is done before the next answer.
    house.store.ping_write().await.unwrap();
    let log = fs::metadata(house.folder.path().join("store.db-wal"))
        .unwrap()
        .len();
    assert!(
        log < 64 * 1024,
        "the write-ahead log was emptied, and holds {log} bytes"
    );
    let rows: (i64, i64) =
        sqlx::query_as("SELECT (SELECT COUNT(*) FROM call), (SELECT COUNT(*) FROM call_record)")
            .fetch_one(&mut *house.store.reader().await.unwrap())
            .await
            .unwrap();
    assert_eq!(rows, (0, 1), "only the record stays");

    let keys = Keys::load_or_create(&backup.path().join("seal-key"));
    assert_eq!(keys.origin(), &Origin::Loaded);
    let call_keys = CallKeys::in_folder(&house.folder.path().join("call-keys"));
    let restored = SqliteStore::open(
        Location::file(backup.path().join("store.db")),
        Arc::new(keys),
        Arc::new(call_keys),
    );
    restored.ready().await.unwrap();
    let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM call")
        .fetch_one(&mut *restored.reader().await.unwrap())
        .await
        .unwrap();
    assert_eq!(rows, 1, "the backup has the row");
    assert!(
        restored.calls().await.unwrap().is_empty(),
        "and nobody can read it"
    );
    // As every server does that starts on it.
    restored.take_over().await.unwrap_err();
    restored.write(LookAtEveryCall).await.unwrap();
    let settled = restored
        .settle_calls(at(2), CallPolicy::default())
        .await
        .unwrap();
    assert_eq!(settled.gone, 1, "so it is dropped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_opened_without_a_key_file_survives_a_restart_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    // Nobody took over, so no key is ready.
    let opened = store.open_call(dialled("c1"), Claim::new()).await.unwrap();
    store.close().await;
    let store = open(folder.path());
    assert_eq!(store.calls().await.unwrap(), [opened.call]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_seal_key_stops_nothing() {
    let house = House::new().await;
    house
        .store
        .confirm(declaration(&house.maria, "k", at(0)))
        .await
        .unwrap();
    house.store.close().await;
    fs::remove_file(house.folder.path().join("seal-key")).unwrap();
    let store = open(house.folder.path());
    store.ready().await.unwrap();
    let standing = store.standing(&house.maria).await.unwrap().unwrap();
    assert!(standing.unreadable && standing.last_place.is_none());
    assert_eq!((standing.standing, standing.version), (Standing::Never, 1));
    assert!(store.places(&house.maria).await.unwrap().is_empty());
    let opened = store.open_call(dialled("c1"), Claim::new()).await.unwrap();
    assert!(opened.call.location.degraded);
    let again = store
        .confirm(declaration(&house.maria, "k2", at(1)))
        .await
        .unwrap();
    assert!(matches!(again, Confirmation::Confirmed { standing, .. } if standing.version == 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_away_at_start_is_taken_when_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let parent = folder.path().join("mount");
    fs::write(&parent, "not mounted").unwrap();
    let keys = Arc::new(Keys::ephemeral());
    let call_keys = Arc::new(CallKeys::in_folder(&folder.path().join("call-keys")));
    let store = SqliteStore::open(Location::file(parent.join("store.db")), keys, call_keys);
    assert!(store.ready().await.is_err());
    assert!(
        store.find_agent("maria.chen").await.is_err(),
        "a fault is no empty answer"
    );
    fs::remove_file(&parent).unwrap();
    let waiting = async {
        while store.ready().await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .unwrap();
    assert!(store.find_agent("maria.chen").await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_database_is_not_taken_for_the_store_that_was_there() {
    let house = House::new().await;
    house.store.close().await;
    let (file, aside) = (house.file(), house.folder.path().join("aside.db"));
    fs::rename(&file, &aside).unwrap();
    let needed = fs::read_dir(house.folder.path().join("call-keys")).unwrap();
    let needed = needed.count();
    let opened = || {
        let keys = Keys::load_or_create(&house.folder.path().join("seal-key"));
        let call_keys = CallKeys::in_folder(&house.folder.path().join("call-keys"));
        let location = Location::file(&file).expected(true);
        SqliteStore::open(location, Arc::new(keys), Arc::new(call_keys))
    };
    let store = opened();
    for what in ["missing", "empty", "without an organisation"] {
        match what {
            "missing" => {}
            "empty" => fs::write(&file, "").unwrap(),
            _ => {
                let other = tempfile::tempdir().unwrap();
                let fresh = open(other.path());
                fresh.ready().await.unwrap();
                fresh.close().await;
                fs::copy(other.path().join("store.db"), &file).unwrap();
            }
        }
        assert!(store.ready().await.is_err(), "{what}");
        assert!(store.take_over().await.is_err(), "{what}");
        assert!(store.find_agent("maria.chen").await.is_err(), "{what}");
        if what == "missing" {
            assert!(!file.exists(), "and it is not made");
        }
        let keys = fs::read_dir(house.folder.path().join("call-keys")).unwrap();
        assert_eq!(keys.count(), needed, "no key is destroyed");
    }
    for ending in ["-wal", "-shm"] {
        let beside = house.folder.path().join(format!("store.db{ending}"));
        let _ = fs::remove_file(beside);
    }
    fs::rename(&aside, &file).unwrap();
    let back = async {
        while store.ready().await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), back)
        .await
        .unwrap();
    assert!(store.find_agent("maria.chen").await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_cannot_be_is_an_error_and_no_panic() {
    struct Damage;

    #[async_trait]
    impl Write for Damage {
        type Output = ();

        async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
            sqlx::query("UPDATE agent SET country = 'Atlantis'")
                .execute(&mut *tx.connection)
                .await?;
            Ok(())
        }
    }
    let house = House::new().await;
    house.store.write(Damage).await.unwrap();
    let found = house.store.find_agent("maria.chen").await;
    assert_eq!(found, Err(StoreError::Corrupt { table: "agent" }));
    assert!(house.store.known_agent("maria.chen").await.is_err());
    // Everybody else's emergency goes on.
    let world = house.store.known_world().await.unwrap();
    assert!(world.agents.is_empty());
    let mut other = dialled("c1");
    other.said_agent = None;
    house.store.open_call(other, Claim::new()).await.unwrap();
}
