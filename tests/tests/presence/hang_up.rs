//! "End call".

use api::error::ErrorCode;
use client::Error;
use system_tests::Behaviour;

use crate::world::World;

fn code(refused: Result<(), Error>) -> ErrorCode {
    match refused.unwrap_err() {
        Error::Refused(refusal) | Error::SignedOut(refusal) => refusal.code,
        error @ (Error::UnexpectedAnswer(_) | Error::Unreachable(_)) => panic!("{error}"),
    }
}

#[tokio::test]
async fn the_platform_is_asked_to_hang_up_and_says_itself_when_it_has() {
    let world = World::start().await;
    assert_eq!(code(world.maria.end_call().await), ErrorCode::NotFound);
    world.dial("c:1/ß", "911").await;
    assert_eq!(world.banner().await["can_end_call"], true);
    world.maria.end_call().await.unwrap();
    let asked = world.platform.asked("call.end");
    assert_eq!(asked.len(), 1);
    assert_eq!(
        (
            &asked[0]["call_id"],
            &asked[0]["agent"],
            &asked[0]["platform"]
        ),
        (&"c:1/ß".into(), &"maria.chen".into(), &"pbx".into())
    );
    assert_eq!(
        world.banner().await["phase"],
        "open",
        "nobody said it is over"
    );
    world.hang_up("c:1/ß").await;
    let banner = world.banner().await;
    assert_eq!(
        (&banner["phase"], &banner["can_end_call"]),
        (&"ended".into(), &false.into())
    );
    assert_eq!(code(world.maria.end_call().await), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_platform_that_does_not_is_said_and_may_be_asked_again() {
    let world = World::start().await;
    world.dial("c-1", "911").await;
    for behaviour in [
        Behaviour::Refuses(500),
        Behaviour::Refuses(404),
        Behaviour::Hangs,
    ] {
        world.platform.behave(behaviour);
        let refused = code(world.maria.end_call().await);
        assert_eq!(refused, ErrorCode::Unavailable, "{behaviour:?}");
    }
    world.platform.behave(Behaviour::Well);
    world.maria.end_call().await.unwrap();
    let asked = world.platform.asked("call.end");
    let mut ids: Vec<_> = asked.iter().map(|asked| asked["id"].to_string()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 4, "none is taken for one that was seen before");
}

#[tokio::test]
async fn no_platform_is_asked_to_end_a_drill() {
    let world = World::start().await;
    world.drill().await;
    let banner = world
        .banner_comes_to(|banner| banner["drill"] == true)
        .await;
    assert_eq!(banner["can_end_call"], false);
    assert_eq!(code(world.maria.end_call().await), ErrorCode::NotFound);
    world.dial("c-1", "911").await;
    world.maria.end_call().await.unwrap();
    let asked = world.platform.asked("call.end");
    assert_eq!(asked.len(), 1, "{asked:#?}");
    assert_eq!(asked[0]["call_id"], "c-1");
}

#[tokio::test]
async fn without_a_platform_nobody_can_hang_up_from_here() {
    let world = World::built_in().await;
    world.dial("c-1", "911").await;
    assert_eq!(world.banner().await["can_end_call"], false);
    assert_eq!(code(world.maria.end_call().await), ErrorCode::NotFound);
}
