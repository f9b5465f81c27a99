use std::sync::Arc;

use emergency::{CallbackState, EmergencyCall, callback::Decision};
use jiff::Timestamp;
use server::store::{Call, CallbackCaller, CallbackRoute, Claim, Store};

use crate::{
    fixture::Fixture,
    world::{at, dialled, end, key, named, open, policy, small_world},
};

async fn rings(
    store: &Arc<dyn Store>,
    callback: &str,
    number: &str,
    when: Timestamp,
) -> CallbackRoute {
    store
        .callback_rings(CallbackCaller {
            key: Some(key(callback)),
            number: number.parse().unwrap(),
            at: when,
            policy: policy(),
        })
        .await
        .unwrap()
}

fn callback(call: &Call) -> CallbackState {
    match &call.state {
        EmergencyCall::Open { callback, .. } | EmergencyCall::Ended { callback, .. } => {
            callback.state
        }
        EmergencyCall::EndReported { .. } | EmergencyCall::Gone => panic!("nothing to show"),
    }
}

pub(crate) async fn a_callback_finds_the_agent_and_rings(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let devon = named(&store, "devon.walsh").await;
    let call = open(&store, "c1", Some("devon.walsh"), at(0)).await.call;
    let number = call.callback_number.unwrap().number;
    end(&store, "c1", at(5)).await;
    let quiet = store
        .callback_route(&number, at(20), policy())
        .await
        .unwrap();
    assert!(matches!(
        &quiet.decision,
        Decision::Agent { agent, until } if agent.as_str() == "devon.walsh" && *until == Some(at(65))
    ));
    let mine = store.mine(&devon.id, at(0)).await.unwrap().unwrap();
    assert_eq!(
        callback(&mine.calls[0]),
        CallbackState::None,
        "a look-up rings nobody"
    );

    let route = rings(&store, "b1", number.as_str(), at(20)).await;
    assert_eq!(route.decision, quiet.decision);
    assert_eq!(
        route.contact.as_deref(),
        Some("sip:devon.walsh@pbx.example.com")
    );
    let ringing = store.mine(&devon.id, at(0)).await.unwrap().unwrap();
    assert!(ringing.revision > mine.revision);
    assert_eq!(callback(&ringing.calls[0]), CallbackState::Ringing);

    // It survives a restart, and ends by its own name.
    drop(store);
    let store = fixture.open().await;
    let over = store
        .callback_over(&key("b1"), at(25), policy())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(callback(&over), CallbackState::Over);
    rings(&store, "b2", number.as_str(), at(30)).await;
    let again = store.mine(&devon.id, at(0)).await.unwrap().unwrap();
    assert_eq!(
        callback(&again.calls[0]),
        CallbackState::Ringing,
        "they may call again"
    );
}

pub(crate) async fn a_late_callback_goes_to_the_security_desk(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let call = open(&store, "c1", Some("devon.walsh"), at(0)).await.call;
    let number = call.callback_number.unwrap().number;
    end(&store, "c1", at(5)).await;
    let desk = rings(&store, "b1", number.as_str(), at(65)).await;
    assert_eq!(desk.decision, Decision::SecurityDesk);
    assert_eq!(desk.agent.unwrap().username.as_str(), "desk.one");
    assert_eq!(
        desk.contact.as_deref(),
        Some("sip:desk.one@pbx.example.com")
    );
    // A number of the pool that was never lent, and the site's own.
    for idle in ["+12065550101", "+12065550199"] {
        let route = store
            .callback_route(&idle.parse().unwrap(), at(1), policy())
            .await
            .unwrap();
        assert_eq!(route.decision, Decision::SecurityDesk, "{idle}");
    }
}

pub(crate) async fn a_callback_to_a_foreign_number_is_nobodys(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    for number in ["+442079460123", "+12065550190"] {
        let route = rings(&store, "b1", number, at(0)).await;
        assert_eq!(route.decision, Decision::Unknown, "{number}");
        assert!(route.agent.is_none() && route.contact.is_none());
    }
}

pub(crate) async fn a_real_call_outranks_a_test(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    // Two calls that show the same number: an agent without one and an exhausted pool.
    open(&store, "c0", Some("maria.chen"), at(0)).await;
    let mut test = dialled("t1", Some("ada.byron"), at(0));
    test.test = true;
    let test = store.open_call(test, Claim::new()).await.unwrap().call;
    let real = open(&store, "c1", Some("devon.walsh"), at(1)).await.call;
    assert_eq!(test.callback_number, real.callback_number);
    let number = real.callback_number.unwrap().number;
    let route = rings(&store, "b1", number.as_str(), at(2)).await;
    assert!(
        matches!(&route.decision, Decision::Agent { agent, .. } if agent.as_str() == "devon.walsh")
    );
    for call in store.calls().await.unwrap() {
        let rings = callback(&call) == CallbackState::Ringing;
        assert_eq!(rings, call.key == key("c1"), "{:?}", call.key);
    }
}

pub(crate) async fn a_callback_that_is_over_does_not_ring_again(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let devon = named(&store, "devon.walsh").await;
    let call = open(&store, "c1", Some("devon.walsh"), at(0)).await.call;
    let number = call.callback_number.unwrap().number;
    end(&store, "c1", at(5)).await;
    let state = async || {
        let mine = store.mine(&devon.id, at(0)).await.unwrap().unwrap();
        callback(&mine.calls[0])
    };
    let over = async |name: &str, when| {
        let ended = store.callback_over(&key(name), when, policy()).await;
        ended.unwrap();
    };
    // Its end is reported before its start.
    over("b1", at(20)).await;
    rings(&store, "b1", number.as_str(), at(20)).await;
    assert_eq!(state().await, CallbackState::None);
    // Its start is reported once more after its end.
    rings(&store, "b2", number.as_str(), at(21)).await;
    over("b2", at(22)).await;
    rings(&store, "b2", number.as_str(), at(22)).await;
    assert_eq!(state().await, CallbackState::Over);
    // A platform that counts from one again.
    rings(&store, "b2", number.as_str(), at(30)).await;
    assert_eq!(state().await, CallbackState::Ringing);
}

pub(crate) async fn an_end_of_an_unknown_callback_is_no_error(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    assert_eq!(
        store
            .callback_over(&key("b9"), at(0), policy())
            .await
            .unwrap(),
        None
    );
}
