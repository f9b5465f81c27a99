//! Nobody says that they are on it, and the next people are told by mail.

use serde_json::Value;
use system_tests::{MailServer, sign_in};

use crate::world::World;

const CONTACTS: &str = "scope,id,email,tier\n\
                        organisation,,desk@example.com,\n\
                        organisation,,lead@example.com,1\n\
                        organisation,,chief@example.com,2\n";

#[tokio::test]
async fn the_next_people_are_told_after_a_power_cut_and_nobody_once_it_is_in_hand() {
    let mut server = MailServer::start().unwrap();
    let timetable = [("WHEREABOUTS_POLICY_ESCALATE_AFTER_SECONDS", "[3, 30]")];
    let mut world = World::start(&server, &timetable).await;
    world.import("contacts", CONTACTS);
    // Of nobody we know, so nobody's own contacts are told.
    world.dial("c-1", "some.body", "911").await;
    // Killed before the next tier is due, and back when it is.
    world.backend.kill().unwrap();
    world.backend.restart().await.unwrap();
    let mut said = Vec::new();
    for mail in server.take(2).await.unwrap() {
        let late = mail
            .unfolded()
            .contains("nobody has said that they are handling this call");
        said.push((mail.recipient().to_owned(), late));
    }
    said.sort();
    let expected = [("desk@example.com", false), ("lead@example.com", true)];
    assert_eq!(said, expected.map(|(to, late)| (to.to_owned(), late)));
    let told = world.notified(|told| told["sent"] == 2).await;
    assert_eq!(tiers(&told), [0, 1]);
    // Somebody is on it: the administrator's colleagues sleep on.
    let desk = sign_in(&world.backend, "desk.one").await.unwrap();
    let seen = &desk.emergencies().await.unwrap().emergencies[0];
    assert!(seen.alerts_you && seen.tier == 1);
    let handled = desk
        .acknowledge_emergency(&seen.emergency.reference)
        .await
        .unwrap();
    assert!(!handled.alerts_you && handled.handled_by_you);
    world
        .counts("whereabouts_acknowledge_seconds_count 1")
        .await;
    world
        .counts("whereabouts_escalations_total{tier=\"1\"} 1")
        .await;
    world.backend.kill().unwrap();
    world.backend.restart().await.unwrap();
    let kept = &desk.emergencies().await.unwrap().emergencies[0];
    assert_eq!(
        kept.emergency.acknowledged_by,
        handled.emergency.acknowledged_by
    );
    assert_eq!(tiers(&world.notifications().await), [0, 1]);
}

fn tiers(told: &Value) -> Vec<u64> {
    let notices = told["notifications"].as_array().unwrap().iter();
    let mut tiers: Vec<u64> = notices.map(|one| one["tier"].as_u64().unwrap()).collect();
    tiers.sort_unstable();
    tiers
}
