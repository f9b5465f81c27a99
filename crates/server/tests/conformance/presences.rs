use std::sync::Arc;

use emergency::presence::{Answer, Current, Event, Marked, Presence, Status};
use server::store::{Call, KeptPresence, Store};

use crate::{
    fixture::Fixture,
    world::{at, end, open, policy, small_world},
};

/// A record of an agent who had this status before the call.
fn record(call: &Call, before: &str) -> KeptPresence {
    let status = Status::new(before, before, false).unwrap();
    let current = Current {
        status,
        marked: Marked::NotByUs,
    };
    let read = Event::Answered(Answer::Read(Ok(current)));
    KeptPresence {
        agent: call.agent.clone().unwrap(),
        call: call.reference.clone(),
        open: [call.reference.clone()].into(),
        presence: Presence::begin("mark".parse().unwrap(), at(0)).step(read, at(0)),
    }
}

async fn dialled(store: &Arc<dyn Store>, call_id: &str, minute: i64) -> Call {
    open(store, call_id, Some("maria.chen"), at(minute))
        .await
        .call
}

pub(crate) async fn what_it_was_survives_a_crash_and_goes_with_the_newest_call(
    fixture: &impl Fixture,
) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let first = dialled(&store, "c1", 0).await;
    let kept = record(&first, "lunch");
    assert!(store.keep_presence(kept.clone()).await.unwrap());
    drop(store);
    let store = fixture.open().await;
    assert_eq!(store.presences().await.unwrap(), [kept]);
    // A second call takes the record over, and outlives the first.
    end(&store, "c1", at(1)).await;
    let second = dialled(&store, "c2", 50).await;
    let over = record(&second, "lunch");
    assert!(store.keep_presence(over.clone()).await.unwrap());
    store.settle_calls(at(61), policy()).await.unwrap();
    assert_eq!(store.calls().await.unwrap().len(), 1);
    assert_eq!(
        store.presences().await.unwrap(),
        std::slice::from_ref(&over)
    );
    end(&store, "c2", at(70)).await;
    store.settle_calls(at(131), policy()).await.unwrap();
    assert_eq!(store.presences().await.unwrap(), []);
    assert!(
        !store.keep_presence(over).await.unwrap(),
        "its call is gone"
    );
}

pub(crate) async fn it_is_forgotten_when_it_is_done(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let call = dialled(&store, "c1", 0).await;
    let kept = record(&call, "lunch");
    let agent = kept.agent.id.clone();
    store.keep_presence(kept.clone()).await.unwrap();
    let changed = KeptPresence {
        presence: kept.presence.clone().step(Event::Ended, at(1)),
        ..kept
    };
    store.keep_presence(changed.clone()).await.unwrap();
    assert_eq!(store.presences().await.unwrap(), [changed]);
    store.forget_presence(&agent).await.unwrap();
    store.forget_presence(&agent).await.unwrap();
    assert_eq!(store.presences().await.unwrap(), []);
}
