//! Telephony is answered within its budget whatever is wrong with the store.

use std::{fs::File, path::Path};

use nix::fcntl::{FcntlArg, fcntl};
use serde_json::Value;
use sqlx::{Connection as _, Executor as _, SqliteConnection, sqlite::SqliteConnectOptions};
use system_tests::{Backend, Role, key, sign_in};

use crate::{SERVER, process::at, telephony::Telephony};

/// Another process that holds the store's lock for writing.
async fn writer_locked_out(database: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(database);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    connection.execute("BEGIN EXCLUSIVE").await.unwrap();
    connection
}

/// Another process that holds every lock there is: nobody can read either, until the file is dropped. The
/// bytes are those of the WAL index (https://sqlite.org/walformat.html, 2.2.3): writing, checkpoints,
/// recovery and the five places for readers.
fn everybody_locked_out(database: &Path) -> File {
    let index = database.with_extension("db-shm");
    let file = File::options().read(true).write(true).open(index).unwrap();
    let lock = nix::libc::flock {
        l_type: nix::libc::F_WRLCK.try_into().unwrap(),
        l_whence: nix::libc::SEEK_SET.try_into().unwrap(),
        l_start: 120,
        l_len: 8,
        l_pid: 0,
    };
    // A reader may be at it just now: this waits for it.
    fcntl(&file, FcntlArg::F_SETLKW(&lock)).unwrap();
    file
}

async fn ready() -> (Backend, String) {
    let backend = Backend::start(SERVER).await.unwrap();
    let key_of_pbx = backend.key(Role::Telephony, "pbx").unwrap();
    let session = sign_in(&backend, "maria.chen").await.unwrap();
    session.confirm(&at("SEA-5-181"), &key(1)).await.unwrap();
    // The first of its kind may still have to be prepared.
    let pbx = Telephony::with_key(&backend, key_of_pbx.clone());
    pbx.dial("warm", "devon.walsh", "911").await.in_time();
    pbx.hang_up("warm").await.in_time();
    (backend, key_of_pbx)
}

fn is_at_her_seat(answer: &Value) {
    let civic = answer["civic_address_json"].as_str().unwrap_or_default();
    assert!(civic.contains("181"), "{answer}");
}

#[tokio::test]
async fn with_nobody_let_into_the_store_the_last_known_place_is_the_answer() {
    let (backend, key_of_pbx) = ready().await;
    let pbx = Telephony::with_key(&backend, key_of_pbx);
    let locked = everybody_locked_out(&backend.database());
    for call in ["shut-1", "shut-2", "shut-3"] {
        let answer = pbx.dial(call, "maria.chen", "911").await;
        assert_eq!(answer.status, 201);
        let answer = answer.in_time();
        is_at_her_seat(&answer);
        assert_eq!(answer["degraded"], true, "{answer}");
        assert!(answer["callback_number"].is_string(), "{answer}");
    }
    let unknown = pbx.dial("shut-4", "nobody.at.all", "911").await.in_time();
    assert_eq!(unknown["agent"], Value::Null);
    assert_eq!(unknown["location_status"], "unknown");
    is_at_her_seat(&pbx.locate("maria.chen").await.in_time());
    pbx.hang_up("shut-1").await.in_time();
    drop(locked);
    let answer = pbx.dial("open-again", "maria.chen", "911").await.in_time();
    assert_eq!(answer["degraded"], false, "{answer}");
}

#[tokio::test]
async fn many_calls_at_once_are_answered_in_time_while_the_writer_is_stuck() {
    let (backend, key_of_pbx) = ready().await;
    let locked = writer_locked_out(&backend.database()).await;
    let pbx = Telephony::with_key(&backend, key_of_pbx);
    let calls = (0..20).map(|number| {
        let pbx = &pbx;
        async move {
            let call_id = format!("stuck-{number}");
            pbx.dial(&call_id, "maria.chen", "911").await.in_time()
        }
    });
    for answer in futures_util::future::join_all(calls).await {
        is_at_her_seat(&answer);
        assert!(answer["callback_number"].is_string(), "{answer}");
    }
    drop(locked);
}

#[tokio::test]
async fn started_while_the_store_is_locked_it_answers_from_the_sealed_copy() {
    let (mut backend, key_of_pbx) = ready().await;
    assert!(backend.shut_down().await.unwrap().success());
    let locked = {
        let options = SqliteConnectOptions::new()
            .filename(backend.database())
            .pragma("locking_mode", "EXCLUSIVE");
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        connection.execute("BEGIN EXCLUSIVE").await.unwrap();
        connection
    };
    backend.launch().unwrap();
    backend.answers("/healthz", 200).await.unwrap();
    let pbx = Telephony::with_key(&backend, key_of_pbx);
    let answer = pbx.dial("cold-1", "maria.chen", "911").await;
    assert_eq!(answer.status, 201);
    let answer = answer.in_time();
    is_at_her_seat(&answer);
    assert_eq!(answer["degraded"], true, "{answer}");
    drop(pbx);
    drop(locked);
    backend.answers("/readyz", 200).await.unwrap();
}
