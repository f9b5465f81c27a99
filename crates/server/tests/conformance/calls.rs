use emergency::{CallKey, EmergencyCall, EndedBy};
use location::{CivicKey, Rule, Status};
use server::store::{Change, Claim, EndCall, Ended, NumberSource, Over, StoreError};

use crate::{
    fixture::Fixture,
    world::{
        at, confirm, declaration, dialled, end, home, key, named, open, policy, seat_of,
        small_world,
    },
};

pub(crate) async fn a_call_gets_the_location_and_a_number(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let maria = named(&store, "maria.chen").await;
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k", seat, at(0))).await;
    let before = store
        .mine(&maria.id, at(-600))
        .await
        .unwrap()
        .unwrap()
        .revision;
    let mut told = store.subscribe();
    let opened = open(&store, "c1", Some("sip:maria.chen@pbx.example.com"), at(5)).await;
    assert!(!opened.repeated);
    assert_eq!(opened.agent.as_ref().unwrap().id, maria.id);
    let call = opened.call;
    assert_eq!(call.location.status, Status::Confirmed);
    assert_eq!(call.location.rule, Rule::Seat);
    assert_eq!(call.location.site.as_ref().unwrap().as_str(), "SEA");
    let address = call.location.civic_address.clone().unwrap();
    assert_eq!(address.get(CivicKey::Seat), Some("WS 181"));
    assert_eq!(address.get(CivicKey::Hno), Some("2121"));
    let lent = call.callback_number.clone().unwrap();
    assert_eq!(
        (lent.number.as_str(), lent.source),
        ("+12065550100", NumberSource::Pool)
    );
    // The desktop learns of it, and can read it.
    let Change::Agent { agent, revision } = told.try_recv().unwrap() else {
        panic!("expected the agent's change");
    };
    assert!(agent == maria.id && revision > before);
    let mine = store.mine(&maria.id, at(-600)).await.unwrap().unwrap();
    assert_eq!(mine.calls, store.calls().await.unwrap());
    assert_eq!(mine.calls, [call]);
}

pub(crate) async fn asked_again_the_answer_is_the_same(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let maria = named(&store, "maria.chen").await;
    confirm(&store, declaration(&maria.id, "k1", home(), at(0))).await;
    let first = open(&store, "c1", Some("maria.chen"), at(5)).await;
    // She moves; the call is answered as it was.
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k2", seat, at(6))).await;
    let again = open(&store, "c1", Some("maria.chen"), at(7)).await;
    assert!(again.repeated);
    assert_eq!(again.call, first.call);
    assert_eq!(again.agent.unwrap().id, maria.id);
    assert_eq!(store.calls().await.unwrap().len(), 1);
}

pub(crate) async fn asked_again_after_a_restart_the_answer_is_the_same(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let first = open(&store, "c1", Some("maria.chen"), at(5)).await;
    drop(store);
    let store = fixture.open().await;
    let again = open(&store, "c1", Some("maria.chen"), at(6)).await;
    assert!(again.repeated);
    assert_eq!(again.call, first.call);
}

pub(crate) async fn an_unknown_agent_is_answered(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let mut told = store.subscribe();
    for (call, said) in [("c1", Some("nobody.we.know")), ("c2", None)] {
        let opened = open(&store, call, said, at(0)).await;
        assert!(opened.agent.is_none() && opened.call.agent.is_none());
        assert_eq!(opened.call.location.status, Status::Unknown);
        // The pool's number is free, but lent to nobody it would lead responders to nobody.
        let shown = opened.call.callback_number.unwrap();
        assert_eq!(
            (shown.number.as_str(), shown.source),
            ("+12065550199", NumberSource::Fallback)
        );
        assert_eq!(told.try_recv().unwrap(), Change::UnknownAgentsCall);
    }
}

pub(crate) async fn two_platforms_may_use_one_name(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    open(&store, "c1", Some("maria.chen"), at(0)).await;
    let mut other = dialled("c1", Some("devon.walsh"), at(0));
    other.key = CallKey {
        api_key: "sip".to_owned(),
        ..key("c1")
    };
    let opened = store.open_call(other, Claim::new()).await.unwrap();
    assert!(!opened.repeated);
    assert_eq!(store.calls().await.unwrap().len(), 2);
}

