//! Mail servers that want TLS and a sign-in.

use std::{fs, path::PathBuf};

use system_tests::{MailServer, Tls};
use tempfile::TempDir;

use crate::world::World;

/// A certificate for this machine, its key, and a password file.
struct Papers {
    folder: TempDir,
}

impl Papers {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
        let rcgen::CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(names).unwrap();
        fs::write(folder.path().join("certificate.pem"), cert.pem()).unwrap();
        fs::write(folder.path().join("key.pem"), signing_key.serialize_pem()).unwrap();
        fs::write(folder.path().join("password"), "correct horse\n").unwrap();
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.file(name).to_str().unwrap().to_owned()
    }

    async fn world(&self, url: &str, trusted: bool) -> World {
        let (password, root) = (self.text("password"), self.text("certificate.pem"));
        let mut settings = vec![
            ("WHEREABOUTS_SMTP_URL", url),
            ("WHEREABOUTS_SMTP_FROM", "Alerts <911-alerts@example.com>"),
            ("WHEREABOUTS_SMTP_USERNAME", "whereabouts"),
            ("WHEREABOUTS_SMTP_PASSWORD_FILE", &password),
        ];
        if trusted {
            settings.push(("WHEREABOUTS_SMTP_CA_FILE", &root));
        }
        World::start_as(&settings).await
    }
}

#[tokio::test]
async fn mail_goes_out_after_starttls_and_a_sign_in() {
    let papers = Papers::new();
    let (certificate, key) = (papers.file("certificate.pem"), papers.file("key.pem"));
    let tls = Tls::StartTls(&certificate, &key);
    let mut server =
        MailServer::start_with(0, tls, Some(("whereabouts", "correct horse"))).unwrap();
    let url = format!("smtp+starttls://127.0.0.1:{}", server.port());
    let world = papers.world(&url, true).await;
    world.dial("c-1", "maria.chen", "911").await;
    assert_eq!(
        server.next().await.unwrap().recipient(),
        "wardens.seattle@example.com"
    );
    world.dial("c-2", "maria.chen", "911").await;
    server.next().await.unwrap();
    world.notified(|told| told["sent"] == 2).await;
}

#[tokio::test]
async fn mail_goes_out_over_tls_from_the_first_byte() {
    let papers = Papers::new();
    let (certificate, key) = (papers.file("certificate.pem"), papers.file("key.pem"));
    let mut server = MailServer::start_with(0, Tls::Implicit(&certificate, &key), None).unwrap();
    let url = format!("smtps://127.0.0.1:{}", server.port());
    let settings = [
        ("WHEREABOUTS_SMTP_URL", url.as_str()),
        ("WHEREABOUTS_SMTP_FROM", "911-alerts@example.com"),
        ("WHEREABOUTS_SMTP_CA_FILE", certificate.to_str().unwrap()),
    ];
    let world = World::start_as(&settings).await;
    world.dial("c-1", "maria.chen", "911").await;
    assert_eq!(
        server.next().await.unwrap().recipient(),
        "wardens.seattle@example.com"
    );
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_gets_no_mail() {
    let papers = Papers::new();
    let (certificate, key) = (papers.file("certificate.pem"), papers.file("key.pem"));
    let mut server = MailServer::start_with(0, Tls::StartTls(&certificate, &key), None).unwrap();
    let url = format!("smtp+starttls://127.0.0.1:{}", server.port());
    let world = papers.world(&url, false).await;
    world.dial("c-1", "maria.chen", "911").await;
    let told = world
        .notified(|told| told["notifications"][0]["attempts"].as_u64() > Some(0))
        .await;
    // It is tried again: somebody may put the certificate right.
    assert_eq!(told["waiting"], 1, "{told}");
    assert!(server.rest().is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_put_right_and_the_mail_is_still_there() {
    let papers = Papers::new();
    let (certificate, key) = (papers.file("certificate.pem"), papers.file("key.pem"));
    let tls = Tls::StartTls(&certificate, &key);
    let mut server =
        MailServer::start_with(0, tls, Some(("whereabouts", "correct horse"))).unwrap();
    fs::write(papers.file("password"), "wrong\n").unwrap();
    let url = format!("smtp+starttls://127.0.0.1:{}", server.port());
    let mut world = papers.world(&url, true).await;
    world.dial("c-1", "maria.chen", "911").await;
    let told = world
        .notified(|told| told["notifications"][0]["attempts"].as_u64() > Some(0))
        .await;
    assert_eq!(told["notifications"][0]["error"], "smtp_535", "{told}");
    fs::write(papers.file("password"), "correct horse\n").unwrap();
    world.backend.shut_down().await.unwrap();
    world.backend.restart().await.unwrap();
    server.next().await.unwrap();
    assert!(!world.backend.log().unwrap().contains("correct horse"));
}
