//! What a 911 call costs must not depend on how many calls, ends and agents there are. Told by what is opened
//! and by how rows are found, never by the clock.

use futures_util::future::join_all;

use super::*;
use crate::store::{CallbackCaller, NumberRecord};

/// Ends that are remembered, and calls of the last hour.
const ENDS: usize = 1_000;
const CALLS: usize = 80;

/// How many calls each verb of one emergency opened.
#[derive(Debug)]
struct Opened {
    open: usize,
    look_up: usize,
    ring: usize,
    end: usize,
    settle: usize,
}

/// One whole emergency of an agent who has made no call yet.
async fn an_emergency(house: &House, call_id: &str, agent: &str) -> Opened {
    let (store, policy) = (&house.store, CallPolicy::default());
    let count = || store.call_keys.opened();
    count();
    let call = OpenCall {
        said_agent: Some(agent.to_owned()),
        ..dialled(call_id)
    };
    let opened = store.open_call(call, Claim::new()).await.unwrap().call;
    let open = count();
    let number = opened.callback_number.unwrap().number;
    let route = store.callback_route(&number, at(0), policy).await.unwrap();
    assert_eq!(route.agent.unwrap().username.as_str(), agent);
    let look_up = count();
    let caller = CallbackCaller {
        key: None,
        number,
        at: at(0),
        policy,
    };
    store.callback_rings(caller).await.unwrap();
    let ring = count();
    end(store, call_id).await;
    let end = count();
    store.settle_calls(at(1), policy).await.unwrap();
    Opened {
        open,
        look_up,
        ring,
        end,
        settle: count(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cost_of_a_call_does_not_grow_with_what_is_remembered() {
    let house = House::new().await;
    let agent = |name: &str| AgentRecord {
        username: name.parse().unwrap(),
        display_name: name.to_owned(),
        team: String::new(),
        role: Role::Agent,
        country: Country::Us,
        aliases: Vec::new(),
        direct_number: None,
        emergency_contacts: Vec::new(),
        default_site: None,
    };
    let number = |line: usize| NumberRecord {
        number: format!("+1206555{line:04}").parse().unwrap(),
        site: None,
        platform: String::new(),
        country: Country::Us,
    };
    let store = &house.store;
    store.mark_sample().await.unwrap();
    let agents = ImportKind::Agents(vec![agent("ada.byron"), agent("devon.walsh")]);
    store.import(agents, false).await.unwrap();
    let numbers = ImportKind::Numbers((100..104).map(number).collect());
    store.import(numbers, false).await.unwrap();
    store
        .settle_calls(at(0), CallPolicy::default())
        .await
        .unwrap();
    an_emergency(&house, "first", "ada.byron").await;

    // A platform that reports the end of every call it has, and an agent who tests again and again.
    let names: Vec<String> = (0..ENDS).map(|count| format!("end {count}")).collect();
    join_all(names.iter().map(|name| end(store, name))).await;
    for count in 0..CALLS {
        let name = format!("test {count}");
        let test = OpenCall {
            test: true,
            dialled: "933".to_owned(),
            ..dialled(&name)
        };
        store.open_call(test, Claim::new()).await.unwrap();
        end(store, &name).await;
    }
    store
        .settle_calls(at(1), CallPolicy::default())
        .await
        .unwrap();
    let rows: (i64, i64) =
        sqlx::query_as("SELECT (SELECT COUNT(*) FROM call), (SELECT COUNT(*) FROM early_end)")
            .fetch_one(&mut *store.reader().await.unwrap())
            .await
            .unwrap();
    assert_eq!(rows, (81, 1_000), "ends have no row among the calls");

    let cost = an_emergency(&house, "after", "devon.walsh").await;
    let Opened {
        open,
        look_up,
        ring,
        end,
        settle,
    } = cost;
    assert_eq!(
        (open, look_up, ring, end, settle),
        (0, 1, 1, 1, 0),
        "a call opens nothing but itself"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_every_call_again_opens_only_what_changed() {
    let house = House::new().await;
    let (store, policy) = (&house.store, CallPolicy::default());
    for name in ["one", "two", "three"] {
        store.open_call(dialled(name), Claim::new()).await.unwrap();
    }
    assert_eq!(store.calls().await.unwrap().len(), 3);
    store.call_keys.opened();
    let before = store.calls().await.unwrap();
    assert_eq!((before.len(), store.call_keys.opened()), (3, 0));
    end(store, "two").await;
    store.call_keys.opened();
    let after = store.calls().await.unwrap();
    assert_eq!((after.len(), store.call_keys.opened()), (3, 1));
    assert_eq!(store.known_world().await.unwrap().calls, after);
    store.settle_calls(at(600), policy).await.unwrap();
    assert!(store.calls().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn loans_are_found_by_an_index_and_not_by_looking_at_every_call() {
    let house = House::new().await;
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "EXPLAIN QUERY PLAN {}",
        leases::LOANS
    )))
    .bind(0_i64)
    .fetch_all(&mut *house.store.reader().await.unwrap())
    .await
    .unwrap();
    for (.., step) in &plan {
        let scans = step.starts_with("SCAN") && !step.contains("lent_number");
        assert!(!scans && !step.contains("TEMP B-TREE"), "{plan:#?}");
    }
}
