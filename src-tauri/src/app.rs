//! The app: its parts put together, and its life from the first window to the last.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use companion::{Companion, Folder, shell::Shell};
use tauri::{AppHandle, Manager, RunEvent, generate_handler};

use crate::{
    arguments::Arguments,
    commands::{self, emergency, watch},
    folders,
    keychain::SystemKeychain,
    screen::DesktopScreen,
    tray, window,
};

/// Between a fault of the companion and the next start, so that a fault that comes back at once
/// does not keep the computer busy.
const BREATH: Duration = Duration::from_secs(1);

/// Runs the app until it quits.
///
/// # Errors
/// When there is no desktop to run on.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        anyhow::bail!("there is no screen to show windows on: start it in a desktop session");
    }
    let (screen, waiting) = DesktopScreen::new();
    let shell = Shell {
        screen: Arc::new(screen.clone()),
        keychain: Arc::new(SystemKeychain),
        disk: Arc::new(Folder::new(folders::data()?)),
    };
    let (companion, running) = Companion::new(shell, arguments.into_launch(device_name()));
    let app = tauri::Builder::default()
        .manage(companion)
        .manage(screen)
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .callback(|app, words, _folder| second_start(app, words))
                .build(),
        )
        .invoke_handler(generate_handler![
            commands::call_is_over,
            commands::check,
            commands::confirm,
            commands::decline,
            commands::delete_place,
            commands::discard,
            commands::dismiss,
            commands::end_shift,
            commands::interpret,
            commands::painted,
            commands::quit_anyway,
            commands::save_place,
            commands::search_seats,
            commands::sign_in,
            commands::sign_out,
            commands::site,
            commands::sites,
            commands::snapshot,
            commands::speak,
            commands::stay,
            commands::stay_running,
            commands::watch_roster,
            emergency::audio_devices,
            emergency::call_over,
            emergency::end_call,
            emergency::fit_emergency,
            emergency::moved,
            emergency::open_sound_settings,
            emergency::report_test_call,
            emergency::shrink_emergency,
            watch::acknowledge_emergency,
            watch::acknowledge_notice,
            watch::drills,
            watch::open_address,
            watch::save_drill_table,
            watch::start_drill,
        ])
        .on_window_event(window::on_event)
        .on_menu_event(|app, event| tray::on_menu(app, &event))
        .setup(|app| {
            // A second start ends before this.
            tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
            if cfg!(not(feature = "custom-protocol")) {
                tracing::warn!("built without its screens: the development server has them");
            }
            waiting.carry_out(app.handle().clone())?;
            keep_alive(app.handle().clone(), running);
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the desktop")?;
    app.run(|_app, event| on_run(event));
    Ok(())
}

/// Runs the companion. Windows without one would show a world that stands still: should it ever
/// stop by a fault, the app starts again.
fn keep_alive(app: AppHandle, companion: impl Future<Output = ()> + Send + 'static) {
    tauri::async_runtime::spawn(async move {
        if tauri::async_runtime::spawn(companion).await.is_err() {
            // What it panicked with is in the log already, as far as it may be.
            tracing::error!("the companion stopped: starting again");
            tokio::time::sleep(BREATH).await;
            app.restart();
        }
    });
}

/// The app was started while it runs.
fn second_start(app: &AppHandle, words: Vec<String>) {
    tracing::info!("started a second time");
    let launch = Arguments::of_second_start(words).into_launch(device_name());
    app.state::<Companion>().relaunched(launch);
}

fn on_run(event: RunEvent) {
    if let RunEvent::ExitRequested {
        code: None, api, ..
    } = event
    {
        // The last window being gone is no reason to end: calls are heard of from the tray.
        api.prevent_exit();
    } else if let RunEvent::Exit = event {
        tracing::info!("ended");
    }
}

/// What this computer is called.
fn device_name() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}
