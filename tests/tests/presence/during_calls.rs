//! When everything works.

use serde_json::{Value, json};

use crate::world::{QUIET, World};

#[tokio::test]
async fn an_agent_is_not_disturbed_during_the_call_and_has_their_own_status_afterwards() {
    let world = World::start().await;
    world.dial("c-1", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    let banner = world
        .banner_comes_to(|banner| banner["presence"] == QUIET)
        .await;
    assert_eq!(banner["presence_trouble"], Value::Null);
    assert_eq!(world.row().await["presence"], QUIET);
    assert_eq!(world.platform.status("devon.walsh"), "Available");
    world.hang_up("c-1").await;
    world.platform.comes_to("maria.chen", "At lunch").await;
    world
        .banner_comes_to(|banner| banner["presence"].is_null())
        .await;
    assert_eq!(world.row().await["presence"], Value::Null);
    let sets = world.platform.asked("presence.set");
    assert_eq!(sets.len(), 2, "set once, restored once: {sets:#?}");
    assert_eq!(sets[0]["expires_in_seconds"], 3_600);
    assert_eq!(sets[1]["status"]["id"], "lunch");
    assert_eq!(sets[1]["only_if_mark"], sets[0]["mark"]);
    assert_eq!(world.platform.forged(), 0);
    assert!(!world.backend.log().unwrap().contains("At lunch"));
}

#[tokio::test]
async fn two_calls_that_overlap_restore_what_was_before_both_once() {
    let world = World::start().await;
    world.dial("c-1", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    world.dial("c-2", "911").await;
    world.hang_up("c-1").await;
    world.dial("c-3", "911").await;
    world.hang_up("c-3").await;
    // It is looked at each second; the second call is still open.
    world
        .banner_comes_to(|banner| banner["call_id"] == "c-2" && banner["phase"] == "open")
        .await;
    assert_eq!(world.platform.status("maria.chen"), QUIET);
    world.hang_up("c-2").await;
    world.platform.comes_to("maria.chen", "At lunch").await;
    let sets = world.platform.asked("presence.set");
    let restores = sets.iter().filter(|set| set["do_not_disturb"] == false);
    assert_eq!(restores.count(), 1, "{sets:#?}");
}

#[tokio::test]
async fn what_a_person_chose_during_the_call_stays() {
    let world = World::start().await;
    world.dial("c-1", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    world
        .platform
        .choose("maria.chen", "break", "Sent on a break", false);
    let reads = world.platform.asked("presence.read").len();
    world.hang_up("c-1").await;
    world.platform.is_asked("presence.read", reads + 1).await;
    world
        .banner_comes_to(|banner| banner["presence"].is_null())
        .await;
    assert_eq!(world.platform.status("maria.chen"), "Sent on a break");
    assert_eq!(world.platform.asked("presence.set").len(), 1);
}

#[tokio::test]
async fn a_test_call_changes_nobodys_status() {
    let world = World::start().await;
    world.dial("t-1", "933").await;
    world.dial("c-1", "911").await;
    world.platform.comes_to("maria.chen", QUIET).await;
    world.hang_up("c-1").await;
    world.platform.comes_to("maria.chen", "At lunch").await;
    let banner = world
        .banner_comes_to(|banner| banner["call_id"] == "c-1")
        .await;
    assert_eq!(banner["test"], false, "{banner}");
    assert_eq!(world.platform.asked("presence.set").len(), 2);
}

#[tokio::test]
async fn without_a_platform_the_server_keeps_the_status_and_shows_it() {
    let mut world = World::built_in().await;
    world.dial("c-1", "911").await;
    let banner = world
        .banner_comes_to(|banner| banner["presence"] == "Do Not Disturb")
        .await;
    assert_eq!(banner["can_end_call"], false);
    // It survives a power cut.
    world.backend.kill().unwrap();
    world.backend.restart().await.unwrap();
    world
        .banner_comes_to(|banner| banner["presence"] == "Do Not Disturb")
        .await;
    assert_eq!(world.row().await["presence"], "Do Not Disturb");
    world.hang_up("c-1").await;
    world
        .banner_comes_to(|banner| banner["presence"].is_null())
        .await;
    assert_eq!(world.row().await["presence"], json!(null));
    assert!(world.platform.asked("presence.set").is_empty());
}
