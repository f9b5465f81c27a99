use std::{sync::Arc, time::Duration};

use companion::view::{CommandErrorCode, Headline, LocalErrorCode, Session};

use crate::{
    desktop::{Computer, Desktop, Stoppable},
    running::{headline, sam, seat, signed_in, signed_out},
    server::Server,
};

fn keychain_unavailable(desktop: &Desktop) -> bool {
    let code = CommandErrorCode::Local(LocalErrorCode::KeychainUnavailable);
    matches!(
        desktop.view.as_ref().map(|view| &view.session),
        Some(Session::SignedOut { error: Some(error), .. }) if error.code == code
    )
}

#[tokio::test]
async fn rotated_tokens_are_in_the_keychain() {
    let (computer, mut server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    let first = computer.keychain.held("session").unwrap();
    assert!(first.contains("access-0"));
    server.desk.expire("access-1");
    app.companion.confirm(seat()).await.unwrap();
    app.until("confirmed", |desktop| {
        headline(desktop) == Some(Headline::Confirmed)
    })
    .await;
    let second = computer.keychain.held("session").unwrap();
    assert!(second.contains("access-1") && second.contains("for-access-1"));
    assert!(second.contains("sam.ortiz") && second.contains(&server.url));
    server.stop().await;
}

#[tokio::test]
async fn signing_out_empties_the_keychain_and_the_folder_and_tells_the_server() {
    let (computer, server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    app.companion.confirm(seat()).await.unwrap();
    app.until("confirmed", |desktop| {
        headline(desktop) == Some(Headline::Confirmed)
    })
    .await;
    app.companion.sign_out().await.unwrap();
    app.until("signed out", signed_out).await;
    let gone = async {
        while computer.keychain.held("session").is_some()
            || computer.file("remembered.sealed").exists()
            || computer.file("outbox.sealed").exists()
            || server.desk.signed_out() == 0
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), gone)
        .await
        .unwrap();
    app.kill().await;
    let app = computer.start();
    app.until("the sign-in screen", signed_out).await;
}

#[tokio::test]
async fn a_corrupt_file_is_set_aside_and_the_agent_is_told() {
    let (computer, server) = (Computer::new(), Server::new().await);
    let app = signed_in(&computer, &server).await;
    app.kill().await;
    std::fs::write(computer.file("outbox.sealed"), b"noise").unwrap();
    let app = computer.start();
    let desktop = app
        .until("the notice", |desktop| {
            sam(desktop).is_some_and(|sam| !sam.notices.is_empty())
        })
        .await;
    assert_eq!(
        sam(&desktop).unwrap().notices[0].code,
        "local_state_unreadable"
    );
    assert_eq!(headline(&desktop), Some(Headline::Unknown));
    assert!(!computer.file("outbox.sealed").exists());
    assert!(computer.file("outbox.sealed.unreadable").exists());
}

#[tokio::test]
async fn without_a_keychain_nothing_is_kept_and_everything_else_works() {
    let (computer, mut server) = (Computer::new(), Server::new().await);
    computer.keychain.refuse(true);
    let app = computer.start();
    app.until("the sign-in screen", keychain_unavailable).await;
    app.companion
        .sign_in(server.url.clone(), crate::running::CODE.to_owned())
        .await
        .unwrap();
    app.until("the server's state, with a warning", |desktop| {
        sam(desktop).is_some_and(|sam| sam.keychain_unavailable)
    })
    .await;
    server.stop().await;
    app.companion.confirm(seat()).await.unwrap();
    let desktop = app
        .until("in memory only", |desktop| {
            headline(desktop) == Some(Headline::Unsent)
        })
        .await;
    let unsent = sam(&desktop).unwrap().location.unsent.clone().unwrap();
    assert!(unsent.memory_only);
    assert!(!computer.file("outbox.sealed").exists());

    computer.keychain.refuse(false);
    app.until("on disk", |desktop| {
        sam(desktop).is_some_and(|sam| {
            !sam.keychain_unavailable
                && sam
                    .location
                    .unsent
                    .as_ref()
                    .is_some_and(|unsent| !unsent.memory_only)
        })
    })
    .await;
    assert!(computer.file("outbox.sealed").exists());
    assert!(
        computer
            .keychain
            .held("session")
            .unwrap()
            .contains(&server.url)
    );
}

#[tokio::test(start_paused = true)]
async fn a_keychain_that_hangs_holds_up_nothing() {
    let computer = Computer::new();
    let hanging = computer.keychain.hang();
    let app = computer.start_by(Arc::new(Stoppable::new()));
    // A thread that hangs keeps the stopped clock from going on by itself.
    let hand_moved = async {
        loop {
            tokio::time::advance(Duration::from_millis(100)).await;
        }
    };
    tokio::select! {
        _ = app.until("the sign-in screen", keychain_unavailable) => {}
        () = hand_moved => {}
    }
    // It answers in the end, and the app takes it up.
    drop(hanging);
    app.until("the keychain", |desktop| {
        signed_out(desktop) && !keychain_unavailable(desktop)
    })
    .await;
}
