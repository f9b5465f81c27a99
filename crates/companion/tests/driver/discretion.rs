//! What the app writes down about itself.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use companion::view::{Connection, Headline};
use serde_json::json;
use tracing::level_filters::LevelFilter;

use crate::{
    desktop::Computer,
    running::{CODE, headline, jiff_now, seat, signed_in},
    server::Server,
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_address_number_code_or_token_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::INFO)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .init();

    let (computer, mut server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    server.desk.push(|state| {
        state["places"] = json!([{
            "id": "p1", "label": "Planted cabin", "class": "home",
            "civic_address": {"RD": "Planted"}, "lines": ["12 Planted St"],
            "verdict": "valid", "confirmed_at": null,
        }]);
        state["emergency"] = json!({
            "call_id": "c", "dialled": "911", "test": false, "phase": "open",
            "started_at": jiff_now(), "ended_at": null, "ended_by": null,
            "callback_number": "+12065550123", "callback_until": null,
            "callback_until_final": false, "callback": {"state": "ringing", "since": null},
            "lines": ["12 Planted St"], "location_status": "confirmed", "since": null,
            "presence": null, "presence_trouble": null, "can_end_call": false, "acknowledged_by": [],
        });
    });
    app.until("the emergency window", |desktop| {
        desktop.windows.contains("emergency")
    })
    .await;
    server.desk.expire("access-1");
    app.companion.site("Planted".to_owned()).await.unwrap_err();
    server.stop().await;
    app.until("offline", |desktop| {
        let view = desktop.view.as_ref().unwrap();
        matches!(view.connection, Connection::Offline { .. })
    })
    .await;
    computer.keychain.refuse(true);
    app.companion.confirm(seat()).await.unwrap();
    app.until("saved here", |desktop| {
        headline(desktop) == Some(Headline::Unsent)
    })
    .await;
    app.kill().await;
    computer.keychain.refuse(false);
    std::fs::write(computer.file("outbox.sealed"), b"12 Planted St").unwrap();
    let app = computer.start();
    app.until("the emergency window again", |desktop| {
        desktop.windows.contains("emergency")
    })
    .await;

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        log.contains("not connected"),
        "the log is listened to: {log}"
    );
    assert!(log.contains("set aside"), "the log is listened to: {log}");
    for secret in ["Planted", "7th Ave", "5550123", CODE, "access-", "Bearer"] {
        assert!(!log.contains(secret), "{secret} in the log: {log}");
    }
}
