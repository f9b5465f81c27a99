use jiff::SignedDuration;
use location::{
    PlaceClass, Verdict,
    freshness::{DeclaredPlace, Standing},
};
use server::store::{
    AgentStanding, Change, ChangePlace, Confirmation, Decline, EndShift, PlaceToConfirm, SavePlace,
};

use crate::{
    fixture::Fixture,
    world::{at, confirm, declaration, evergreen, home, named, seat_of, small_world},
};

pub(crate) async fn nothing_was_said(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let standing = store.standing(&maria.id).await.unwrap().unwrap();
    assert_eq!(standing, AgentStanding::never());
    let nobody = server::store::AgentId::random();
    assert_eq!(store.standing(&nobody).await.unwrap(), None);
    let outcome = store
        .confirm(declaration(&nobody, "k", home(), at(0)))
        .await;
    assert_eq!(outcome.unwrap(), Confirmation::Unknown);
}

pub(crate) async fn a_confirmed_seat_survives_a_restart(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let seat = seat_of(&store, "SEA-5-181").await;
    let standing = confirm(&store, declaration(&maria.id, "k1", seat.clone(), at(0))).await;
    assert_eq!(standing.version, 1);
    assert_eq!(
        standing.standing,
        Standing::Declared {
            place: seat.declared(),
            at: at(0)
        }
    );
    // The process ends without a word: what was answered is on the disk.
    drop(store);
    let store = fixture.open().await;
    assert_eq!(store.standing(&maria.id).await.unwrap().unwrap(), standing);
}

pub(crate) async fn a_confirmed_home_survives_a_restart(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let devon = named(&store, "devon.walsh").await;
    let mut said = declaration(&devon.id, "k1", home(), at(0));
    said.verdict = Verdict::Overridden;
    said.override_reason = Some("the new wing has no number yet".to_owned());
    let standing = confirm(&store, said).await;
    store.close().await;
    let store = fixture.open().await;
    let read = store.standing(&devon.id).await.unwrap().unwrap();
    assert_eq!(read, standing);
    assert_eq!(read.verdict, Verdict::Overridden);
    let DeclaredPlace::Address {
        class,
        civic_address,
    } = read.last_place.unwrap().place
    else {
        panic!("expected an address");
    };
    assert_eq!((class, civic_address), (PlaceClass::Home, evergreen()));
}

pub(crate) async fn the_same_key_gives_the_same_answer(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let said = declaration(&maria.id, "k1", home(), at(0));
    let first = confirm(&store, said.clone()).await;
    // The same request arrives later, and so would count as declared later.
    let mut again = said;
    again.received_at = at(3);
    again.declared_at = at(3);
    let outcome = store.confirm(again).await.unwrap();
    let Confirmation::Repeated { standing, .. } = outcome else {
        panic!("expected Repeated, got {outcome:?}");
    };
    assert_eq!(standing, first);
}

pub(crate) async fn the_same_key_gives_the_same_answer_after_a_restart(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let said = declaration(&maria.id, "k1", home(), at(0));
    let first = confirm(&store, said.clone()).await;
    drop(store);
    let store = fixture.open().await;
    let outcome = store.confirm(said).await.unwrap();
    let Confirmation::Repeated { standing, .. } = outcome else {
        panic!("expected Repeated, got {outcome:?}");
    };
    assert_eq!(standing, first);
}

pub(crate) async fn a_key_is_for_one_request(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let devon = named(&store, "devon.walsh").await;
    confirm(&store, declaration(&maria.id, "k1", home(), at(0))).await;
    let mut other = declaration(&maria.id, "k1", seat_of(&store, "SEA-5-181").await, at(1));
    other.request_digest = "another".to_owned();
    assert_eq!(store.confirm(other).await.unwrap(), Confirmation::KeyReused);
    // Keys are the agent's own.
    confirm(&store, declaration(&devon.id, "k1", home(), at(1))).await;
}

pub(crate) async fn an_older_declaration_never_overwrites_a_newer_one(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let seat = seat_of(&store, "SEA-5-181").await;
    let newer = confirm(&store, declaration(&maria.id, "new", seat, at(10))).await;
    let mut older = declaration(&maria.id, "old", home(), at(9));
    older.received_at = at(12);
    let outcome = store.confirm(older).await.unwrap();
    let Confirmation::Superseded { standing } = outcome else {
        panic!("expected Superseded, got {outcome:?}");
    };
    assert_eq!(standing, newer);
    assert_eq!(store.standing(&maria.id).await.unwrap().unwrap(), newer);
}

