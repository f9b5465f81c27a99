use api::agent::Role;
use server::store::{FloorPlan, ImportKind, RowOutcome};

use crate::{
    fixture::Fixture,
    world::{
        agent, at, confirm, declaration, import, named, number, seat, seat_of, site, small_world,
    },
};

pub(crate) async fn unchanged_rows_are_skipped(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let maria = named(&store, "ada.byron").await;
    let before = store
        .mine(&maria.id, at(0))
        .await
        .unwrap()
        .unwrap()
        .revision;
    let kinds = || {
        [
            ImportKind::Sites(vec![site("SEA", "Seattle 7th Ave", Some("+12065550199"))]),
            ImportKind::Seats(vec![seat("SEA-5-181", "5", "WS 181")]),
            ImportKind::Agents(vec![agent("ada.byron", Role::Agent)]),
            ImportKind::Numbers(vec![number("+12065550100")]),
        ]
    };
    for kind in kinds() {
        assert_eq!(import(&store, kind).await, [RowOutcome::Unchanged]);
    }
    let after = store
        .mine(&maria.id, at(0))
        .await
        .unwrap()
        .unwrap()
        .revision;
    assert_eq!(before, after, "nobody is told of nothing");

    let mut moved = agent("ada.byron", Role::Supervisor);
    moved.team = "Red".to_owned();
    let outcome = import(&store, ImportKind::Agents(vec![moved.clone()])).await;
    assert_eq!(outcome, [RowOutcome::Changed]);
    let ada = named(&store, "ada.byron").await;
    assert_eq!(
        (ada.id, ada.team, ada.role),
        (maria.id, moved.team, Role::Supervisor)
    );

    let plan = || {
        ImportKind::FloorPlans(vec![FloorPlan {
            site: "SEA".parse().unwrap(),
            floor: location::Floor("6".to_owned()),
            plan_svg: "<svg/>".to_owned(),
        }])
    };
    assert_eq!(import(&store, plan()).await, [RowOutcome::Added]);
    assert_eq!(import(&store, plan()).await, [RowOutcome::Unchanged]);
}

pub(crate) async fn a_refused_row_keeps_nothing_else_out(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let mut lost = seat("LON-1-1", "1", "1");
    lost.site = "LON".parse().unwrap();
    let seats = vec![
        seat("SEA-5-183", "5", "WS 183"),
        lost,
        seat("SEA-5-184", "5", "WS 184"),
    ];
    let outcomes = import(&store, ImportKind::Seats(seats)).await;
    assert_eq!(outcomes[0], RowOutcome::Added);
    assert_eq!(
        outcomes[1],
        RowOutcome::Refused {
            column: "site_id",
            reason: "there is no site LON; import its sites first".to_owned()
        }
    );
    assert_eq!(outcomes[2], RowOutcome::Added);
    assert!(
        store
            .seat(&"SEA-5-184".parse().unwrap())
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        store
            .seat(&"LON-1-1".parse().unwrap())
            .await
            .unwrap()
            .is_none()
    );
}

pub(crate) async fn a_dry_run_changes_nothing(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let mut told = store.subscribe();
    let what = ImportKind::Agents(vec![agent("new.one", Role::Agent)]);
    let outcomes = store.import(what, true).await.unwrap();
    assert_eq!(outcomes, [RowOutcome::Added]);
    assert!(store.find_agent("new.one").await.unwrap().is_none());
    assert!(told.try_recv().is_err());
}

pub(crate) async fn nobody_takes_anothers_name(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let mut thief = agent("ada.lovelace", Role::Agent);
    thief
        .aliases
        .push("SIP:Maria.Chen@PBX.example.com;user=phone".to_owned());
    let outcomes = import(&store, ImportKind::Agents(vec![thief])).await;
    assert_eq!(
        outcomes,
        [RowOutcome::Refused {
            column: "aliases",
            reason: "maria.chen is known by that name already".to_owned()
        }]
    );
    // An agent may drop a name, and then it is free.
    let mut maria = agent("maria.chen", Role::Agent);
    maria.aliases = vec!["maria@example.com".to_owned()];
    assert_eq!(
        import(&store, ImportKind::Agents(vec![maria])).await,
        [RowOutcome::Changed]
    );
    assert!(
        store
            .find_agent("sip:maria.chen@pbx.example.com")
            .await
            .unwrap()
            .is_none()
    );
}

pub(crate) async fn fictional_numbers_are_for_the_sample_only(fixture: &impl Fixture) {
    let store = fixture.open().await;
    let what = || ImportKind::Numbers(vec![number("+12065550100")]);
    import(
        &store,
        ImportKind::Sites(vec![site("SEA", "Seattle", None)]),
    )
    .await;
    assert!(!store.is_sample().await.unwrap());
    let outcomes = import(&store, what()).await;
    assert!(
        matches!(
            &outcomes[0],
            RowOutcome::Refused {
                column: "number",
                ..
            }
        ),
        "{outcomes:?}"
    );
    store.mark_sample().await.unwrap();
    assert_eq!(import(&store, what()).await, [RowOutcome::Added]);
}

pub(crate) async fn an_agent_sees_that_their_site_changed(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    let devon = named(&store, "devon.walsh").await;
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k", seat, at(0))).await;
    let before = store.mine(&maria.id, at(-60)).await.unwrap().unwrap();
    let devons = store.mine(&devon.id, at(-60)).await.unwrap().unwrap();
    let mut moved = site("SEA", "Seattle 7th Ave", Some("+12065550199"));
    moved
        .site
        .civic_address
        .set(location::CivicKey::Hno, "2123")
        .unwrap();
    assert_eq!(
        import(&store, ImportKind::Sites(vec![moved])).await,
        [RowOutcome::Changed]
    );
    let after = store.mine(&maria.id, at(-60)).await.unwrap().unwrap();
    assert!(after.revision > before.revision, "she sits there");
    let after = store.mine(&devon.id, at(-60)).await.unwrap().unwrap();
    assert!(after.revision > devons.revision, "it stands in for him");
}
