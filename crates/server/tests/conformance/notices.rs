use std::{collections::HashSet, sync::Arc};

use server::store::{
    CallRef, Change, Claim, ContactRecord, ContactScope, Delivery, ImportKind, NoticeState,
    NotifyPolicy, Recipient, RowOutcome, Store,
};

use crate::{
    fixture::Fixture,
    replay::journaled,
    world::{
        agent, at, confirm, declaration, dialled, end, home, import, key, named, open, policy,
        seat_of, small_world,
    },
};

const ALSO_TESTS: NotifyPolicy = NotifyPolicy {
    test_calls: true,
    organisation_hook: true,
    platform_task: true,
};

pub(crate) fn mail(address: &str) -> Recipient {
    Recipient::Mail(address.parse().unwrap())
}

fn contact(scope: ContactScope, address: &str) -> ContactRecord {
    ContactRecord {
        scope,
        recipients: vec![mail(address)],
        tier: 0,
    }
}

/// The contacts of an organisation: of everybody, a site, a team, and two agents.
async fn contacts(store: &Arc<dyn Store>) {
    let mut maria = agent("maria.chen", api::agent::Role::Agent);
    maria.emergency_contacts = vec!["own@example.com".to_owned(), "not an address".to_owned()];
    import(store, ImportKind::Agents(vec![maria])).await;
    let records = vec![
        contact(ContactScope::Organisation, "desk@example.com"),
        contact(
            ContactScope::Site("SEA".parse().unwrap()),
            "site@example.com",
        ),
        contact(ContactScope::Team("BLUE ".to_owned()), "team@example.com"),
        contact(
            ContactScope::Agent("maria.chen".parse().unwrap()),
            "own@example.com",
        ),
        contact(
            ContactScope::Agent("ada.byron".parse().unwrap()),
            "ada@example.com",
        ),
    ];
    let outcomes = import(store, ImportKind::Contacts(records)).await;
    assert!(outcomes.iter().all(|outcome| *outcome == RowOutcome::Added));
}

pub(crate) async fn told(store: &Arc<dyn Store>) -> Vec<String> {
    let notices = store.notices(None).await.unwrap();
    let mut told: Vec<String> = notices
        .iter()
        .map(|notice| match &notice.recipient {
            Recipient::Hook(url) => url.as_str().to_owned(),
            Recipient::Mail(address) => address.to_string(),
            Recipient::OrganisationHook => "hook".to_owned(),
            Recipient::PlatformTask => "task".to_owned(),
        })
        .collect();
    told.sort();
    told
}

pub(crate) async fn everybody_is_told_once_in_the_commit_of_the_call(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    contacts(&store).await;
    let maria = named(&store, "maria.chen").await;
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k", seat, at(0))).await;
    let mut changes = store.subscribe();
    open(&store, "c1", Some("maria.chen"), at(5)).await;
    let everybody = [
        "desk@example.com",
        "own@example.com",
        "site@example.com",
        "team@example.com",
    ];
    assert_eq!(told(&store).await, everybody);
    let mut woken = false;
    while let Ok(change) = changes.try_recv() {
        woken |= change == Change::NoticesWaiting;
    }
    assert!(woken, "who sends is woken");
    // A power cut later it is all there, with what was sent.
    drop(store);
    let store = fixture.open().await;
    open(&store, "c1", Some("maria.chen"), at(6)).await;
    assert_eq!(told(&store).await, everybody);
    let due = store.due_notices(at(5), &HashSet::new(), 3).await.unwrap();
    assert_eq!(due.notices.len(), 3);
    let notice = &due.notices[0];
    assert_eq!(notice.caller.as_ref().unwrap().display_name, "maria chen");
    assert_eq!(notice.call, store.calls().await.unwrap()[0]);
    assert!(notice.call.location.civic_address.is_some());
    assert_eq!(due.ids.len(), 4);
    let rest = store.due_notices(at(5), &due.ids, 3).await.unwrap();
    assert!(rest.notices.is_empty(), "what is known is not read again");
}

pub(crate) async fn from_home_nobody_at_a_site_is_told(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    contacts(&store).await;
    let maria = named(&store, "maria.chen").await;
    confirm(&store, declaration(&maria.id, "k", home(), at(0))).await;
    open(&store, "c1", Some("maria.chen"), at(5)).await;
    assert_eq!(
        told(&store).await,
        ["desk@example.com", "own@example.com", "team@example.com"]
    );
}

pub(crate) async fn a_test_tells_people_only_where_policy_says_so(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    contacts(&store).await;
    let mut test = dialled("t1", Some("ada.byron"), at(0));
    test.test = true;
    store.open_call(test.clone(), Claim::new()).await.unwrap();
    assert_eq!(told(&store).await, [""; 0]);
    test.key = key("t2");
    test.reference = CallRef::random();
    test.policy.notify = ALSO_TESTS;
    store.open_call(test, Claim::new()).await.unwrap();
    let everybody = [
        "ada@example.com",
        "desk@example.com",
        "hook",
        "task",
        "team@example.com",
    ];
    assert_eq!(told(&store).await, everybody);
}