pub(crate) async fn what_was_said_while_the_clock_ran_ahead_counts_no_longer(
    fixture: &impl Fixture,
) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let devon = named(&store, "devon.walsh").await;
    for agent in [&maria, &devon] {
        let seat = seat_of(&store, "SEA-5-181").await;
        confirm(&store, declaration(&agent.id, "ahead", seat, at(300))).await;
    }
    // The clock is put right. What is said now is newer, whatever the stored moment says.
    let now = confirm(&store, declaration(&maria.id, "now", home(), at(0))).await;
    let Standing::Declared { at: said, .. } = now.standing else {
        panic!("expected Declared, got {:?}", now.standing);
    };
    assert_eq!(said, at(0));
    let mut based = declaration(&devon.id, "based", home(), at(1));
    based.based_on = Some(1);
    // What nobody says again does not become fresh when the clock gets there.
    assert_eq!(store.disbelieve(at(0)).await.unwrap(), 1);
    assert_eq!(store.disbelieve(at(0)).await.unwrap(), 0);
    let stands = store.standing(&devon.id).await.unwrap().unwrap();
    assert!(
        matches!(stands.standing, Standing::Ended { at: ended, .. } if ended == at(0)),
        "{:?}",
        stands.standing
    );
    based.based_on = Some(stands.version);
    confirm(&store, based).await;
}

pub(crate) async fn a_repetition_of_what_was_replaced_is_superseded(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let first = declaration(&maria.id, "k1", home(), at(0));
    confirm(&store, first.clone()).await;
    let seat = seat_of(&store, "SEA-5-181").await;
    let second = confirm(&store, declaration(&maria.id, "k2", seat, at(1))).await;
    let outcome = store.confirm(first).await.unwrap();
    let Confirmation::Superseded { standing } = outcome else {
        panic!("expected Superseded, got {outcome:?}");
    };
    assert_eq!(standing, second);
}

pub(crate) async fn having_seen_what_stands_beats_rounding(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let first = confirm(&store, declaration(&maria.id, "k1", home(), at(10))).await;
    // Said 300 ms later, with an age of one second because ages are whole seconds.
    let mut second = declaration(&maria.id, "k2", seat_of(&store, "SEA-5-181").await, at(10));
    second.received_at = at(10) + SignedDuration::from_millis(300);
    second.declared_at = at(10) - SignedDuration::from_millis(700);
    second.based_on = Some(first.version);
    let standing = confirm(&store, second).await;
    let last = standing.last_place.unwrap();
    assert_eq!(last.declared_at, at(10), "never before what it replaced");
    assert_eq!(last.place.class(), PlaceClass::Seat);
}

pub(crate) async fn not_having_seen_what_stands_is_superseded(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    confirm(&store, declaration(&maria.id, "k1", home(), at(0))).await;
    let seat = seat_of(&store, "SEA-5-181").await;
    let elsewhere = confirm(&store, declaration(&maria.id, "k2", seat, at(5))).await;
    let mut blind = declaration(&maria.id, "k3", home(), at(6));
    blind.based_on = Some(1);
    let outcome = store.confirm(blind.clone()).await.unwrap();
    let Confirmation::Superseded { standing } = outcome else {
        panic!("expected Superseded, got {outcome:?}");
    };
    assert_eq!(standing, elsewhere);
    blind.based_on = Some(2);
    confirm(&store, blind).await;
}

pub(crate) async fn concurrent_confirmations_resolve_to_one_order(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let seats = [
        seat_of(&store, "SEA-5-181").await,
        seat_of(&store, "SEA-5-182").await,
    ];
    let tasks: Vec<_> = (0..48_usize)
        .map(|count| {
            let minute = i64::try_from((count * 29) % 48).unwrap();
            let mut said = declaration(
                &maria.id,
                &format!("k{count}"),
                seats[count % 2].clone(),
                at(minute),
            );
            said.received_at = at(48);
            let store = store.clone();
            tokio::spawn(async move { (minute, store.confirm(said).await.unwrap()) })
        })
        .collect();
    let mut order = Vec::new();
    for task in tasks {
        if let (minute, Confirmation::Confirmed { standing, .. }) = task.await.unwrap() {
            order.push((standing.version, minute));
        }
    }
    order.sort_unstable();
    let versions: Vec<u64> = order.iter().map(|(version, _)| *version).collect();
    let expected: Vec<u64> = (1..=versions.len() as u64).collect();
    assert_eq!(versions, expected, "every version once");
    assert!(
        order.is_sorted_by_key(|(_, minute)| *minute),
        "a later version is a later word: {order:?}"
    );
    let standing = store.standing(&maria.id).await.unwrap().unwrap();
    assert_eq!(standing.version, *expected.last().unwrap());
    assert_eq!(
        standing.last_place.unwrap().declared_at,
        at(47),
        "the newest stands"
    );
}

