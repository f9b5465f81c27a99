use std::fs;

use companion::Language;

use crate::{
    desktop::{Computer, Desktop},
    running::signed_out,
};

fn says(desktop: &Desktop, status: &str) -> bool {
    let tray = desktop.tray.as_ref();
    tray.is_some_and(|tray| tray.status.starts_with(status))
}

#[tokio::test]
async fn the_first_tray_speaks_the_language_that_was_chosen_before() {
    let computer = Computer::new();
    let app = computer.start();
    app.until("the sign-in screen", signed_out).await;
    app.companion.speak("da-DK".to_owned(), true);
    app.until("Danish", |desktop| says(desktop, "Log på")).await;
    app.companion.quit_anyway();
    app.until("the end", |desktop| desktop.quit).await;
    app.kill().await;

    let app = computer.start();
    let desktop = app.until("a tray", |desktop| desktop.tray.is_some()).await;
    assert!(!says(&desktop, "Starting") && !says(&desktop, "Sign in"));
    app.until("the choice", |desktop| {
        let view = desktop.view.as_ref();
        view.is_some_and(|view| view.language == Some(Language::Da))
    })
    .await;
}

#[tokio::test]
async fn a_torn_file_is_no_language_and_no_fault() {
    let computer = Computer::new();
    fs::write(computer.file("speech.json"), b"{\"tag\":\"da").unwrap();
    let app = computer.start();
    app.until("English", |desktop| says(desktop, "Sign in"))
        .await;
    fs::remove_file(computer.file("speech.json")).unwrap();
}
