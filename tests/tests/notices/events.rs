//! Events of a call that come twice, late, never, or in the wrong order.

use serde_json::json;
use system_tests::MailServer;

use crate::world::World;

#[tokio::test]
async fn a_call_that_is_reported_twice_is_told_of_once() {
    let mut server = MailServer::start().unwrap();
    let mut world = World::start(&server, &[]).await;
    let first = world.dial("c-1", "maria.chen", "911").await;
    let again = world.dial("c-1", "maria.chen", "911").await;
    assert_eq!(first["callback_number"], again["callback_number"]);
    world.hang_up("c-1").await;
    world.hang_up("c-1").await;
    world.backend.shut_down().await.unwrap();
    world.backend.restart().await.unwrap();
    // Late: the platform asks once more after the end, and after a restart.
    world.dial("c-1", "maria.chen", "911").await;
    let told = world.notified(|told| told["sent"] == 1).await;
    assert_eq!(told["notifications"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(server.take(1).await.unwrap().len(), 1);
    assert!(server.rest().is_empty());
}

#[tokio::test]
async fn an_end_before_its_start_ends_the_call_and_people_are_told_all_the_same() {
    let mut server = MailServer::start().unwrap();
    let world = World::start(&server, &[]).await;
    world.hang_up("c-1").await;
    assert!(
        world.notifications().await["notifications"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let answer = world.dial("c-1", "maria.chen", "911").await;
    assert_eq!(answer["callback_until_final"], true, "it is over: {answer}");
    assert_eq!(
        server.next().await.unwrap().recipient(),
        "wardens.seattle@example.com"
    );
}

#[tokio::test]
async fn a_call_that_nobody_ends_ends_by_itself_and_its_number_goes_to_the_desk_afterwards() {
    let server = MailServer::start().unwrap();
    let world = World::start(&server, &[("WHEREABOUTS_POLICY_MAX_OPEN_SECONDS", "600")]).await;
    let answer = world.dial("c-1", "maria.chen", "911").await;
    let number = answer["callback_number"].as_str().unwrap();
    world.notified(|told| told["sent"] == 1).await;
    world.backend.set_clock(600 + 3_500).unwrap();
    assert_eq!(world.who_has(number).await["agent"], "maria.chen");
    world.backend.set_clock(600 + 3_700).unwrap();
    assert_eq!(world.who_has(number).await["decision"], "security_desk");
    world
        .notified(|told| told["notifications"].as_array().is_some_and(Vec::is_empty))
        .await;
}

#[tokio::test]
async fn the_same_agent_gets_the_same_number_again_within_the_window_and_across_a_restart() {
    let server = MailServer::start().unwrap();
    let mut world = World::start(&server, &[]).await;
    let first = world.dial("c-1", "maria.chen", "911").await;
    world.hang_up("c-1").await;
    world.backend.set_clock(3_000).unwrap();
    world.backend.kill().unwrap();
    world.backend.restart().await.unwrap();
    let second = world.dial("c-2", "maria.chen", "911").await;
    assert_eq!(first["callback_number"], second["callback_number"]);
    world.hang_up("c-2").await;
    // Held by the second call's window now.
    world.backend.set_clock(3_000 + 3_500).unwrap();
    let number = first["callback_number"].as_str().unwrap();
    assert_eq!(world.who_has(number).await["agent"], "maria.chen");
    let other = world.dial("c-3", "sam.lee", "911").await;
    assert_ne!(other["callback_number"], first["callback_number"]);
}

#[tokio::test]
async fn a_number_is_lent_within_its_platform() {
    let server = MailServer::start().unwrap();
    let world = World::start(&server, &[]).await;
    // Seattle's numbers ring in Amazon Connect.
    let body = |call: &str, platform: &str| json!({"call_id": call, "agent": "maria.chen", "dialled": "911", "platform": platform});
    let on_sip = world.post("/v1/telephony/calls", body("c-1", "sip")).await;
    assert_eq!(
        on_sip["callback_number"], "+12065550141",
        "her own: {on_sip}"
    );
    let on_connect = world
        .post("/v1/telephony/calls", body("c-2", "amazon_connect"))
        .await;
    assert!(
        on_connect["callback_number"]
            .as_str()
            .unwrap()
            .starts_with("+1206555012"),
        "{on_connect}"
    );
}