pub(crate) async fn a_key_used_at_the_same_moment_confirms_once(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (store, said) = (store.clone(), declaration(&maria.id, "k", home(), at(0)));
            tokio::spawn(async move { store.confirm(said).await.unwrap() })
        })
        .collect();
    let mut confirmed = 0;
    for task in tasks {
        match task.await.unwrap() {
            Confirmation::Confirmed { .. } => confirmed += 1,
            Confirmation::Repeated { standing, .. } => assert_eq!(standing.version, 1),
            Confirmation::KeyReused | Confirmation::Superseded { .. } | Confirmation::Unknown => {
                panic!("neither confirmed nor repeated")
            }
        }
    }
    assert_eq!(confirmed, 1);
}

pub(crate) async fn both_on_one_seat_are_told(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let ada = named(&store, "ada.byron").await;
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k", seat.clone(), at(0))).await;
    let before = store.mine(&maria.id, at(-600)).await.unwrap().unwrap();
    assert!(before.seat_mates.is_empty());
    let mut told = store.subscribe();
    confirm(&store, declaration(&ada.id, "k", seat, at(5))).await;

    let hers = store.mine(&maria.id, at(-600)).await.unwrap().unwrap();
    assert!(hers.revision > before.revision, "her desktop reads again");
    assert_eq!(hers.seat_mates[0].display_name, "ada byron");
    assert_eq!(hers.seat_mates[0].since, at(5));
    let adas = store.mine(&ada.id, at(-600)).await.unwrap().unwrap();
    assert_eq!(adas.seat_mates[0].agent, maria.id);
    let mut agents = Vec::new();
    while let Ok(Change::Agent { agent, .. }) = told.try_recv() {
        agents.push(agent);
    }
    assert!(agents.contains(&maria.id) && agents.contains(&ada.id));

    // Whoever is no longer fresh there is no conflict.
    let later = store.mine(&ada.id, at(1)).await.unwrap().unwrap();
    assert!(later.seat_mates.is_empty());
    // Leaving is told too.
    let end = EndShift {
        agent: ada.id.clone(),
        at: at(6),
    };
    store.end_shift(end).await.unwrap();
    let alone = store.mine(&maria.id, at(-600)).await.unwrap().unwrap();
    assert!(alone.seat_mates.is_empty() && alone.revision > hers.revision);
}

pub(crate) async fn declining_keeps_the_last_place_on_file(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    confirm(&store, declaration(&maria.id, "k1", home(), at(0))).await;
    let decline = Decline {
        agent: maria.id.clone(),
        reason: "visiting a friend".to_owned(),
        at: at(5),
    };
    let standing = store.decline(decline).await.unwrap().unwrap();
    assert_eq!(standing.standing, Standing::Declined { at: at(5) });
    assert_eq!(standing.version, 2);
    let last = standing.last_place.clone().unwrap();
    assert_eq!(
        (last.place.class(), last.declared_at),
        (PlaceClass::Home, at(0))
    );
    assert_eq!(store.standing(&maria.id).await.unwrap().unwrap(), standing);
}

pub(crate) async fn a_shift_ends_once(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let end = |minute| EndShift {
        agent: maria.id.clone(),
        at: at(minute),
    };
    let nothing = store.end_shift(end(0)).await.unwrap().unwrap();
    assert_eq!(nothing, AgentStanding::never(), "there was no shift");
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k1", seat.clone(), at(1))).await;
    let ended = store.end_shift(end(9)).await.unwrap().unwrap();
    assert_eq!(
        ended.standing,
        Standing::Ended {
            place: seat.declared(),
            at: at(9)
        }
    );
    assert_eq!(store.end_shift(end(20)).await.unwrap().unwrap(), ended);
}

