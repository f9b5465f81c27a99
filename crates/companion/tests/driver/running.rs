use api::emergency::Phase;
use companion::{
    Declare,
    shell::Window,
    tray::{Action, Icon},
    view::{CommandErrorCode, Connection, Headline, LocalErrorCode, Session, SignedIn},
};
use serde_json::json;

use crate::{
    desktop::{App, Computer, Desktop},
    server::Server,
};

pub(crate) const CODE: &str = "ABCD-EFGH-JKLM";

pub(crate) fn sam(desktop: &Desktop) -> Option<&SignedIn> {
    match &desktop.view.as_ref()?.session {
        Session::SignedIn(signed_in) => Some(signed_in),
        Session::SignedOut { .. } | Session::Starting => None,
    }
}

pub(crate) fn headline(desktop: &Desktop) -> Option<Headline> {
    sam(desktop).map(|sam| sam.location.headline)
}

pub(crate) fn signed_out(desktop: &Desktop) -> bool {
    let session = desktop.view.as_ref().map(|view| &view.session);
    matches!(session, Some(Session::SignedOut { .. }))
}

fn connection(desktop: &Desktop) -> Option<&Connection> {
    desktop.view.as_ref().map(|view| &view.connection)
}

pub(crate) fn seat() -> Declare {
    serde_json::from_value(json!({
        "place": {"seat": "SEA-5-181"}, "label": "WS 181", "class": "seat",
        "lines": ["WS 181, floor 5, 2121 7th Ave"],
    }))
    .unwrap()
}

/// Signed in and connected.
pub(crate) async fn signed_in(computer: &Computer, server: &Server) -> App {
    let app = computer.start();
    app.until("the sign-in screen", signed_out).await;
    app.companion
        .sign_in(server.url.clone(), CODE.to_owned())
        .await
        .unwrap();
    app.until("the server's state", |desktop| sam(desktop).is_some())
        .await;
    app
}

