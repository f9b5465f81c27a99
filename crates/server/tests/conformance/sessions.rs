use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use server::{
    secret::{CodeHash, SecretHash, Token},
    store::{
        Access, FamilyId, KeyRole, ListedKey, NewCode, NewDevice, NewKey, Redeemed, Rotation,
        SavedKey, Store,
    },
};

use crate::{
    fixture::Fixture,
    world::{at, named, small_world, tokens},
};

async fn code(store: &Arc<dyn Store>, lookup: &str, made: Timestamp) -> bool {
    let maria = named(store, "maria.chen").await;
    store
        .save_code(NewCode {
            agent: maria.id,
            lookup: lookup.to_owned(),
            hash: CodeHash::from_stored("hash".to_owned()),
            at: made,
            expires_at: made + SignedDuration::from_mins(15),
        })
        .await
        .unwrap()
}

fn device(lookup: &str, when: Timestamp) -> (Token, Token, NewDevice) {
    let (access, refresh, hashes) = tokens(when + SignedDuration::from_mins(15));
    let device = NewDevice {
        lookup: lookup.to_owned(),
        name: "LAPTOP-7".to_owned(),
        tokens: hashes,
        at: when,
    };
    (access, refresh, device)
}

/// A device that signed in at ten o'clock.
async fn signed_in(store: &Arc<dyn Store>) -> (Token, Token) {
    small_world(store, 0).await;
    assert!(code(store, "7QK2", at(0)).await);
    let (access, refresh, device) = device("7QK2", at(0));
    assert!(matches!(
        store.redeem(device).await.unwrap(),
        Redeemed::SignedIn { .. }
    ));
    (access, refresh)
}

async fn rotate(
    store: &Arc<dyn Store>,
    token: &Token,
    when: Timestamp,
) -> (Rotation, Token, Token) {
    let (access, refresh, next) = tokens(when + SignedDuration::from_mins(15));
    let rotation = store.rotate(token.hash(), next, when).await.unwrap();
    (rotation, access, refresh)
}

async fn is_granted(store: &Arc<dyn Store>, token: &Token, when: Timestamp) -> bool {
    let access = store.access(token.hash(), when).await.unwrap();
    matches!(access, Access::Granted { .. })
}

pub(crate) async fn a_code_works_once(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    assert!(code(&store, "7QK2", at(0)).await);
    let known = store.code("7QK2").await.unwrap().unwrap();
    assert_eq!(
        (known.agent, known.hash.as_str()),
        (maria.id.clone(), "hash")
    );
    assert!(store.code("XXXX").await.unwrap().is_none());

    let (access, _, first) = device("7QK2", at(1));
    let outcome = store.redeem(first).await.unwrap();
    assert!(matches!(outcome, Redeemed::SignedIn { agent, .. } if agent == maria.id));
    assert!(is_granted(&store, &access, at(2)).await);
    let (access, _, second) = device("7QK2", at(2));
    assert_eq!(store.redeem(second).await.unwrap(), Redeemed::Used);
    assert!(!is_granted(&store, &access, at(2)).await);
    let (_, _, unknown) = device("XXXX", at(2));
    assert_eq!(store.redeem(unknown).await.unwrap(), Redeemed::Unknown);
}

pub(crate) async fn a_code_runs_out(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    code(&store, "7QK2", at(0)).await;
    let (_, _, late) = device("7QK2", at(15));
    assert_eq!(store.redeem(late).await.unwrap(), Redeemed::Expired);
}

pub(crate) async fn a_look_up_is_free_again_only_when_its_code_is_spent(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    assert!(code(&store, "7QK2", at(0)).await);
    assert!(!code(&store, "7QK2", at(14)).await, "it may still be used");
    assert!(code(&store, "7QK2", at(15)).await, "it has run out");
    let (_, _, device) = device("7QK2", at(16));
    assert!(matches!(
        store.redeem(device).await.unwrap(),
        Redeemed::SignedIn { .. }
    ));
    assert!(code(&store, "7QK2", at(17)).await, "it has been used");
}

pub(crate) async fn one_of_two_who_use_a_code_at_once_gets_in(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    code(&store, "7QK2", at(0)).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (store, (_, _, device)) = (store.clone(), device("7QK2", at(1)));
            tokio::spawn(async move { store.redeem(device).await.unwrap() })
        })
        .collect();
    let mut inside = 0;
    for task in tasks {
        let outcome = task.await.unwrap();
        if matches!(outcome, Redeemed::SignedIn { .. }) {
            inside += 1;
        } else {
            assert_eq!(outcome, Redeemed::Used);
        }
    }
    assert_eq!(inside, 1);
}

pub(crate) async fn an_access_token_ends_with_its_time_its_family_or_its_sign_out(
    fixture: &impl Fixture,
) {
    let store = fixture.open().await;
    let (access, _) = signed_in(&store).await;
    let maria = named(&store, "maria.chen").await;
    let Access::Granted {
        agent,
        family,
        until,
    } = store.access(access.hash(), at(14)).await.unwrap()
    else {
        panic!("expected Granted");
    };
    assert_eq!((agent, until), (maria.id, at(15)));
    assert_eq!(
        store.access(access.hash(), at(15)).await.unwrap(),
        Access::Expired
    );
    let nobodys = SecretHash::of("made up");
    assert_eq!(store.access(nobodys, at(1)).await.unwrap(), Access::Unknown);
    store.sign_out(&family, at(5)).await.unwrap();
    store.sign_out(&family, at(6)).await.unwrap();
    store.sign_out(&FamilyId::random(), at(6)).await.unwrap();
    assert_eq!(
        store.access(access.hash(), at(6)).await.unwrap(),
        Access::Revoked
    );
}

