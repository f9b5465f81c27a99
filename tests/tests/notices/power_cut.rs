//! The power goes between the answer and the mail.

use std::net::TcpListener;

use system_tests::{MailServer, Tls};

use crate::world::World;

#[tokio::test]
async fn no_notice_is_lost_between_the_answer_and_the_mail() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    // It takes connections and says nothing: a try is under way when the power goes.
    let port = listener.local_addr().unwrap().port();
    let url = format!("smtp://127.0.0.1:{port}");
    let mut world = World::start_as(&[
        ("WHEREABOUTS_SMTP_URL", &url),
        ("WHEREABOUTS_SMTP_FROM", "911-alerts@example.com"),
    ])
    .await;
    for round in 0..3 {
        world.dial(&format!("c-{round}"), "maria.chen", "911").await;
        world.backend.kill().unwrap();
        world.backend.restart().await.unwrap();
    }
    let told = world.notifications().await;
    assert_eq!(told["waiting"], 3, "{told}");
    world.backend.kill().unwrap();
    drop(listener);
    let mut server = MailServer::start_with(port, Tls::None, None).unwrap();
    world.backend.restart().await.unwrap();
    let mails = server.take(3).await.unwrap();
    let mut names: Vec<&str> = mails
        .iter()
        .filter_map(|mail| mail.header("message-id"))
        .collect();
    names.sort_unstable();
    let mut ids: Vec<String> = told["notifications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("<{}@example.com>", one["id"].as_str().unwrap()))
        .collect();
    ids.sort();
    assert_eq!(
        names, ids,
        "each under the name it had before the power went"
    );
    world.notified(|told| told["sent"] == 3).await;
}

#[tokio::test]
async fn a_call_that_only_the_journal_has_is_told_of_as_soon_as_the_store_takes_it() {
    use sqlx::{Connection as _, Executor as _, SqliteConnection, sqlite::SqliteConnectOptions};

    let mut server = MailServer::start().unwrap();
    let mut world = World::start(&server, &[]).await;
    world.sit("maria.chen", "SEA-5-181").await;
    world.dial("warm", "devon.walsh", "933").await;
    let options = SqliteConnectOptions::new().filename(world.backend.database());
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    other.execute("BEGIN EXCLUSIVE").await.unwrap();
    let answer = world.dial("c-1", "maria.chen", "911").await;
    world.backend.kill().unwrap();
    drop(other);
    world.backend.restart().await.unwrap();
    let mail = server.next().await.unwrap();
    let text = mail.unfolded();
    assert!(
        text.contains(answer["callback_number"].as_str().unwrap()),
        "{text}"
    );
    assert!(text.contains("WS 181"), "{text}");
    let told = world.notified(|told| told["sent"] == 1).await;
    assert_eq!(told["waiting"], 0, "{told}");
}