#[tokio::test]
async fn the_first_journey_and_a_restart() {
    let (computer, server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    app.companion.confirm(seat()).await.unwrap();
    app.until("confirmed", |desktop| {
        headline(desktop) == Some(Headline::Confirmed)
            && desktop.tray.as_ref().unwrap().icon == Icon::Check
    })
    .await;
    app.kill().await;

    // No code is asked for a second time, and what is served is asked of the server.
    let app = computer.start();
    let desktop = app
        .until("confirmed again", |desktop| {
            headline(desktop) == Some(Headline::Confirmed)
        })
        .await;
    assert!(desktop.windows.is_empty());
    assert_eq!(app.companion.snapshot(), desktop.view.unwrap());
    // Killed before it had forgotten what was sent, it says the same once more, under the same key.
    let mut declared = server.desk.declared();
    declared.dedup_by(|one, other| one.0 == other.0);
    assert_eq!(declared.len(), 1);
}

#[tokio::test]
async fn a_wrong_code_is_said_and_nothing_is_kept() {
    let (computer, server) = (Computer::new(), Server::new().await);
    let app = computer.start();
    app.until("the sign-in screen", signed_out).await;
    let error = app
        .companion
        .sign_in(server.url.clone(), "WRONG".to_owned())
        .await
        .unwrap_err();
    assert_eq!(
        error.code,
        CommandErrorCode::Server(api::error::ErrorCode::CodeUnknown)
    );
    assert_eq!(computer.keychain.held("session"), None);
    let error = app.companion.sites().await.unwrap_err();
    assert_eq!(
        error.code,
        CommandErrorCode::Local(LocalErrorCode::NotSignedIn)
    );
}

#[tokio::test]
async fn offline_and_back_through_kill_9() {
    let (computer, mut server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    server.stop().await;
    app.until("offline", |desktop| {
        matches!(connection(desktop), Some(Connection::Offline { .. }))
    })
    .await;
    app.companion.confirm(seat()).await.unwrap();
    app.until("saved here", |desktop| {
        headline(desktop) == Some(Headline::Unsent)
    })
    .await;
    let file = std::fs::read(computer.file("outbox.sealed")).unwrap();
    assert!(
        !file.windows(8).any(|part| part == b"7th Ave\""),
        "what is kept is sealed"
    );
    app.kill().await;

    let app = computer.start();
    app.until("still saved here", |desktop| {
        headline(desktop) == Some(Headline::Unsent)
    })
    .await;
    server.start().await;
    app.until("confirmed", |desktop| {
        headline(desktop) == Some(Headline::Confirmed)
    })
    .await;
    let declared = server.desk.declared();
    assert_eq!(declared.len(), 1, "it was sent once");
    let age = declared[0].1["declared_age_seconds"].as_u64().unwrap();
    assert!(age <= 60, "{age} s");
    // What the server has need not be kept; the file goes after the window says so.
    app.companion.discard().await.unwrap();
    app.kill().await;
    let app = computer.start();
    app.until("confirmed again", |desktop| {
        headline(desktop) == Some(Headline::Confirmed)
    })
    .await;
    assert_eq!(server.desk.declared().len(), 1);
}

#[tokio::test]
async fn a_call_survives_kill_9_without_the_server() {
    let (computer, mut server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    server.desk.push(|state| {
        state["emergency"] = json!({
            "call_id": "c", "dialled": "911", "test": false, "phase": "open",
            "started_at": jiff_now(), "ended_at": null, "ended_by": null,
            "callback_number": "+12065550123", "callback_until": null,
            "callback_until_final": false, "callback": {"state": "none", "since": null},
            "lines": ["WS 181"], "location_status": "confirmed", "since": null,
            "presence": null, "presence_trouble": null, "can_end_call": false, "acknowledged_by": [],
        });
    });
    app.until("the emergency window", |desktop| {
        desktop.windows.contains("emergency")
    })
    .await;
    app.companion.painted(Window::Emergency);
    wait_for_file(&computer, "remembered.sealed").await;
    server.stop().await;
    app.until("it is said to be old", |desktop| {
        let view = desktop.view.as_ref().unwrap();
        view.emergency.as_ref().is_some_and(|call| call.last_known)
    })
    .await;
    app.kill().await;

    let app = computer.start();
    let desktop = app
        .until("the emergency window again", |desktop| {
            desktop.windows.contains("emergency")
        })
        .await;
    let call = desktop.view.unwrap().emergency.unwrap();
    assert!(call.last_known);
    assert_eq!(call.emergency.phase, Phase::Open);
    assert_eq!(
        call.callback_number_grouped.as_deref(),
        Some("(206) 555-0123")
    );

    server.desk.push(|state| state["emergency"] = json!(null));
    server.start().await;
    app.until("it is gone", |desktop| desktop.windows.is_empty())
        .await;
}

#[tokio::test]
async fn the_roster_comes_while_the_window_shows_it() {
    let (computer, server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    app.companion.choose(Action::Open);
    app.until("the main window", |desktop| {
        desktop.windows.contains("main")
    })
    .await;
    app.companion.opened(Window::Main);
    app.companion.watch_roster(true);
    let desktop = app
        .until("the roster", |desktop| desktop.roster.is_some())
        .await;
    assert!(desktop.roster.unwrap().complete);
}

#[tokio::test]
async fn quitting_waits_for_what_is_being_written() {
    let (computer, mut server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    server.stop().await;
    app.companion.confirm(seat()).await.unwrap();
    app.companion.quit_anyway();
    app.until("the end", |desktop| desktop.quit).await;
    assert!(computer.file("outbox.sealed").exists());
}

pub(crate) fn jiff_now() -> String {
    use companion::clock::{Clock, SystemClock};
    SystemClock.now().wall.to_string()
}

/// The write of what is remembered has no answer to wait for.
async fn wait_for_file(computer: &Computer, name: &str) {
    let file = computer.file(name);
    let there = async {
        while !file.exists() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), there)
        .await
        .unwrap();
}