pub(crate) async fn an_old_refresh_token_revokes_the_family(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let (_, first) = signed_in(&store).await;
    let (rotation, _, second) = rotate(&store, &first, at(1)).await;
    assert!(matches!(rotation, Rotation::Rotated { .. }));
    let (_, access, third) = rotate(&store, &second, at(2)).await;
    assert!(is_granted(&store, &access, at(3)).await);
    let (rotation, ..) = rotate(&store, &first, at(3)).await;
    assert_eq!(rotation, Rotation::Revoked);
    assert!(!is_granted(&store, &access, at(3)).await);
    let (rotation, ..) = rotate(&store, &third, at(4)).await;
    assert_eq!(
        rotation,
        Rotation::Revoked,
        "the newest is of no use either"
    );
    let (rotation, ..) = rotate(&store, &Token::random(), at(4)).await;
    assert_eq!(rotation, Rotation::Unknown);
}

pub(crate) async fn a_lost_answer_is_not_theft(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let (_, first) = signed_in(&store).await;
    let (_, lost_access, _) = rotate(&store, &first, at(1)).await;
    // Its answer never arrived; the device asks again, and again.
    let (rotation, ..) = rotate(&store, &first, at(5)).await;
    assert!(matches!(rotation, Rotation::Rotated { .. }));
    let (rotation, access, next) = rotate(&store, &first, at(11)).await;
    assert!(matches!(rotation, Rotation::Rotated { .. }));
    assert!(is_granted(&store, &access, at(11)).await);
    assert!(
        !is_granted(&store, &lost_access, at(11)).await,
        "what the lost answer held is void"
    );
    let (rotation, ..) = rotate(&store, &next, at(12)).await;
    assert!(matches!(rotation, Rotation::Rotated { .. }));
}

pub(crate) async fn a_lost_answer_that_turns_up_is(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let (_, first) = signed_in(&store).await;
    let (_, _, lost) = rotate(&store, &first, at(1)).await;
    let (_, access, _) = rotate(&store, &first, at(2)).await;
    let (rotation, ..) = rotate(&store, &lost, at(3)).await;
    assert_eq!(rotation, Rotation::Revoked, "two parties hold tokens");
    assert!(!is_granted(&store, &access, at(3)).await);
}

pub(crate) async fn the_grace_of_a_lost_answer_ends(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let (_, first) = signed_in(&store).await;
    rotate(&store, &first, at(1)).await;
    let late = at(11) + SignedDuration::from_millis(1);
    let (rotation, ..) = rotate(&store, &first, late).await;
    assert_eq!(rotation, Rotation::Revoked);
}

pub(crate) async fn tokens_survive_a_restart(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let (access, refresh) = signed_in(&store).await;
    drop(store);
    let store = fixture.open().await;
    assert!(is_granted(&store, &access, at(1)).await);
    let (rotation, ..) = rotate(&store, &refresh, at(1)).await;
    assert!(matches!(rotation, Rotation::Rotated { .. }));
}

pub(crate) async fn an_administrator_signs_out_every_device_and_every_code(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let (one, one_refresh) = signed_in(&store).await;
    assert!(code(&store, "8888", at(1)).await);
    let (other, _, second) = device("8888", at(1));
    store.redeem(second).await.unwrap();
    assert!(code(&store, "9999", at(1)).await);
    let maria = named(&store, "maria.chen").await.id;
    let devon = named(&store, "devon.walsh").await.id;
    assert_eq!(store.sign_out_everywhere(&devon, at(2)).await.unwrap(), 0);
    assert!(is_granted(&store, &one, at(2)).await);

    assert_eq!(store.sign_out_everywhere(&maria, at(2)).await.unwrap(), 2);
    assert!(!is_granted(&store, &one, at(2)).await);
    assert!(!is_granted(&store, &other, at(2)).await);
    let (rotation, _, _) = rotate(&store, &one_refresh, at(2)).await;
    assert_eq!(rotation, Rotation::Revoked);
    let (_, _, third) = device("9999", at(2));
    assert_eq!(store.redeem(third).await.unwrap(), Redeemed::Unknown);
    assert_eq!(store.sign_out_everywhere(&maria, at(3)).await.unwrap(), 0);
}

pub(crate) async fn keys_are_found_by_their_hash_only(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let key = |name: &str, hash: SecretHash| NewKey {
        name: name.parse().unwrap(),
        role: KeyRole::Telephony,
        hash,
        at: at(0),
    };
    let (one, other) = (SecretHash::of("one"), SecretHash::of("other"));
    assert_eq!(
        store.save_key(key("connect", one)).await.unwrap(),
        SavedKey::Saved
    );
    assert_eq!(
        store.save_key(key("connect", other)).await.unwrap(),
        SavedKey::NameTaken
    );
    let found = store.api_key(one).await.unwrap().unwrap();
    assert_eq!(
        (found.name.as_str(), found.role),
        ("connect", KeyRole::Telephony)
    );
    assert_eq!(store.api_key(other).await.unwrap(), None);

    let names = |keys: Vec<ListedKey>| -> Vec<String> {
        keys.into_iter().map(|key| key.row.name).collect()
    };
    assert_eq!(names(store.keys().await.unwrap()), ["connect"]);
    assert_eq!(store.known_keys().await.unwrap()[0].hash, one);
    let name = "connect".parse().unwrap();
    assert!(store.revoke_key(&name).await.unwrap());
    assert!(!store.revoke_key(&name).await.unwrap());
    assert_eq!(store.api_key(one).await.unwrap(), None);
    assert!(store.keys().await.unwrap().is_empty());
    assert!(store.known_keys().await.unwrap().is_empty());
}