pub(crate) async fn a_name_used_again_is_another_call(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 3).await;
    let maria = named(&store, "maria.chen").await;
    confirm(&store, declaration(&maria.id, "k1", home(), at(0))).await;
    let first = open(&store, "1", Some("maria.chen"), at(0)).await.call;
    end(&store, "1", at(1)).await;
    // Somebody else's.
    let second = open(&store, "1", Some("devon.walsh"), at(2)).await;
    assert!(!second.repeated);
    assert_eq!(second.agent.unwrap().username.as_str(), "devon.walsh");
    assert!(second.call.location.civic_address != first.location.civic_address);
    assert_ne!(second.call.callback_number, first.callback_number);
    assert_ne!(second.call.key, first.key);
    assert_eq!(second.call.named_key(), first.key);
    let again = open(&store, "1", Some("devon.walsh"), at(3)).await;
    assert!(again.repeated && again.call == second.call);
    // Her next one, from where she is now.
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k2", seat, at(3))).await;
    let third = open(&store, "1", Some("maria.chen"), at(4)).await;
    assert!(!third.repeated);
    assert_eq!(third.call.location.rule, Rule::Seat);
    // A test is no answer to a real call.
    let mut test = dialled("2", Some("ada.byron"), at(5));
    test.test = true;
    let test = store.open_call(test, Claim::new()).await.unwrap().call;
    let real = open(&store, "2", Some("ada.byron"), at(5)).await;
    assert!(!real.repeated && !real.call.test && test.test);
    // The end of the name ends what is in progress under it, and leaves what is over as it was.
    end(&store, "1", at(6)).await;
    let calls = store.calls().await.unwrap();
    let ended = |reference: &server::store::CallRef| {
        let call = calls.iter().find(|call| call.reference == *reference);
        match call.unwrap().state {
            EmergencyCall::Ended { ended_at, .. } => Some(ended_at),
            EmergencyCall::EndReported { .. }
            | EmergencyCall::Gone
            | EmergencyCall::Open { .. } => None,
        }
    };
    assert_eq!(ended(&first.reference), Some(at(1)));
    assert_eq!(ended(&second.call.reference), Some(at(6)));
    assert_eq!(ended(&third.call.reference), Some(at(6)));
    assert_eq!(ended(&real.call.reference), None);
    // A platform that got no answer asks again after the end; later it is another call.
    let quick = open(&store, "3", Some("devon.walsh"), at(10)).await.call;
    end(&store, "3", at(10)).await;
    let retried = open(&store, "3", Some("devon.walsh"), at(10)).await;
    assert!(retried.repeated && retried.call.reference == quick.reference);
    assert!(
        !open(&store, "3", Some("devon.walsh"), at(16))
            .await
            .repeated
    );
}

pub(crate) async fn an_old_end_ends_no_call_of_that_name(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    end(&store, "7", at(0)).await;
    let opened = open(&store, "7", Some("maria.chen"), at(20)).await.call;
    assert!(opened.state.is_open(), "{:?}", opened.state);
}

pub(crate) async fn an_end_is_idempotent(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    open(&store, "c1", Some("maria.chen"), at(0)).await;
    let Ended::Call(first) = end(&store, "c1", at(4)).await else {
        panic!("expected a call");
    };
    assert!(matches!(
        first.state,
        EmergencyCall::Ended { ended_at, ended_by: EndedBy::Platform, .. } if ended_at == at(4)
    ));
    assert_eq!(end(&store, "c1", at(9)).await, Ended::Call(first));
}

pub(crate) async fn an_end_before_its_start_is_remembered(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    assert_eq!(end(&store, "c1", at(0)).await, Ended::Remembered);
    assert_eq!(end(&store, "c1", at(0)).await, Ended::Remembered);
    assert!(
        store.calls().await.unwrap().is_empty(),
        "there is nothing to show yet"
    );
    drop(store);
    let store = fixture.open().await;
    let opened = open(&store, "c1", Some("maria.chen"), at(1)).await;
    assert!(!opened.repeated);
    assert!(
        matches!(opened.call.state, EmergencyCall::Ended { .. }),
        "{:?}",
        opened.call.state
    );
    assert!(
        opened.call.callback_number.is_some(),
        "they may still call back"
    );
    assert!(open(&store, "c1", Some("maria.chen"), at(2)).await.repeated);
    // One that never comes is forgotten with its window.
    end(&store, "c2", at(0)).await;
    let settled = store.settle_calls(at(60), policy()).await.unwrap();
    assert_eq!(settled.gone, 1);
}

