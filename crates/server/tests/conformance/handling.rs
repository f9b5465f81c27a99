use std::sync::Arc;

use api::agent::Role;
use emergency::escalation::{Timetable, Until};
use jiff::{SignedDuration, Timestamp};
use server::{
    config::Escalation,
    store::{
        Acknowledged, Call, Claim, ContactRecord, ContactScope, Escalated, ImportKind,
        NotifyPolicy, Store,
    },
};

use crate::{
    fixture::Fixture,
    notices::{mail, told},
    replay::journaled,
    world::{agent, at, dialled, end, import, named, open, policy, small_world},
};

const TESTS_TOO: NotifyPolicy = NotifyPolicy {
    test_calls: true,
    organisation_hook: true,
    platform_task: false,
};

fn second(seconds: i64) -> Timestamp {
    at(0) + SignedDuration::from_secs(seconds)
}

fn escalation(until: Until) -> Escalation {
    Escalation {
        timetable: Timetable::after_seconds(&[60, 180], until),
        test_calls: false,
    }
}

/// A desk, a supervisor of the callers, one of others, an administrator, and contacts of three tiers.
async fn organisation(store: &Arc<dyn Store>) {
    small_world(store, 2).await;
    let mut other = agent("other.lead", Role::Supervisor);
    other.team = "Red".to_owned();
    let people = vec![
        agent("blue.lead", Role::Supervisor),
        other,
        agent("root.user", Role::Admin),
    ];
    import(store, ImportKind::Agents(people)).await;
    let contacts = [
        ("desk@example.com", 0),
        ("lead@example.com", 1),
        ("chief@example.com", 2),
    ]
    .map(|(address, tier)| ContactRecord {
        scope: ContactScope::Organisation,
        recipients: vec![mail(address)],
        tier,
    });
    import(store, ImportKind::Contacts(contacts.into())).await;
}

async fn look(store: &Arc<dyn Store>, now: Timestamp, until: Until) -> Escalated {
    let notify = NotifyPolicy::default();
    store
        .escalate(now, &escalation(until), notify, policy())
        .await
        .unwrap()
}

async fn handle(store: &Arc<dyn Store>, call: &Call, who: &str, when: Timestamp) -> Option<Call> {
    let person = named(store, who).await;
    let by = Acknowledged {
        id: person.id,
        username: person.username,
        display_name: person.display_name,
        role: person.role,
        at: when,
    };
    store
        .acknowledge_call(&call.reference, by, policy())
        .await
        .unwrap()
}

pub(crate) async fn who_is_on_a_call_survives_a_restart(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    let call = open(&store, "c1", Some("ada.byron"), at(0)).await.call;
    let ada = named(&store, "ada.byron").await;
    let before = store.mine(&ada.id, at(0)).await.unwrap().unwrap().revision;
    let first = handle(&store, &call, "desk.one", at(1)).await.unwrap();
    let again = handle(&store, &call, "desk.one", at(2)).await.unwrap();
    assert_eq!(again, first, "what was said first stands");
    handle(&store, &call, "blue.lead", at(3)).await.unwrap();
    drop(store);
    let store = fixture.open().await;
    let kept = &store.calls().await.unwrap()[0];
    let said = kept.handling.acknowledged.iter();
    let said: Vec<(&str, Timestamp)> = said.map(|by| (by.username.as_str(), by.at)).collect();
    assert_eq!(said, [("desk.one", at(1)), ("blue.lead", at(3))]);
    let mine = store.mine(&ada.id, at(0)).await.unwrap().unwrap();
    assert_eq!(mine.revision, before + 2, "once for each who said so");
    assert_eq!(mine.calls[0], *kept);
    // After the end it can be said, and when nothing is left it cannot.
    end(&store, "c1", at(4)).await;
    assert!(handle(&store, &call, "root.user", at(5)).await.is_some());
    assert!(handle(&store, &call, "other.lead", at(64)).await.is_none());
    store.settle_calls(at(64), policy()).await.unwrap();
    assert!(handle(&store, &call, "other.lead", at(64)).await.is_none());
}

pub(crate) async fn what_was_said_without_the_store_is_added(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    let call = open(&store, "c1", Some("ada.byron"), at(0)).await.call;
    handle(&store, &call, "desk.one", at(1)).await.unwrap();
    let lead = named(&store, "blue.lead").await;
    let mut entry = journaled("c1", None);
    entry.call = call.clone();
    entry.call.handling.add(Acknowledged {
        id: lead.id,
        username: lead.username,
        display_name: lead.display_name,
        role: lead.role,
        at: at(0),
    });
    for _ in 0..2 {
        let replayed = store
            .replay_call(entry.clone(), at(2), policy(), NotifyPolicy::default())
            .await
            .unwrap();
        let said = replayed.handling.acknowledged.iter();
        let said: Vec<&str> = said.map(|by| by.username.as_str()).collect();
        assert_eq!(said, ["blue.lead", "desk.one"], "the first first");
    }
    assert_eq!(
        told(&store).await,
        ["desk@example.com"],
        "nobody is told twice"
    );
}

