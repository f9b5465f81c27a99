//! The compliance record over a real file: what is changed behind the store's back is found.

use super::*;
use crate::{
    record::{Finding, Looked, Seen, Verifier},
    store::{Decline, EndShift, Entry, Erasure, Notices as _, Records as _},
};

/// Everything the verifier says of a store.
async fn verified(store: &SqliteStore, heads: &[crate::record::Head]) -> (Looked, Vec<Finding>) {
    let mut verifier = Verifier::new(store.nodes().await.unwrap());
    heads.iter().for_each(|head| verifier.expect(head));
    for node in store.chains().await.unwrap() {
        for batch in store.batches(node, 0, usize::MAX).await.unwrap() {
            verifier.batch(&batch);
        }
    }
    for (seen, by) in verifier.wanted() {
        let link = store.link_at(seen.node, seen.height).await.unwrap();
        verifier.found(seen, by, link);
    }
    for row in store.recorded_rows(None, usize::MAX).await.unwrap() {
        let digest = row.digest.as_deref();
        verifier.history(&row.username, row.version, digest, !row.recorded);
    }
    verifier.finish(Some(store.node()))
}

/// What somebody does who can write the file.
async fn tamper(house: &House, statement: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(house.file())
        .foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let done = sqlx::query(statement)
        .execute(&mut connection)
        .await
        .unwrap();
    assert!(done.rows_affected() > 0, "{statement}");
    connection.close().await.unwrap();
}

async fn heads(store: &SqliteStore) -> Vec<crate::record::Head> {
    let heads = store.heads().await.unwrap();
    heads.iter().map(|signed| signed.head).collect()
}

/// What the leaves say, in order, as text.
async fn leaves(store: &SqliteStore) -> Vec<String> {
    let batches = store.batches(store.node(), 0, usize::MAX).await.unwrap();
    let text = |leaf: &[u8]| String::from_utf8(leaf.to_vec()).unwrap();
    let leaves = batches
        .iter()
        .flat_map(|batch| batch.each_leaf().map(text).collect::<Vec<_>>());
    leaves.collect()
}

async fn kinds(store: &SqliteStore) -> Vec<String> {
    let leaves = leaves(store).await.into_iter().map(|leaf| {
        let leaf: serde_json::Value = serde_json::from_str(&leaf).unwrap();
        leaf["kind"].as_str().unwrap().to_owned()
    });
    leaves.collect()
}

