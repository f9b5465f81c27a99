//! What only the emergency window may ask.

use companion::{api::test_call::ReportTestCall, view::AudioDevices};
use tauri::{State, command};

use super::{Answer, Host};
use crate::{audio, screen::DesktopScreen};

#[command]
pub(crate) async fn audio_devices() -> Answer<AudioDevices> {
    audio::devices().await
}

#[command]
pub(crate) async fn call_over(host: Host<'_>) -> Answer<()> {
    host.call_over().await
}

#[command]
pub(crate) async fn end_call(host: Host<'_>) -> Answer<()> {
    host.end_call().await
}

#[command]
pub(crate) fn moved(host: Host<'_>) {
    host.moved();
}

#[command]
pub(crate) async fn report_test_call(
    host: Host<'_>,
    call_id: String,
    report: ReportTestCall,
) -> Answer<()> {
    host.report_test_call(call_id, report).await
}

#[command]
pub(crate) async fn open_sound_settings() -> Answer<()> {
    audio::open_settings().await
}

#[command]
pub(crate) fn fit_emergency(screen: State<'_, DesktopScreen>, height: f64) {
    screen.fit_emergency(height);
}

#[command]
pub(crate) fn shrink_emergency(screen: State<'_, DesktopScreen>, small: bool) {
    screen.shrink_emergency(small);
}