pub(crate) async fn a_declaration_is_older_than_a_decline_after_it(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let decline = Decline {
        agent: maria.id.clone(),
        reason: String::new(),
        at: at(5),
    };
    store.decline(decline).await.unwrap();
    let mut waited = declaration(&maria.id, "k1", home(), at(4));
    waited.received_at = at(6);
    assert!(matches!(
        store.confirm(waited).await.unwrap(),
        Confirmation::Superseded { .. }
    ));
}

pub(crate) async fn every_change_raises_the_revision_and_is_told(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let mut told = store.subscribe();
    let mut last = store
        .mine(&maria.id, at(-600))
        .await
        .unwrap()
        .unwrap()
        .revision;
    confirm(&store, declaration(&maria.id, "k1", home(), at(0))).await;
    store
        .decline(Decline {
            agent: maria.id.clone(),
            reason: String::new(),
            at: at(1),
        })
        .await
        .unwrap();
    store.save_place(place(&maria.id, "Home")).await.unwrap();
    for _ in 0..3 {
        let Change::Agent { agent, revision } = told.try_recv().unwrap() else {
            panic!("expected a change of an agent");
        };
        assert_eq!(agent, maria.id);
        assert!(revision > last);
        last = revision;
    }
    let mine = store.mine(&maria.id, at(-600)).await.unwrap().unwrap();
    assert_eq!(mine.revision, last);
    // What changes nothing is not told.
    let mut older = declaration(&maria.id, "k2", home(), at(-5));
    older.received_at = at(0);
    store.confirm(older).await.unwrap();
    assert!(told.try_recv().is_err());
}

pub(crate) async fn a_saved_place_remembers_when_it_was_used(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let first = store
        .save_place(place(&maria.id, "First"))
        .await
        .unwrap()
        .unwrap();
    let second = store
        .save_place(place(&maria.id, "Second"))
        .await
        .unwrap()
        .unwrap();
    let said = PlaceToConfirm::Address {
        class: first.class,
        civic_address: first.civic_address.clone(),
        saved: Some(first.id.clone()),
    };
    let standing = confirm(&store, declaration(&maria.id, "k1", said, at(30))).await;
    assert_eq!(standing.last_place.unwrap().saved, Some(first.id.clone()));
    let places = store.places(&maria.id).await.unwrap();
    assert_eq!(places[0].id, first.id, "the last used first");
    assert_eq!(places[0].confirmed_at, Some(at(30)));
    assert_eq!(places[1].id, second.id);

    // A new label is the same place; a new address is another.
    let mut renamed = place(&maria.id, "Mine");
    let change = |to: SavePlace| ChangePlace {
        place: first.id.clone(),
        to,
    };
    let kept = store
        .change_place(change(renamed.clone()))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (kept.label.as_str(), kept.confirmed_at),
        ("Mine", Some(at(30)))
    );
    renamed.civic_address.remove(location::CivicKey::Pc);
    let moved = store.change_place(change(renamed)).await.unwrap().unwrap();
    assert_eq!(moved.confirmed_at, None);

    assert!(store.remove_place(&maria.id, &first.id).await.unwrap());
    assert!(!store.remove_place(&maria.id, &first.id).await.unwrap());
    let standing = store.standing(&maria.id).await.unwrap().unwrap();
    let last = standing.last_place.unwrap();
    assert_eq!(
        last.saved, None,
        "what was confirmed stays, the saved place does not"
    );
}

pub(crate) async fn saved_places_belong_to_one_agent(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let devon = named(&store, "devon.walsh").await;
    let saved = store
        .save_place(place(&maria.id, "Home"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(store.place(&devon.id, &saved.id).await.unwrap(), None);
    assert!(!store.remove_place(&devon.id, &saved.id).await.unwrap());
    let change = ChangePlace {
        place: saved.id.clone(),
        to: place(&devon.id, "Taken"),
    };
    assert_eq!(store.change_place(change).await.unwrap(), None);
    let mine = store.place(&maria.id, &saved.id).await.unwrap();
    assert_eq!(mine.unwrap().label, "Home");
}

fn place(agent: &server::store::AgentId, label: &str) -> SavePlace {
    SavePlace {
        agent: agent.clone(),
        label: label.to_owned(),
        class: PlaceClass::Home,
        civic_address: evergreen(),
        verdict: Verdict::Unchecked,
        checked: None,
        at: at(0),
    }
}
