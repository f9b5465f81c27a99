//! A receiver of web hooks that believes nothing it cannot check.

use std::{fs, sync::mpsc};

use platforms::webhook::{self, Secrets};
use serde_json::Value;
use system_tests::MailServer;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::world::World;

const SECRET: &str = "a secret of at least sixteen characters";

/// A request as it came.
struct Posted {
    head: String,
    body: String,
}

impl Posted {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .unwrap()
            .1
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Answers every request with the next of these statuses, the last one again and again.
async fn receiver(statuses: &'static [u16]) -> (String, mpsc::Receiver<Posted>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/hook/planted-token",
        listener.local_addr().unwrap()
    );
    let (sender, posted) = mpsc::channel();
    tokio::spawn(async move {
        let mut statuses = statuses.iter().copied().peekable();
        loop {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut read = Vec::new();
            let request = loop {
                let mut more = [0; 4_096];
                let count = connection.read(&mut more).await.unwrap();
                read.extend_from_slice(&more[..count]);
                let text = String::from_utf8(read.clone()).unwrap();
                let Some((head, body)) = text.split_once("\r\n\r\n") else {
                    continue;
                };
                let posted = Posted {
                    head: head.to_owned(),
                    body: body.to_owned(),
                };
                if body.len() >= posted.header("content-length").parse().unwrap() {
                    break posted;
                }
            };
            sender.send(request).ok();
            let status = statuses.next().unwrap();
            if statuses.peek().is_none() {
                statuses = std::slice::from_ref(&OK).iter().copied().peekable();
            }
            let answer =
                format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            connection.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, posted)
}

const OK: u16 = 200;

#[expect(
    clippy::disallowed_methods,
    reason = "the receiver is another machine, with a clock of its own"
)]
fn judge(posted: &Posted) {
    let (stamp, signature) = (
        posted.header(webhook::TIMESTAMP),
        posted.header(webhook::SIGNATURE),
    );
    let (body, now) = (posted.body.as_bytes(), jiff::Timestamp::now());
    let secrets = Secrets::read(SECRET).unwrap();
    assert_eq!(
        webhook::verify(&secrets, stamp, signature, body, now),
        Ok(())
    );
    let other = Secrets::read("another secret of sixteen").unwrap();
    assert!(webhook::verify(&other, stamp, signature, body, now).is_err());
}

#[tokio::test]
async fn a_hook_is_signed_repeated_under_one_name_and_never_shown() {
    let server = MailServer::start().unwrap();
    let (url, posted) = receiver(&[503, 200]).await;
    let folder = tempfile::tempdir().unwrap();
    let secret_file = folder.path().join("secret");
    fs::write(&secret_file, SECRET).unwrap();
    let world = World::start(
        &server,
        &[
            ("WHEREABOUTS_WEBHOOK_URL", &url),
            (
                "WHEREABOUTS_WEBHOOK_SECRET_FILE",
                secret_file.to_str().unwrap(),
            ),
        ],
    )
    .await;
    world.sit("maria.chen", "SEA-5-181").await;
    let answer = world.dial("c-1", "maria.chen", "911").await;
    let told = world.notified(|told| told["sent"] == 2).await;
    let first = posted.recv().unwrap();
    let second = posted.recv().unwrap();
    judge(&first);
    judge(&second);
    assert_eq!(first.header(webhook::ID), second.header(webhook::ID));
    assert_eq!(first.body, second.body);
    let body = second.json();
    assert_eq!(body["id"], second.header(webhook::ID));
    assert_eq!(
        (&body["event"], &body["call_id"]),
        (&"emergency_call".into(), &"c-1".into())
    );
    assert_eq!(body["call"]["dialled"], "911");
    assert_eq!(body["callback"]["e164"], answer["callback_number"]);
    assert_eq!(body["location"]["lines"], answer["lines"]);
    assert_eq!(body["civic_address"]["SEAT"], "WS 181");
    assert!(!format!("{told}{}", world.backend.log().unwrap()).contains("planted-token"));
}

#[tokio::test]
async fn without_a_secret_nothing_is_posted() {
    let server = MailServer::start().unwrap();
    let (url, posted) = receiver(&[200]).await;
    let world = World::start(&server, &[("WHEREABOUTS_WEBHOOK_URL", &url)]).await;
    world.dial("c-1", "nobody", "911").await;
    let told = world.notified(|told| told["dead"] == 1).await;
    assert_eq!(told["notifications"][0]["error"], "not_configured");
    assert!(posted.try_recv().is_err());
}
