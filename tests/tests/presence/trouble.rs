//! When something does not.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;
use system_tests::Behaviour;

use crate::world::{QUIET, World};

#[tokio::test]
async fn a_platform_that_refuses_is_shown_and_tried_again_and_holds_up_nothing() {
    let world = World::start().await;
    world.platform.behave(Behaviour::Refuses(500));
    world.dial("c-1", "911").await;
    world
        .banner_comes_to(|banner| banner["presence_trouble"] == "not_set")
        .await;
    world.platform.behave(Behaviour::Well);
    world.platform.comes_to("maria.chen", QUIET).await;
    world
        .banner_comes_to(|banner| banner["presence_trouble"].is_null())
        .await;
    world.platform.behave(Behaviour::Refuses(403));
    world.hang_up("c-1").await;
    world
        .banner_comes_to(|banner| banner["presence_trouble"] == "not_restored")
        .await;
    world.platform.behave(Behaviour::Well);
    world.platform.comes_to("maria.chen", "At lunch").await;
    world
        .banner_comes_to(|banner| banner["presence_trouble"].is_null())
        .await;
}

#[tokio::test]
async fn an_answer_that_is_none_leaves_no_status_behind() {
    for behaviour in [Behaviour::Garbage, Behaviour::Hangs] {
        let world = World::start().await;
        world.platform.behave(behaviour);
        world.dial("c-1", "911").await;
        world.platform.comes_to("maria.chen", QUIET).await;
        world.platform.behave(Behaviour::Well);
        world.hang_up("c-1").await;
        // Nothing could be read before it was set, so it goes back to what everybody has.
        let deadline = world.platform.is_asked("presence.set", 2).await;
        assert!(!deadline.is_empty());
        world
            .banner_comes_to(|banner| banner["presence"].is_null())
            .await;
        assert_ne!(world.platform.status("maria.chen"), QUIET, "{behaviour:?}");
    }
}

#[tokio::test]
async fn a_platform_that_takes_half_a_minute_leaves_no_status_behind() {
    let world = World::start().await;
    world.dial("c-0", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    world.hang_up("c-0").await;
    world.platform.comes_to("maria.chen", "At lunch").await;
    let reads = world.platform.asked("presence.read").len();
    world.dial("c-1", "911").await;
    world.platform.is_asked("presence.read", reads + 1).await;
    world
        .platform
        .behave(Behaviour::Slow(Duration::from_secs(30)));
    world.hang_up("c-1").await;
    world
        .platform
        .behave(Behaviour::Slow(Duration::from_secs(12)));
    // Telephony does not notice.
    world.dial("c-2", "911").await;
    world.hang_up("c-2").await;
    world.platform.behave(Behaviour::Well);
    world
        .banner_comes_to(|banner| {
            banner["presence"].is_null() && banner["presence_trouble"].is_null()
        })
        .await;
    world.backend.set_clock(120).unwrap();
    world.platform.comes_to("maria.chen", "At lunch").await;
}

#[tokio::test]
async fn killed_between_setting_and_restoring_the_next_process_restores() {
    let mut world = World::start().await;
    world.dial("c-1", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    world.backend.kill().unwrap();
    world.backend.restart().await.unwrap();
    world
        .banner_comes_to(|banner| banner["presence"] == QUIET)
        .await;
    world.platform.behave(Behaviour::Refuses(503));
    world.hang_up("c-1").await;
    world
        .banner_comes_to(|banner| banner["presence_trouble"] == "not_restored")
        .await;
    world.backend.kill().unwrap();
    world.platform.behave(Behaviour::Well);
    world.backend.restart().await.unwrap();
    world.platform.comes_to("maria.chen", "At lunch").await;
    let sets = world.platform.asked("presence.set");
    assert!(sets.iter().any(|set| set["status"]["id"] == "lunch"));
}

#[tokio::test]
async fn a_server_that_never_comes_back_leaves_nobody_undisturbed_for_ever() {
    let mut world = World::start().await;
    world.dial("c-1", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    world.backend.kill().unwrap();
    world.platform.pass(SignedDuration::from_mins(61));
    assert_eq!(world.platform.status("maria.chen"), "At lunch");
}

#[tokio::test]
async fn a_clock_that_is_set_restores_all_the_same() {
    for shift in [-7_200, 3_500] {
        let world = World::start().await;
        world.dial("c-1", "911").await;
        world.platform.comes_to("maria.chen", QUIET).await;
        world.hang_up("c-1").await;
        world.backend.set_clock(shift).unwrap();
        // The platform's clock is right; what is signed at another time it does not take.
        world.platform.pass(SignedDuration::from_secs(shift));
        world.platform.comes_to("maria.chen", "At lunch").await;
        world.backend.set_clock(0).unwrap();
    }
}

#[tokio::test]
async fn nothing_of_a_status_is_left_when_the_call_is_gone() {
    let mut world = World::start().await;
    world
        .platform
        .choose("maria.chen", "planted-status", "Planted words", false);
    world.dial("c-1", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    world.platform.behave(Behaviour::Refuses(500));
    world.hang_up("c-1").await;
    world
        .banner_comes_to(|banner| banner["presence_trouble"] == "not_restored")
        .await;
    world.backend.set_clock(3_700).unwrap();
    world.banner_comes_to(Value::is_null).await;
    world.backend.shut_down().await.unwrap();
    let mut files = 0;
    for folder in [world.backend.folder().to_owned(), world.backend.home()] {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                assert!(!text.contains("lanted"), "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 2, "the store was looked at");
}
