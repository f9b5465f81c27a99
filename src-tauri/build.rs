//! Writes down which commands exist, so that each window may call only those it was given, and
//! refuses to build an app without its screens.

use std::{env, path::Path};

/// Every command of the app. A capability file in `capabilities/` names who may call it.
const COMMANDS: &[&str] = &[
    "acknowledge_emergency",
    "acknowledge_notice",
    "audio_devices",
    "call_is_over",
    "call_over",
    "check",
    "confirm",
    "decline",
    "delete_place",
    "discard",
    "dismiss",
    "drills",
    "end_call",
    "end_shift",
    "fit_emergency",
    "interpret",
    "moved",
    "open_address",
    "open_sound_settings",
    "painted",
    "quit_anyway",
    "report_test_call",
    "save_drill_table",
    "save_place",
    "search_seats",
    "shrink_emergency",
    "sign_in",
    "sign_out",
    "site",
    "sites",
    "snapshot",
    "speak",
    "start_drill",
    "stay",
    "stay_running",
    "watch_roster",
];

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script about features by the environment"
)]
fn main() {
    let screens = Path::new("../ui/dist/index.html");
    println!("cargo::rerun-if-changed={}", screens.display());
    if env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_some() && !screens.exists() {
        println!("cargo::error=the screens are not built: ui/dist/index.html is missing");
        println!("cargo::error=build them with: npm ci && npm run build -w ui");
        return;
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        println!("cargo::error={error:#}");
    }
}
