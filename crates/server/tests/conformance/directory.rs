use api::agent::Role;
use location::freshness::Standing;
use server::store::{ImportKind, RosterQuery};

use crate::{
    fixture::Fixture,
    world::{
        agent, at, confirm, declaration, end, home, import, named, open, seat, seat_of, small_world,
    },
};

pub(crate) async fn an_agent_is_found_by_every_name(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let maria = named(&store, "maria.chen").await;
    for name in [
        "Maria.Chen",
        " maria.chen ",
        "sip:maria.chen@pbx.example.com;user=phone",
        "maria.chen@PBX.example.com",
        "+1 (206) 555-0190",
        "tel:+12065550190",
        "sip:+12065550190@trunk.example.net",
    ] {
        let found = store.find_agent(name).await.unwrap();
        assert_eq!(found.as_ref(), Some(&maria), "{name:?}");
        let known = store.known_agent(name).await.unwrap().unwrap();
        assert_eq!(known.agent, maria, "{name:?}");
    }
    for name in [
        "",
        "maria",
        "sip:maria.chen@elsewhere.example",
        "%",
        "' OR 1=1 --",
    ] {
        assert!(store.find_agent(name).await.unwrap().is_none(), "{name:?}");
        assert!(store.known_agent(name).await.unwrap().is_none(), "{name:?}");
    }
    assert_eq!(store.agent(&maria.id).await.unwrap(), Some(maria));
    let desks = store.agents_with_role(Role::Security).await.unwrap();
    assert_eq!(desks.len(), 1);
}

pub(crate) async fn seats_are_found_by_what_is_written_on_them(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let mut room = seat("SEA-5-18", "5", "WS 18");
    room.room = Some("Østersund 100%".to_owned());
    import(&store, ImportKind::Seats(vec![room])).await;
    let labels = async |query: &str| -> Vec<String> {
        let found = store.find_seats(query, 10).await.unwrap();
        found.into_iter().map(|found| found.seat.label).collect()
    };
    assert_eq!(
        labels("ws 18").await,
        ["WS 18", "WS 181", "WS 182"],
        "the exact one first"
    );
    assert_eq!(labels("181").await, ["WS 181"]);
    assert_eq!(labels("sea-5-182").await, ["WS 182"]);
    assert_eq!(labels("seattle 182").await, ["WS 182"]);
    assert_eq!(labels("østersund").await, ["WS 18"]);
    assert_eq!(
        labels("100%").await,
        ["WS 18"],
        "a sign is a sign, not a pattern"
    );
    assert!(labels("%").await.len() < 3);
    assert!(labels("   ").await.is_empty());
    assert_eq!(store.find_seats("ws", 2).await.unwrap().len(), 2);
}

pub(crate) async fn floors_stand_in_the_order_of_the_building(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let seats = vec![seat("SEA-10-1", "10", "1"), seat("SEA-B1-1", "B1", "1")];
    import(&store, ImportKind::Seats(seats)).await;
    let sites = store.sites().await.unwrap();
    let names: Vec<&str> = sites[0]
        .floors
        .iter()
        .map(|floor| floor.0.as_str())
        .collect();
    assert_eq!(names, ["B1", "5", "10"]);
    let floors = store.floors(&"SEA".parse().unwrap()).await.unwrap();
    assert_eq!(floors[1].seats.len(), 2);
    assert_eq!(floors[1].seats[0], seat("SEA-5-181", "5", "WS 181"));
    assert!(
        store
            .floors(&"LON".parse().unwrap())
            .await
            .unwrap()
            .is_empty()
    );
    assert!(store.site(&"LON".parse().unwrap()).await.unwrap().is_none());
}

pub(crate) async fn the_roster_is_by_name_and_team(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 0).await;
    let mut red = agent("aaron.red", Role::Agent);
    red.team = "Red".to_owned();
    import(&store, ImportKind::Agents(vec![red])).await;
    let maria = named(&store, "maria.chen").await;
    confirm(&store, declaration(&maria.id, "k", home(), at(0))).await;
    let names = async |query: RosterQuery| -> Vec<String> {
        let rows = store.roster(&query).await.unwrap();
        rows.into_iter()
            .map(|row| row.agent.username.to_string())
            .collect()
    };
    assert_eq!(
        names(RosterQuery::default()).await,
        [
            "aaron.red",
            "ada.byron",
            "desk.one",
            "devon.walsh",
            "maria.chen"
        ]
    );
    let red = RosterQuery {
        team: Some("Red".to_owned()),
        ..RosterQuery::default()
    };
    assert_eq!(names(red).await, ["aaron.red"]);
    let few = RosterQuery {
        agents: Some(vec![maria.id.clone(), server::store::AgentId::random()]),
        ..RosterQuery::default()
    };
    let rows = store.roster(&few).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert!(matches!(
        rows[0].standing.standing,
        Standing::Declared { .. }
    ));
    let mates = store
        .seat_mates(&"SEA-5-181".parse().unwrap(), at(-60))
        .await
        .unwrap();
    assert!(mates.is_empty());
}

pub(crate) async fn the_whole_view_is_of_one_moment(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 1).await;
    let devon = named(&store, "devon.walsh").await;
    let mine = store.mine(&devon.id, at(-60)).await.unwrap().unwrap();
    assert_eq!(mine.default_site.unwrap().site.id.as_str(), "SEA");
    assert!(mine.calls.is_empty());
    open(&store, "c1", Some("devon.walsh"), at(0)).await;
    end(&store, "c1", at(1)).await;
    open(&store, "c2", Some("devon.walsh"), at(2)).await;
    let later = store.mine(&devon.id, at(-60)).await.unwrap().unwrap();
    assert!(later.revision > mine.revision);
    let order: Vec<&str> = later
        .calls
        .iter()
        .map(|call| call.key.call_id.as_str())
        .collect();
    assert_eq!(order, ["c2", "c1"], "the open one is the one to show");
    let nobody = server::store::AgentId::random();
    assert!(store.mine(&nobody, at(0)).await.unwrap().is_none());
}

pub(crate) async fn the_known_world_is_complete(fixture: &impl Fixture) {
    let store = fixture.open().await;
    small_world(&store, 2).await;
    let maria = named(&store, "maria.chen").await;
    let seat = seat_of(&store, "SEA-5-181").await;
    confirm(&store, declaration(&maria.id, "k", seat, at(0))).await;
    open(&store, "c1", Some("maria.chen"), at(1)).await;
    let world = store.known_world().await.unwrap();
    assert!(world.sample);
    assert_eq!(
        (world.agents.len(), world.sites.len(), world.numbers.len()),
        (4, 1, 2)
    );
    assert_eq!(world.calls.len(), 1);
    let known = world
        .agents
        .iter()
        .find(|known| known.agent.id == maria.id)
        .unwrap();
    assert_eq!(known.seat_site.as_ref().unwrap().site.id.as_str(), "SEA");
    assert!(matches!(known.standing.standing, Standing::Declared { .. }));
}
