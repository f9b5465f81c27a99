//! A fire: everybody on the floor dials at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    time::Duration,
};

use futures_util::future::join_all;
use serde_json::Value;
use system_tests::{Arrived, MailServer};

use crate::{mail::accepted_after_ms, world::World};

const CALLERS: usize = 200;
const NUMBERS: usize = 50;
const FALLBACK: &str = "+12065550198";
/// What a build without optimisation may take on a busy machine; `cargo xtask bench` holds the real one to half a
/// second.
const UNHURRIED: Duration = Duration::from_secs(4);

/// The site that burns: its own pool, and a number for everybody else.
async fn on_fire(server: &MailServer) -> World {
    let mut world = World::start(server, &[]).await;
    let mut agents = "username,display_name,country,emergency_contacts,default_site\n".to_owned();
    for caller in 0..CALLERS {
        writeln!(
            agents,
            "caller.{caller},Caller {caller},US,wardens@example.com,FIRE"
        )
        .unwrap();
    }
    world.import(
        "sites",
        &format!(
            "site_id,name,country,A1,A3,HNO,RD,STS,PC,fallback_number\n\
             FIRE,Fire,US,WA,Seattle,1,Fire,St,98121,{FALLBACK}\n"
        ),
    );
    world.import("agents", &agents);
    let mut numbers = "number,site_id,platform\n".to_owned();
    for line in 0..NUMBERS {
        writeln!(numbers, "+1425555{:04},FIRE,sip", 100 + line).unwrap();
    }
    world.import("numbers", &numbers);
    // What answers while the store is too slow knows the site from the start.
    assert!(world.backend.shut_down().await.unwrap().success());
    world.backend.restart().await.unwrap();
    world.dial("warm", "maria.chen", "911").await;
    world
}

#[tokio::test]
async fn two_hundred_calls_from_one_site_with_fifty_numbers() {
    let mut server = MailServer::start().unwrap();
    let world = on_fire(&server).await;
    server.next().await.unwrap();
    let (fire, callers) = (&world, 0..CALLERS);
    let answers = join_all(callers.map(|caller| async move {
        let (call, agent) = (format!("fire-{caller}"), format!("caller.{caller}"));
        fire.dial_and_time(&call, &agent, "911").await
    }))
    .await;
    let slowest = answers.iter().map(|(_, took)| *took).max().unwrap();
    assert!(slowest < UNHURRIED, "{slowest:?}");
    let answers: Vec<Value> = answers.into_iter().map(|(answer, _)| answer).collect();
    numbers_are_lent_once(&world, &answers).await;

    // Everybody's warden is told, and last of all what was answered.
    let told = world
        .notified(|told| told["waiting"] == 0 && calls_told(told) == CALLERS + 1)
        .await;
    assert_eq!(told["dead"], 0);
    let sent = usize::try_from(told["sent"].as_u64().unwrap()).unwrap();
    let mut mails = server.take(sent - 1).await.unwrap();
    // What was on its way when it was taken back has come too.
    mails.extend(server.rest());
    let names: BTreeSet<&str> = mails
        .iter()
        .filter_map(|mail| mail.header("message-id"))
        .collect();
    assert_eq!(names.len(), mails.len(), "no mail came twice");
    let last = last_mail_of_each(&mails);
    for answer in &answers {
        let agent = answer["agent"].as_str().unwrap();
        let number = answer["callback_number"].as_str().unwrap();
        assert!(
            last[agent].contains(number),
            "{agent} was answered {number}: {}",
            last[agent]
        );
    }
    let mut after = accepted_after_ms(&world.backend.log().unwrap());
    after.sort_unstable();
    println!(
        "{CALLERS} calls at once: slowest answer {} ms; answer -> mail accepted p50 {} ms, p95 {} ms, last {} ms",
        slowest.as_millis(),
        after[after.len() / 2],
        after[after.len() * 95 / 100],
        after[after.len() - 1]
    );
}

/// No number of the pool reaches two people; all of them are lent, unless the machine was too slow to lend.
async fn numbers_are_lent_once(world: &World, answers: &[Value]) {
    let mut lent: BTreeMap<&str, usize> = BTreeMap::new();
    for answer in answers {
        *lent
            .entry(answer["callback_number"].as_str().unwrap())
            .or_default() += 1;
    }
    let without = lent.remove(FALLBACK).unwrap_or(0);
    assert!(
        lent.values().all(|times| *times == 1),
        "none twice: {lent:?}"
    );
    assert!(
        lent.keys().all(|number| number.starts_with("+14255550")),
        "no other site's: {lent:?}"
    );
    assert_eq!(lent.len() + without, CALLERS);
    if answers.iter().all(|answer| answer["degraded"] == false) {
        assert_eq!(lent.len(), NUMBERS, "every number of the site's pool");
        // It has run dry, and whoever can do something about it is told.
        let free = r#"whereabouts_pool_free{country="US",site="FIRE"} 0"#;
        world.counts(free).await;
        let sam = system_tests::sign_in(&world.backend, "sam.ortiz")
            .await
            .unwrap();
        let notices = sam.me().await.unwrap().notices;
        assert!(
            notices
                .iter()
                .any(|notice| notice.code == "callback_pool_low"),
            "{notices:?}"
        );
    }
    // Each leads back to the one who holds it, and the shared one to people who can find out.
    let holder = |answer: &&Value| lent.contains_key(answer["callback_number"].as_str().unwrap());
    let holder = answers.iter().find(holder).unwrap();
    let route = world
        .who_has(holder["callback_number"].as_str().unwrap())
        .await;
    assert_eq!(
        (&route["decision"], &route["agent"]),
        (&"agent".into(), &holder["agent"])
    );
    assert_eq!(world.who_has(FALLBACK).await["decision"], "security_desk");
}

/// Of how many calls somebody was told.
fn calls_told(told: &Value) -> usize {
    let told = told["notifications"].as_array().unwrap().iter();
    let calls: BTreeSet<&str> = told.filter_map(|one| one["call_id"].as_str()).collect();
    calls.len()
}

/// The text of the last mail about each agent.
fn last_mail_of_each(mails: &[Arrived]) -> BTreeMap<String, String> {
    let mut last = BTreeMap::new();
    for mail in mails {
        let text = mail.unfolded();
        let agent = text
            .split_once("(caller.")
            .and_then(|(_, rest)| rest.split_once(')'));
        let agent = format!("caller.{}", agent.unwrap().0);
        last.insert(agent, text);
    }
    last
}
