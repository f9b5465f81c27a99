use emergency::EmergencyCall;
use server::store::{
    Call, CallRef, CallbackNumber, Handling, JournaledCall, LocationSnapshot, NotifyPolicy,
    NumberSource,
};

use crate::{
    fixture::Fixture,
    world::{at, end, key, named, open, policy, small_world},
};

/// A call as it was answered while the store was away.
pub(crate) fn journaled(call_id: &str, said_agent: Option<&str>) -> JournaledCall {
    JournaledCall {
        call: Call {
            reference: CallRef::random(),
            key: key(call_id),
            named: None,
            agent: None,
            dialled: "911".to_owned(),
            test: false,
            country: location::Country::Us,
            state: EmergencyCall::started(at(0)),
            callback_number: Some(CallbackNumber {
                number: "+12065550199".parse().unwrap(),
                source: NumberSource::Fallback,
            }),
            location: LocationSnapshot::nothing_known(true),
            handling: Handling::default(),
            drill: None,
            shown_at: None,
            test_result: None,
        },
        said_agent: said_agent.map(ToOwned::to_owned),
        unverified: None,
    }
}

pub(crate) async fn a_journaled_call_is_taken_once(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let entry = journaled("c1", Some("devon.walsh"));
    let first = store
        .replay_call(entry.clone(), at(0), policy(), NotifyPolicy::default())
        .await
        .unwrap();
    drop(store);
    let store = fixture.open().await;
    let again = store
        .replay_call(entry, at(0), policy(), NotifyPolicy::default())
        .await
        .unwrap();
    assert_eq!(again, first);
    assert_eq!(store.calls().await.unwrap().len(), 1);
    let numbers = store.numbers().await.unwrap();
    assert!(numbers.iter().all(|row| row.idle_since.is_none()));
    // The platform asks again: the same answer, and nothing is lent.
    let opened = open(&store, "c1", Some("devon.walsh"), at(1)).await;
    assert!(opened.repeated);
    assert_eq!(opened.call.callback_number, first.callback_number);
}

pub(crate) async fn what_was_answered_counts(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    // The commit came through after the answer had gone out with another number.
    let committed = open(&store, "c1", Some("devon.walsh"), at(0)).await.call;
    assert_eq!(
        committed.callback_number.as_ref().unwrap().source,
        NumberSource::Pool
    );
    let mut entry = journaled("c1", Some("devon.walsh"));
    entry.call.reference = committed.reference.clone();
    let call = store
        .replay_call(entry.clone(), at(0), policy(), NotifyPolicy::default())
        .await
        .unwrap();
    assert_eq!(call.callback_number, entry.call.callback_number);
    assert_eq!(call.reference, committed.reference);
    let next = open(&store, "c2", Some("ada.byron"), at(1)).await.call;
    assert_eq!(
        next.callback_number.unwrap().source,
        NumberSource::Pool,
        "it is free again"
    );
}

pub(crate) async fn the_first_answer_keeps_its_number(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let first = open(&store, "c1", Some("devon.walsh"), at(0)).await.call;
    // Asked for again while the store was away: another answer, with another number.
    let again = journaled("c1", Some("devon.walsh"));
    let call = store
        .replay_call(again, at(0), policy(), NotifyPolicy::default())
        .await
        .unwrap();
    assert_eq!(call.reference, first.reference);
    assert_eq!(call.callback_number, first.callback_number);
    let next = open(&store, "c2", Some("ada.byron"), at(1)).await.call;
    let number = next.callback_number.map(|number| number.number);
    let first = first.callback_number.map(|number| number.number);
    assert_ne!(number, first, "the 911 centre calls back on it");
}

pub(crate) async fn a_replay_finds_the_agent_and_its_early_end(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let devon = named(&store, "devon.walsh").await;
    end(&store, "c1", at(3)).await;
    let entry = journaled("c1", Some("sip:devon.walsh@pbx.example.com"));
    let call = store
        .replay_call(entry, at(0), policy(), NotifyPolicy::default())
        .await
        .unwrap();
    assert_eq!(call.agent.unwrap().id, devon.id);
    assert!(matches!(
        call.state,
        EmergencyCall::Ended { started_at, ended_at, .. } if started_at == at(0) && ended_at == at(3)
    ));
    let mine = store.mine(&devon.id, at(0)).await.unwrap().unwrap();
    assert_eq!(mine.calls.len(), 1);
    let unknown = journaled("c2", Some("nobody"));
    assert!(
        store
            .replay_call(unknown, at(0), policy(), NotifyPolicy::default())
            .await
            .unwrap()
            .agent
            .is_none()
    );
}

pub(crate) async fn a_replay_takes_no_other_calls_place(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let maria = open(&store, "1", Some("maria.chen"), at(-9)).await.call;
    end(&store, "1", at(-8)).await;
    // While the store was away the platform used the name again, and that call is over too.
    let mut entry = journaled("1", Some("devon.walsh"));
    entry.call.state = EmergencyCall::Ended {
        started_at: at(0),
        ended_at: at(2),
        ended_by: emergency::EndedBy::Platform,
        callback: emergency::Callback::default(),
    };
    let first = store
        .replay_call(entry.clone(), at(0), policy(), NotifyPolicy::default())
        .await
        .unwrap();
    let again = store
        .replay_call(entry.clone(), at(0), policy(), NotifyPolicy::default())
        .await
        .unwrap();
    assert_eq!((&first, &first.state), (&again, &entry.call.state));
    let calls = store.calls().await.unwrap();
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().any(|call| call.reference == maria.reference));
}
