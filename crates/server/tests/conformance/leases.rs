use std::collections::{BTreeMap, BTreeSet};

use server::{
    config::CallbackOrder,
    store::{Claim, ImportKind, NumberSource},
};

use crate::{
    fixture::Fixture,
    world::{
        agent, at, confirm, declaration, dialled, end, home, import, named, open, policy,
        small_world,
    },
};

pub(crate) async fn no_number_is_lent_twice(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 10).await;
    let names: Vec<String> = (0..16).map(|count| format!("agent.{count}")).collect();
    let records = names
        .iter()
        .map(|name| agent(name, api::agent::Role::Agent))
        .collect();
    import(&store, ImportKind::Agents(records)).await;
    let tasks: Vec<_> = names
        .into_iter()
        .map(|name| {
            let store = store.clone();
            tokio::spawn(async move {
                let wanted = dialled(&format!("call of {name}"), Some(&name), at(0));
                store.open_call(wanted, Claim::new()).await.unwrap().call
            })
        })
        .collect();
    let mut pool = BTreeSet::new();
    let mut sources = BTreeMap::new();
    for task in tasks {
        let shown = task.await.unwrap().callback_number.unwrap();
        *sources.entry(format!("{:?}", shown.source)).or_insert(0) += 1;
        if shown.source == NumberSource::Pool {
            assert!(pool.insert(shown.number), "a number was lent twice");
        }
    }
    assert_eq!(pool.len(), 10, "and every number was");
    assert_eq!(sources["Fallback"], 6);
}

pub(crate) async fn a_number_is_free_when_its_window_closes_and_not_before(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    open(&store, "c1", Some("devon.walsh"), at(0)).await;
    end(&store, "c1", at(10)).await;
    let during = open(&store, "c2", Some("ada.byron"), at(69)).await;
    assert_eq!(
        during.call.callback_number.unwrap().source,
        NumberSource::Fallback
    );
    let after = open(&store, "c3", Some("desk.one"), at(70)).await;
    let lent = after.call.callback_number.unwrap();
    assert_eq!(
        (lent.number.as_str(), lent.source),
        ("+12065550100", NumberSource::Pool)
    );
}

pub(crate) async fn the_number_that_has_been_free_longest_is_lent(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 3).await;
    let mut lent = Vec::new();
    // One after another: never lent ones first, then in the order in which they became free.
    for (count, (name, ends)) in [("devon.walsh", 2), ("ada.byron", 1), ("desk.one", 3)]
        .into_iter()
        .enumerate()
    {
        let call = open(&store, &format!("c{count}"), Some(name), at(0))
            .await
            .call;
        end(&store, &format!("c{count}"), at(ends)).await;
        lent.push(call.callback_number.unwrap().number);
    }
    for minute in [61, 62, 63] {
        store.settle_calls(at(minute), policy()).await.unwrap();
    }
    let numbers = store.numbers().await.unwrap();
    assert!(numbers.iter().all(|row| row.idle_since.is_some()));
    let again: Vec<_> = [
        ("d1", "maria.chen"),
        ("d2", "ada.byron"),
        ("d3", "devon.walsh"),
    ]
    .into_iter()
    .map(|(id, name)| (id.to_owned(), name))
    .collect();
    let mut order = Vec::new();
    for (id, name) in again {
        let call = open(&store, &id, Some(name), at(100)).await.call;
        order.push(call.callback_number.unwrap().number);
    }
    assert_eq!(order, [lent[1].clone(), lent[0].clone(), lent[2].clone()]);
}

pub(crate) async fn a_second_call_keeps_the_number(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 5).await;
    let first = open(&store, "c1", Some("devon.walsh"), at(0)).await.call;
    end(&store, "c1", at(1)).await;
    let second = open(&store, "c2", Some("devon.walsh"), at(30)).await.call;
    assert_eq!(first.callback_number, second.callback_number);
    // It is held until the last of the windows closes.
    end(&store, "c2", at(31)).await;
    store.settle_calls(at(61), policy()).await.unwrap();
    let other = open(&store, "c3", Some("ada.byron"), at(62)).await.call;
    assert_ne!(other.callback_number, second.callback_number);
}

pub(crate) async fn a_test_leaves_numbers_for_real_calls(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let test = |id: &str, name: &str| {
        let mut wanted = dialled(id, Some(name), at(10));
        wanted.dialled = "933".to_owned();
        wanted.test = true;
        wanted
    };
    for name in ["devon.walsh", "ada.byron"] {
        let agent = named(&store, name).await;
        confirm(&store, declaration(&agent.id, "k", home(), at(0))).await;
    }
    // Devon tests; Ada may yet call; there is one number for each.
    let call = store
        .open_call(test("t1", "devon.walsh"), Claim::new())
        .await
        .unwrap()
        .call;
    assert_eq!(call.callback_number.unwrap().source, NumberSource::Pool);
    // The desk tests; Ada may yet call; the last number is hers.
    let call = store
        .open_call(test("t2", "desk.one"), Claim::new())
        .await
        .unwrap()
        .call;
    assert_eq!(call.callback_number.unwrap().source, NumberSource::Fallback);
    let real = open(&store, "c1", Some("ada.byron"), at(11)).await.call;
    assert_eq!(real.callback_number.unwrap().source, NumberSource::Pool);
}

pub(crate) async fn the_own_number_comes_first_where_policy_says_so(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let mut wanted = dialled("c1", Some("maria.chen"), at(0));
    wanted.policy.callback = CallbackOrder::DirectFirst;
    let call = store.open_call(wanted, Claim::new()).await.unwrap().call;
    let shown = call.callback_number.unwrap();
    assert_eq!(
        (shown.number.as_str(), shown.source),
        ("+12065550190", NumberSource::Direct)
    );
    // With the pool first and empty, it is the next best.
    open(&store, "c2", Some("devon.walsh"), at(0)).await;
    let call = open(&store, "c3", Some("maria.chen"), at(0)).await.call;
    assert_eq!(call.callback_number.unwrap().source, NumberSource::Direct);
}
