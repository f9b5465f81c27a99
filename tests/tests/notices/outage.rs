//! A mail server that is away, slow, or refuses somebody.

use std::net::TcpListener;

use system_tests::{MailServer, Tls};

use crate::world::World;

/// A port on which nobody listens.
fn nobody() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

#[tokio::test]
async fn what_waited_through_ten_minutes_without_a_mail_server_arrives() {
    let port = nobody();
    let url = format!("smtp://127.0.0.1:{port}");
    let world = World::start_as(&[
        ("WHEREABOUTS_SMTP_URL", &url),
        ("WHEREABOUTS_SMTP_FROM", "911-alerts@example.com"),
    ])
    .await;
    world.dial("c-1", "maria.chen", "911").await;
    let told = world
        .notified(|told| told["notifications"][0]["attempts"].as_u64() > Some(0))
        .await;
    assert_eq!(told["notifications"][0]["error"], "unreachable");
    assert_eq!(told["waiting"], 1);
    // It is tried again and again while the minutes go by.
    for minute in 1..10 {
        let tried = told_attempts(&world).await;
        world.backend.set_clock(minute * 60).unwrap();
        world
            .notified(|told| told["notifications"][0]["attempts"].as_u64() > Some(tried))
            .await;
    }
    let mut server = MailServer::start_with(port, Tls::None, None).unwrap();
    world.backend.set_clock(601).unwrap();
    let mail = server.next().await.unwrap();
    assert_eq!(mail.recipient(), "wardens.seattle@example.com");
    let told = world.notified(|told| told["sent"] == 1).await;
    let name = mail.header("message-id").unwrap();
    let id = told["notifications"][0]["id"].as_str().unwrap();
    assert_eq!(name, format!("<{id}@example.com>"));
    // Warned once, not every time.
    let log = world.backend.log().unwrap();
    assert_eq!(
        log.matches("was not delivered and is tried again").count(),
        1,
        "{log}"
    );
}

async fn told_attempts(world: &World) -> u64 {
    world.notifications().await["notifications"][0]["attempts"]
        .as_u64()
        .unwrap()
}

#[tokio::test]
async fn what_cannot_be_delivered_for_too_long_is_given_up_where_people_see_it() {
    let url = format!("smtp://127.0.0.1:{}", nobody());
    let world = World::start_as(&[
        ("WHEREABOUTS_SMTP_URL", &url),
        ("WHEREABOUTS_SMTP_FROM", "911-alerts@example.com"),
    ])
    .await;
    world.dial("c-1", "maria.chen", "911").await;
    world
        .notified(|told| told["notifications"][0]["attempts"].as_u64() > Some(0))
        .await;
    world.backend.set_clock(46 * 60).unwrap();
    let told = world.notified(|told| told["dead"] == 1).await;
    assert_eq!(told["notifications"][0]["error"], "unreachable");
    world
        .counts(r#"whereabouts_notices_total{channel="mail",outcome="dead"} 1"#)
        .await;
    world.counts("whereabouts_notices_dead 1").await;
}

#[tokio::test]
async fn a_server_that_takes_half_a_minute_for_a_mail_holds_up_nobody_else() {
    let mut server = MailServer::start().unwrap();
    server.take_seconds(30.0).unwrap();
    let world = World::start(&server, &[]).await;
    world.import(
        "contacts",
        "scope,id,email,webhook\norganisation,,a@example.com;b@example.com;c@example.com,\n",
    );
    // The answer has its usual half second; dial() looks.
    world.dial("c-1", "maria.chen", "911").await;
    world.dial("c-2", "devon.walsh", "911").await;
    let began = std::time::Duration::from_millis(u64::try_from(now_ms()).unwrap());
    let mails = server.take(7).await.unwrap();
    let last = mails.iter().map(|mail| mail.at_us / 1_000).max().unwrap();
    let took = last - i64::try_from(began.as_millis()).unwrap();
    // Side by side, not one after another.
    assert!((29_000..38_000).contains(&took), "{took} ms");
    world.notified(|told| told["sent"] == 7).await;
    assert!(server.rest().is_empty(), "and nobody was told twice");
}

#[expect(
    clippy::disallowed_methods,
    reason = "compared with what another process wrote down"
)]
fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[tokio::test]
async fn one_mailbox_that_is_refused_costs_nobody_else_the_notice() {
    let mut server = MailServer::start().unwrap();
    server.refuse(&["left@example.com"]).unwrap();
    let world = World::start(&server, &[]).await;
    world.import(
        "contacts",
        "scope,id,email,webhook\norganisation,,left@example.com;desk@example.com,\n",
    );
    world.dial("c-1", "maria.chen", "911").await;
    let told = world
        .notified(|told| told["sent"] == 2 && told["dead"] == 1)
        .await;
    let dead = told["notifications"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["state"] == "dead");
    let dead = dead.unwrap();
    assert_eq!(
        (dead["recipient"].as_str(), dead["error"].as_str()),
        (Some("left@example.com"), Some("smtp_550"))
    );
    assert_eq!(dead["attempts"], 1, "nobody is asked twice for good reason");
    let mut told: Vec<String> = server
        .take(2)
        .await
        .unwrap()
        .iter()
        .map(|mail| mail.recipient().to_owned())
        .collect();
    told.sort();
    assert_eq!(told, ["desk@example.com", "wardens.seattle@example.com"]);
}