pub(crate) async fn what_became_of_a_try_is_kept(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    contacts(&store).await;
    open(&store, "c1", None, at(0)).await;
    let due = store.due_notices(at(0), &HashSet::new(), 9).await.unwrap();
    let id = due.notices[0].id.clone();
    let error = "smtp_451".to_owned();
    let again = Delivery::Retry { at: at(3), error };
    store.note_delivery(&id, at(1), again).await.unwrap();
    let due = store.due_notices(at(2), &HashSet::new(), 9).await.unwrap();
    assert!(due.notices.is_empty());
    assert_eq!(due.next, Some(at(3)));
    let due = store.due_notices(at(3), &HashSet::new(), 9).await.unwrap();
    assert_eq!((due.notices.len(), due.notices[0].attempts), (1, 1));
    store
        .note_delivery(&id, at(4), Delivery::Accepted)
        .await
        .unwrap();
    // A late word of an earlier try takes nothing back.
    let error = "timeout".to_owned();
    store
        .note_delivery(&id, at(5), Delivery::Dead { error })
        .await
        .unwrap();
    let notices = store.notices(None).await.unwrap();
    assert_eq!(notices[0].state, NoticeState::Sent { at: at(4) });
    let figures = store.notice_figures().await.unwrap();
    assert_eq!((figures.waiting, figures.dead), (0, 0));
}

pub(crate) async fn notices_go_with_their_call(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    contacts(&store).await;
    open(&store, "c1", None, at(0)).await;
    end(&store, "c1", at(1)).await;
    let due = store.due_notices(at(1), &HashSet::new(), 9).await.unwrap();
    store.settle_calls(at(61), policy()).await.unwrap();
    assert_eq!(told(&store).await, [""; 0]);
    // A try that ends only now is no error.
    let id = &due.notices[0].id;
    store
        .note_delivery(id, at(62), Delivery::Accepted)
        .await
        .unwrap();
}

pub(crate) async fn who_was_told_otherwise_is_told_again(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    contacts(&store).await;
    // The commit came through after the answer had gone out with another number.
    let committed = open(&store, "c1", Some("devon.walsh"), at(0)).await.call;
    let due = store.due_notices(at(0), &HashSet::new(), 9).await.unwrap();
    let sent = due.notices[0].id.clone();
    store
        .note_delivery(&sent, at(0), Delivery::Accepted)
        .await
        .unwrap();
    let mut journaled = journaled("c1", Some("devon.walsh"));
    journaled.call.reference = committed.reference.clone();
    for _ in 0..2 {
        let replayed = journaled.clone();
        let notify = NotifyPolicy::default();
        store
            .replay_call(replayed, at(1), policy(), notify)
            .await
            .unwrap();
    }
    let notices = store.notices(None).await.unwrap();
    let editions: Vec<(u32, bool)> = notices
        .iter()
        .map(|notice| {
            (
                notice.edition,
                matches!(notice.state, NoticeState::Sent { .. }),
            )
        })
        .collect();
    assert_eq!(
        editions.iter().filter(|one| **one == (1, true)).count(),
        1,
        "{editions:?}"
    );
    assert_eq!(
        editions.iter().filter(|one| **one == (2, false)).count(),
        3,
        "{editions:?}"
    );
    assert_eq!(
        editions.len(),
        4,
        "what was not said yet is said once: {editions:?}"
    );
    let numbers: Vec<_> = notices
        .iter()
        .map(|notice| notice.call.callback_number.clone())
        .collect();
    assert!(
        numbers
            .iter()
            .all(|number| *number != committed.callback_number)
    );
}

pub(crate) async fn contacts_are_taken_once_and_taken_away(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let desk = || contact(ContactScope::Organisation, "desk@example.com");
    let nowhere = contact(ContactScope::Site("XXX".parse().unwrap()), "x@example.com");
    let nobody = contact(
        ContactScope::Agent("no.body".parse().unwrap()),
        "x@example.com",
    );
    let records = || vec![desk(), desk(), nowhere.clone(), nobody.clone()];
    let outcomes = store
        .import(ImportKind::Contacts(records()), true)
        .await
        .unwrap();
    assert_eq!(outcomes[0], RowOutcome::Added);
    assert!(
        store.contacts().await.unwrap().is_empty(),
        "a dry run changes nothing"
    );
    let outcomes = import(&store, ImportKind::Contacts(records())).await;
    assert_eq!(outcomes[..2], [RowOutcome::Added, RowOutcome::Unchanged]);
    for refused in &outcomes[2..] {
        assert!(
            matches!(refused, RowOutcome::Refused { column: "id", .. }),
            "{refused:?}"
        );
    }
    assert_eq!(store.contacts().await.unwrap().len(), 1);
    let outcomes = import(&store, ImportKind::ContactsToRemove(vec![desk(), desk()])).await;
    assert_eq!(outcomes, [RowOutcome::Changed, RowOutcome::Unchanged]);
    assert!(store.contacts().await.unwrap().is_empty());
}