/// A day of an agent: confirms, calls, is called back, and goes home.
async fn a_day(house: &House) {
    let store = &house.store;
    let said = declaration(&house.maria, "k", at(0));
    store.confirm(said).await.unwrap();
    store
        .open_call(dialled("planted-call"), Claim::new())
        .await
        .unwrap();
    end(store, "planted-call").await;
    let (agent, reason) = (house.maria.clone(), "Planted reason".to_owned());
    let decline = Decline {
        agent,
        reason,
        at: at(2),
    };
    store.decline(decline).await.unwrap();
    let again = declaration(&house.maria, "k2", at(3));
    store.confirm(again).await.unwrap();
    let agent = house.maria.clone();
    store
        .end_shift(EndShift { agent, at: at(4) })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_in_the_record_without_a_word_about_anybody() {
    let house = House::new().await;
    let mut open = dialled("told");
    open.policy.notify.organisation_hook = true;
    house.store.open_call(open, Claim::new()).await.unwrap();
    let notice = house.store.notices(None).await.unwrap()[0].id.clone();
    let accepted = crate::store::Delivery::Accepted;
    house
        .store
        .note_delivery(&notice, at(0), accepted)
        .await
        .unwrap();
    end(&house.store, "told").await;
    a_day(&house).await;
    house
        .store
        .settle_calls(at(600), CallPolicy::default())
        .await
        .unwrap();
    assert_eq!(
        kinds(&house.store).await,
        [
            "record_begun",
            "call_opened",
            "notification_queued",
            "notification_accepted",
            "call_ended",
            "confirmed",
            "call_opened",
            "call_ended",
            "declined",
            "confirmed",
            "shift_ended",
            "call_destroyed",
            "call_destroyed",
        ]
    );
    let leaves = leaves(&house.store).await.join("\n");
    for planted in ["Evergreen", "maria", "Maria", "planted", "Planted", "911"] {
        assert!(!leaves.contains(planted), "{planted}: {leaves}");
    }
    assert!(!leaves.contains(house.maria.as_str()), "{leaves}");
    let (looked, findings) = verified(&house.store, &heads(&house.store).await).await;
    assert_eq!(findings, []);
    assert_eq!((looked.entries, looked.rows, looked.lost), (13, 4, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_in_the_file_is_found() {
    for (statement, expected) in [
        (
            "UPDATE record_batch SET leaves = replace(leaves, 'overridden', 'valid') WHERE height = 1",
            "batch 1: its entries are not the ones that were signed",
        ),
        (
            "DELETE FROM record_batch WHERE height = 2",
            "batch 2 is missing",
        ),
        (
            "DELETE FROM record_batch WHERE height > 4",
            "the chain ends at batch 4",
        ),
        (
            "UPDATE record_batch SET height = CASE height WHEN 2 THEN -3 ELSE -2 END WHERE height IN (2, 3)",
            "missing",
        ),
        (
            "UPDATE standing_history SET at = at + 1 WHERE version = 1",
            "history of maria.chen, version 1: not as it was recorded",
        ),
        (
            "DELETE FROM standing_history WHERE version = 2",
            "1 recorded row is missing in the history",
        ),
        (
            "INSERT INTO standing_history (agent_id, version, kind, at, received_at, verdict) \
             SELECT agent_id, 9, kind, at, received_at, verdict FROM standing_history WHERE version = 1",
            "pretends to be from before the record",
        ),
        (
            "UPDATE standing_history SET checked_by = 'a street guide' WHERE version = 1",
            "history of maria.chen, version 1: not as it was recorded",
        ),
        (
            "UPDATE standing_history SET based_on = 7 WHERE version = 1",
            "history of maria.chen, version 1: not as it was recorded",
        ),
        (
            "UPDATE standing_history SET reason_sealed = NULL WHERE reason_sealed IS NOT NULL",
            "not as it was recorded",
        ),
        (
            "DELETE FROM person_key",
            "history of maria.chen: the key of this person is missing or is not theirs",
        ),
        (
            "UPDATE person_key SET key_sealed = zeroblob(60)",
            "history of maria.chen: the key of this person is missing or is not theirs",
        ),
        (
            "UPDATE record_node SET public_key = zeroblob(32)",
            "its key is missing",
        ),
    ] {
        let house = House::new().await;
        a_day(&house).await;
        let seen = heads(&house.store).await;
        assert_eq!(verified(&house.store, &seen).await.1, []);
        tamper(&house, statement).await;
        let (_, findings) = verified(&house.store, &seen).await;
        let said = findings.iter().map(ToString::to_string);
        let said: Vec<String> = said.collect();
        assert!(
            said.iter().any(|finding| finding.contains(expected)),
            "{statement}: {said:#?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_node_tells_of_a_cut_that_nobody_else_saw() {
    let house = House::new().await;
    a_day(&house).await;
    let keys = Keys::load_or_create(&house.folder.path().join("seal-key"));
    let call_keys = CallKeys::in_folder(&house.folder.path().join("other-keys"));
    let location = Location::file(house.file()).on_node("other");
    let other = SqliteStore::open(location, Arc::new(keys), Arc::new(call_keys));
    other.ready().await.unwrap();
    let seen = heads(&house.store).await;
    assert_ne!(other.node(), house.store.node());
    other.witness(seen.clone(), at(5)).await.unwrap();
    // Neither waits for the other, and both go on.
    let said = declaration(&house.maria, "k9", at(6));
    house.store.confirm(said).await.unwrap();
    assert_eq!(verified(&house.store, &[]).await.1, []);
    assert_eq!(house.store.chains().await.unwrap().len(), 2);

    tamper(
        &house,
        "DELETE FROM record_batch WHERE height >= 6 AND node <> \
         (SELECT node FROM record_batch GROUP BY node HAVING COUNT(*) = 1)",
    )
    .await;
    tamper(&house, "DELETE FROM standing_history WHERE version >= 4").await;
    let (_, findings) = verified(&house.store, &[]).await;
    let by = Seen::Node(other.node());
    let cut = Finding::Cut {
        seen: seen[0],
        height: 5,
        by,
    };
    assert_eq!(findings, [cut]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_is_in_no_file_and_the_chain_holds() {
    let house = House::new().await;
    let store = &house.store;
    a_day(&house).await;
    let erased = store.erase(&house.maria, at(5)).await.unwrap();
    assert_eq!(erased, Erasure::InCall, "responders may call back");
    store
        .settle_calls(at(600), CallPolicy::default())
        .await
        .unwrap();
    // What was destroyed is written out of the log after the answer, and the files are read below.
    store.ready().await.unwrap();
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT key_sealed FROM person_key")
        .fetch_one(&mut *store.reader().await.unwrap())
        .await
        .unwrap();
    let holds_key = || {
        let bytes = house.bytes();
        bytes.windows(sealed.len()).any(|window| window == sealed)
    };
    assert!(holds_key() && house.holds("maria.chen"));
    let erased = store.erase(&house.maria, at(601)).await.unwrap();
    assert_eq!(erased, Erasure::Erased { rows: 4 });
    // The log is emptied after the answer.
    store.ready().await.unwrap();
    assert!(!holds_key(), "the key of the person is destroyed");
    assert!(!house.holds("maria.chen") && !house.holds(house.maria.as_str()));
    assert_eq!(
        store.erase(&house.maria, at(602)).await.unwrap(),
        Erasure::Unknown
    );
    let (looked, findings) = verified(store, &heads(store).await).await;
    assert_eq!(findings, []);
    assert_eq!((looked.rows, looked.rows_erased), (0, 4));
    assert!(kinds(store).await.contains(&"erased".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_that_speaks_of_a_person_is_emptied_of_them() {
    let house = House::new().await;
    let mut reader = house.store.reader().await.unwrap();
    let referring: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT t.name, f.\"table\", f.on_delete FROM sqlite_master t, pragma_foreign_key_list(t.name) f \
         WHERE t.type = 'table' AND f.\"table\" IN ('agent', 'device', 'token_family')",
    )
    .fetch_all(&mut *reader)
    .await
    .unwrap();
    assert!(referring.len() >= 8, "{referring:?}");
    for (table, to, on_delete) in referring {
        assert!(
            on_delete == "CASCADE" || erase::removes_from(&table),
            "{table} refers to {to}: take it into REMOVED, or let it go with the row it refers to"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_cannot_be_kept_stops_no_call_and_says_so_later() {
    let house = House::new().await;
    let store = &house.store;
    tamper_schema(&house, "ALTER TABLE record_batch RENAME TO elsewhere").await;
    store.open_call(dialled("one"), Claim::new()).await.unwrap();
    let said = declaration(&house.maria, "k", at(0));
    let done = store.confirm(said).await.unwrap();
    assert!(matches!(done, Confirmation::Confirmed { .. }));
    tamper_schema(&house, "ALTER TABLE elsewhere RENAME TO record_batch").await;
    let entry = Entry::new(crate::record::Kind::Drilled, at(1)).word("result", "passed");
    store.record(entry).await.unwrap();
    assert_eq!(kinds(store).await, ["record_begun", "drilled", "lost"]);
    let (looked, findings) = verified(store, &heads(store).await).await;
    assert_eq!(looked.lost, 2);
    let agent = "maria.chen".to_owned();
    assert_eq!(findings, [Finding::HistoryChanged { agent, version: 1 }]);
}

async fn tamper_schema(house: &House, statement: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(house.file());
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query(statement)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_undone_is_not_recorded() {
    let house = House::new().await;
    let store = &house.store;
    let ghost = AgentId::random();
    let unknown = declaration(&ghost, "k", at(0));
    assert_eq!(store.confirm(unknown).await.unwrap(), Confirmation::Unknown);
    let said = declaration(&house.maria, "k", at(0));
    store.confirm(said.clone()).await.unwrap();
    store.confirm(said).await.unwrap();
    assert_eq!(kinds(store).await, ["record_begun", "confirmed"]);
    let restarted = open(house.folder.path());
    let said = declaration(&house.maria, "k2", at(1));
    restarted.confirm(said).await.unwrap();
    assert_eq!(
        kinds(store).await,
        ["record_begun", "confirmed", "confirmed"]
    );
    // Another process wrote: the chain goes on from there.
    let said = declaration(&house.maria, "k3", at(2));
    store.confirm(said).await.unwrap();
    assert_eq!(verified(store, &heads(store).await).await.1, []);
}
