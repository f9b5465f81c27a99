//! What is left when the callback window has closed: nothing of the call, in no file, and no key to what a backup
//! may hold.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use server::{
    seal::{CallKeys, Keys},
    store::{
        Calls as _, Notices as _,
        sqlite::{Location, SqliteStore},
    },
};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use system_tests::{MailServer, sign_in};

use crate::world::World;

const CALL: &str = "planted-call-7731";
const CALLBACK: &str = "planted-callback-7732";
const STREET: &str = "Plantedwood";
const CALLER: &str = "2065550177";
/// A number that this call borrows, and that stands in the directory before and after.
const LENT: &str = "+14255550188";

/// Every file of the server, wherever it lies.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// How often a text stands in any file, in bytes or in UTF-16, and where.
fn mentions(folder: &Path, text: &str) -> Vec<String> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut mentions = Vec::new();
    for file in files(folder) {
        let Ok(bytes) = fs::read(&file) else { continue };
        for needle in [text.as_bytes(), &wide] {
            let count = bytes
                .windows(needle.len())
                .filter(|window| *window == needle)
                .count();
            if count > 0 {
                let name = file.strip_prefix(folder).unwrap().display();
                mentions.push(format!("{name}: {count}"));
            }
        }
    }
    mentions.sort();
    mentions
}

fn call_keys(folder: &Path) -> Vec<PathBuf> {
    let mut keys = files(folder);
    keys.retain(|file| file.extension().is_some_and(|ending| ending == "callkey"));
    keys
}

/// What a backup takes: everything but the keys of calls, which its documentation says to leave out.
fn back_up(from: &Path, to: &Path) {
    for file in files(from) {
        if file.extension().is_some_and(|ending| ending == "callkey") {
            continue;
        }
        let copy = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(&file, copy).unwrap();
    }
}

/// What somebody with a backup of the store and of the seal key can read of calls and notices.
async fn readable(backup: &Path, call_keys: &Path) -> (usize, usize) {
    let keys = Arc::new(Keys::load_or_create(
        &backup.join("whereabouts.db.seal-key"),
    ));
    let location = Location::file(backup.join("whereabouts.db"));
    let store = SqliteStore::open(location, keys, Arc::new(CallKeys::in_folder(call_keys)));
    (
        store.calls().await.unwrap().len(),
        store.notices(None).await.unwrap().len(),
    )
}

async fn rows(database: &Path, table: &'static str) -> i64 {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let count = match table {
        "call" => "SELECT COUNT(*) FROM call",
        _ => "SELECT COUNT(*) FROM notice",
    };
    sqlx::query_scalar(count)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

/// A call from home with a mail that was sent, one that was given up, and a callback.
async fn a_whole_call(world: &World, server: &mut MailServer) {
    server.refuse(&["left@example.com"]).unwrap();
    let devon = sign_in(&world.backend, "devon.walsh").await.unwrap();
    let at_home = serde_json::json!({
        "place": {"class": "home", "address": {
            "country": "US", "A1": "WA", "A3": "Tacoma", "HNO": "12", "RD": STREET, "STS": "Ln", "PC": "98406",
        }},
        "declared_age_seconds": 0,
    });
    let at_home = serde_json::from_value(at_home).unwrap();
    devon
        .confirm(&at_home, &system_tests::key(7))
        .await
        .unwrap();
    let body = serde_json::json!({"call_id": CALL, "agent": "devon.walsh", "dialled": "911", "platform": "planted"});
    let answer = world.post("/v1/telephony/calls", body).await;
    assert_eq!(answer["callback_number"], LENT, "{answer}");
    assert!(answer["lines"].to_string().contains(STREET), "{answer}");
    let told = world
        .notified(|told| told["sent"] == 1 && told["dead"] == 1)
        .await;
    assert!(told["notifications"].to_string().contains(CALL));
    let mail = server.next().await.unwrap();
    assert!(
        mail.unfolded().contains(STREET),
        "the mail went out with the address"
    );
    world.hang_up(CALL).await;
    let callback =
        serde_json::json!({"call_id": CALLBACK, "number": LENT, "caller": format!("+1{CALLER}")});
    world.post("/v1/telephony/callbacks", callback).await;
    world
        .post(
            "/v1/telephony/callbacks/end",
            serde_json::json!({"call_id": CALLBACK}),
        )
        .await;
}

#[tokio::test]
async fn nothing_of_a_call_is_left_when_its_window_has_closed() {
    let mut server = MailServer::start().unwrap();
    let mut world = World::start(&server, &[]).await;
    world.import(
        "numbers",
        &format!("number,site_id,platform\n{LENT},,planted\n"),
    );
    world.import(
        "contacts",
        "scope,id,email,webhook\norganisation,,desk@example.com;left@example.com,\n",
    );
    world.backend.shut_down().await.unwrap();
    world.backend.restart().await.unwrap();
    let folder = world.backend.folder().to_owned();
    let in_the_directory = mentions(&folder, LENT);
    assert!(
        !in_the_directory.is_empty(),
        "the search finds what is there"
    );

    a_whole_call(&world, &mut server).await;
    // Not even now is any of it to be read.
    for planted in [CALL, CALLBACK, STREET, CALLER] {
        assert_eq!(mentions(&folder, planted), [""; 0], "{planted}");
    }
    assert!(rows(&world.backend.database(), "notice").await == 2);
    let backup = tempfile::tempdir().unwrap();
    back_up(&folder, backup.path());
    let keys_during = call_keys(&folder);
    let keys_folder = keys_during[0].parent().unwrap().to_owned();
    let with_keys = readable(backup.path(), &keys_folder).await;
    assert_eq!(
        with_keys,
        (1, 2),
        "the backup is good, as long as the key is there"
    );

    world.backend.set_clock(3_700).unwrap();
    world
        .notified(|told| told["notifications"].as_array().is_some_and(Vec::is_empty))
        .await;
    assert_eq!(world.who_has(LENT).await["decision"], "security_desk");
    for table in ["call", "notice"] {
        assert_eq!(rows(&world.backend.database(), table).await, 0, "{table}");
    }
    // A moment for the file that is removed after the commit.
    world
        .notified(|_| {
            call_keys(&folder)
                .iter()
                .filter(|key| keys_during.contains(key))
                .count()
                < keys_during.len()
        })
        .await;
    assert_eq!(
        readable(backup.path(), &keys_folder).await,
        (0, 0),
        "the backup holds noise now"
    );

    // Running, stopped, and started again.
    for round in ["running", "stopped", "again"] {
        for planted in [CALL, CALLBACK, STREET, CALLER] {
            assert_eq!(mentions(&folder, planted), [""; 0], "{planted} ({round})");
        }
        match round {
            "running" => assert!(world.backend.shut_down().await.unwrap().success()),
            "stopped" => {
                assert_eq!(
                    mentions(&folder, LENT),
                    in_the_directory_of(&folder, &in_the_directory)
                );
                world.backend.restart().await.unwrap();
            }
            _ => {}
        }
    }
}

/// The directory's own mentions are what they were before the call: in the store itself, none in its log.
fn in_the_directory_of(folder: &Path, before: &[String]) -> Vec<String> {
    assert!(
        !folder.join("whereabouts.db-wal").exists()
            || fs::metadata(folder.join("whereabouts.db-wal"))
                .unwrap()
                .len()
                == 0
    );
    before
        .iter()
        .filter(|mention| !mention.contains("-wal"))
        .cloned()
        .collect()
}