pub(crate) async fn a_person_ends_every_call_of_theirs(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 3).await;
    let maria = named(&store, "maria.chen").await;
    open(&store, "c1", Some("maria.chen"), at(0)).await;
    open(&store, "c2", Some("maria.chen"), at(1)).await;
    open(&store, "c3", Some("devon.walsh"), at(1)).await;
    let ended = store
        .end_open(Over::Of(maria.id.clone()), at(5), policy())
        .await
        .unwrap();
    assert_eq!(ended.len(), 2);
    assert!(
        store
            .end_open(Over::Of(maria.id.clone()), at(6), policy())
            .await
            .unwrap()
            .is_empty()
    );
    let open: Vec<_> = store
        .calls()
        .await
        .unwrap()
        .into_iter()
        .filter(|call| matches!(call.state, EmergencyCall::Open { .. }))
        .collect();
    assert_eq!(open.len(), 1);
    // The platform knows better, and never shortens the window.
    let Ended::Call(call) = end(&store, "c1", at(9)).await else {
        panic!("expected a call");
    };
    assert!(matches!(
        call.state,
        EmergencyCall::Ended { ended_at, ended_by: EndedBy::Platform, .. } if ended_at == at(9)
    ));
}

pub(crate) async fn nobody_ends_it_and_time_does(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    open(&store, "c1", Some("maria.chen"), at(0)).await;
    let early = store.settle_calls(at(1), policy()).await.unwrap();
    assert_eq!(
        (early.changed, early.gone, early.next),
        (0, 0, Some(at(240)))
    );
    let due = store.settle_calls(at(240), policy()).await.unwrap();
    assert_eq!((due.changed, due.gone, due.next), (1, 0, Some(at(300))));
    let calls = store.calls().await.unwrap();
    assert!(matches!(
        calls[0].state,
        EmergencyCall::Ended { ended_by: EndedBy::MaxOpen, ended_at, .. } if ended_at == at(240)
    ));
}

pub(crate) async fn a_call_is_destroyed_when_its_window_closes(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let maria = named(&store, "maria.chen").await;
    open(&store, "c1", Some("maria.chen"), at(0)).await;
    end(&store, "c1", at(10)).await;
    let before = store.settle_calls(at(69), policy()).await.unwrap();
    assert_eq!((before.gone, before.next), (0, Some(at(70))));
    let shown = store.mine(&maria.id, at(0)).await.unwrap().unwrap();
    assert_eq!(shown.calls.len(), 1);
    let due = store.settle_calls(at(70), policy()).await.unwrap();
    assert_eq!((due.gone, due.next), (1, None));
    let mine = store.mine(&maria.id, at(0)).await.unwrap().unwrap();
    assert!(
        mine.calls.is_empty() && mine.revision > shown.revision,
        "the desktop is told"
    );
    assert!(store.calls().await.unwrap().is_empty());
    // The same name is a new call from now on.
    assert!(
        !open(&store, "c1", Some("maria.chen"), at(71))
            .await
            .repeated
    );
}

pub(crate) async fn time_passes_while_the_server_is_off(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    open(&store, "c1", Some("maria.chen"), at(0)).await;
    open(&store, "c2", Some("devon.walsh"), at(0)).await;
    end(&store, "c2", at(250)).await;
    drop(store);
    let store = fixture.open().await;
    let settled = store.settle_calls(at(305), policy()).await.unwrap();
    assert_eq!(
        (settled.gone, settled.changed),
        (1, 0),
        "one is past both limits"
    );
    let calls = store.calls().await.unwrap();
    assert_eq!(calls[0].key, key("c2"));
}

pub(crate) async fn a_job_given_up_never_opens_a_call(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let claim = Claim::new();
    assert!(claim.abandon());
    let refused = store
        .open_call(dialled("c1", Some("maria.chen"), at(0)), claim)
        .await;
    assert_eq!(refused.unwrap_err(), StoreError::Abandoned);
    assert!(store.calls().await.unwrap().is_empty());
    let other = EndCall {
        key: key("c2"),
        by: EndedBy::Platform,
        at: at(0),
        policy: policy(),
    };
    store.end_call(other).await.unwrap();
    let later = open(&store, "c3", Some("devon.walsh"), at(1)).await;
    assert_eq!(
        later.call.callback_number.unwrap().source,
        NumberSource::Pool,
        "it is free"
    );
}