pub(crate) async fn each_tier_is_told_once_whatever_happens(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    open(&store, "c1", Some("ada.byron"), at(0)).await;
    let next = look(&store, second(0), Until::AnyOne).await;
    assert_eq!((next.calls, next.next), (0, Some(second(60))));
    assert_eq!(look(&store, second(59), Until::AnyOne).await.calls, 0);
    assert_eq!(told(&store).await, ["desk@example.com"]);
    // It was due when the power went, and is told when it is back, with the time that really went by.
    drop(store);
    let store = fixture.open().await;
    let passed_on = look(&store, second(75), Until::AnyOne).await;
    assert_eq!((passed_on.calls, passed_on.next), (1, Some(second(180))));
    assert_eq!(told(&store).await, ["desk@example.com", "lead@example.com"]);
    let notices = store.notices(None).await.unwrap();
    let lead = notices.iter().find(|notice| notice.tier == 1).unwrap();
    assert_eq!(lead.unhandled_seconds, Some(75));
    assert_eq!(lead.made_at, second(75));
    let desk = notices.iter().find(|notice| notice.tier == 0).unwrap();
    assert_eq!(desk.unhandled_seconds, None);
    // Once told, never again: not after a restart, not when policy was read anew.
    drop(store);
    let store = fixture.open().await;
    store.take_over().await.unwrap();
    assert_eq!(look(&store, second(76), Until::AnyOne).await.calls, 0);
    assert_eq!(look(&store, second(400), Until::AnyOne).await.calls, 1);
    let after = look(&store, second(4_000), Until::AnyOne).await;
    assert_eq!((after.calls, after.next), (0, None));
    let everybody = ["chief@example.com", "desk@example.com", "lead@example.com"];
    assert_eq!(told(&store).await, everybody);
    assert_eq!(store.calls().await.unwrap()[0].handling.tier, 2);
}

pub(crate) async fn nobody_further_is_told_of_what_is_in_hand(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    let call = open(&store, "c1", Some("ada.byron"), at(0)).await.call;
    handle(&store, &call, "desk.one", second(50)).await.unwrap();
    assert_eq!(look(&store, second(51), Until::AnyOne).await.next, None);
    assert_eq!(look(&store, second(900), Until::AnyOne).await.calls, 0);
    assert_eq!(told(&store).await, ["desk@example.com"]);
    // One that is over is passed on all the same: nobody knows how it went.
    open(&store, "c2", Some("devon.walsh"), second(900)).await;
    end(&store, "c2", second(910)).await;
    assert_eq!(look(&store, second(960), Until::AnyOne).await.calls, 1);
}

pub(crate) async fn everyone_has_to_say_so_where_policy_says_so(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    let call = open(&store, "c1", Some("ada.byron"), at(0)).await.call;
    handle(&store, &call, "desk.one", second(5)).await.unwrap();
    // The supervisor of the caller was told too, and the one of others not yet.
    assert_eq!(look(&store, second(60), Until::EveryOne).await.calls, 1);
    handle(&store, &call, "blue.lead", second(70))
        .await
        .unwrap();
    assert_eq!(
        look(&store, second(71), Until::EveryOne).await.next,
        Some(second(180))
    );
    handle(&store, &call, "other.lead", second(80))
        .await
        .unwrap();
    assert_eq!(look(&store, second(81), Until::EveryOne).await.next, None);
    assert_eq!(told(&store).await, ["desk@example.com", "lead@example.com"]);
}

pub(crate) async fn a_test_is_passed_on_only_where_policy_says_so(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    let mut test = dialled("t1", Some("ada.byron"), at(0));
    test.test = true;
    test.policy.notify = TESTS_TOO;
    store.open_call(test, Claim::new()).await.unwrap();
    assert_eq!(look(&store, second(300), Until::AnyOne).await.calls, 0);
    assert_eq!(told(&store).await, ["desk@example.com", "hook"]);
    // Policy is another after a restart.
    store.take_over().await.unwrap();
    let too = Escalation {
        test_calls: true,
        ..escalation(Until::AnyOne)
    };
    let passed_on = store.escalate(second(301), &too, TESTS_TOO, policy()).await;
    assert_eq!(passed_on.unwrap().calls, 1);
    let everybody = [
        "chief@example.com",
        "desk@example.com",
        "hook",
        "lead@example.com",
    ];
    assert_eq!(told(&store).await, everybody);
}

pub(crate) async fn a_clock_that_jumps_tells_nobody_twice(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    let call = open(&store, "c1", Some("ada.byron"), at(0)).await.call;
    // An hour ahead everything is due at once; back again nothing is taken back, and nothing repeated.
    assert_eq!(look(&store, at(60), Until::AnyOne).await.calls, 1);
    for now in [at(-30), second(1), second(61), second(181), at(60)] {
        store.take_over().await.unwrap();
        assert_eq!(look(&store, now, Until::AnyOne).await.calls, 0, "{now}");
    }
    assert_eq!(told(&store).await.len(), 3);
    // Who said so while the clock ran ahead has said so.
    let other = open(&store, "c2", Some("devon.walsh"), at(1)).await.call;
    handle(&store, &other, "desk.one", at(50)).await.unwrap();
    assert_eq!(look(&store, at(10), Until::AnyOne).await.calls, 0);
    assert!(handle(&store, &call, "desk.one", at(-90)).await.is_some());
}

pub(crate) async fn a_whole_floor_is_passed_on(fixture: &impl Fixture) {
    let store = fixture.open().await;
    organisation(&store).await;
    for number in 0..200 {
        open(&store, &format!("c{number}"), None, at(0)).await;
    }
    let handled = store.calls().await.unwrap();
    for call in handled.iter().take(20) {
        handle(&store, call, "desk.one", second(30)).await.unwrap();
    }
    let mut passed_on = 0;
    let mut rounds = 0;
    loop {
        let escalated = look(&store, second(60), Until::AnyOne).await;
        passed_on += escalated.calls;
        rounds += 1;
        if escalated.next.is_none_or(|next| next > second(60)) {
            break;
        }
        assert!(rounds < 9, "each round gets on");
    }
    assert_eq!(passed_on, 180);
    let notices = store.notices(None).await.unwrap();
    assert_eq!(
        notices.iter().filter(|notice| notice.tier == 1).count(),
        180
    );
    assert_eq!(notices.len(), 380);
}
