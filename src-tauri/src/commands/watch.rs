//! What those who watch for emergencies may ask, and what an agent says about a notice.

use companion::api::{break_glass::OpenedAddress, emergency::EmergencySummary};
use tauri::command;

use super::{Answer, Host};

#[command]
pub(crate) async fn acknowledge_emergency(
    host: Host<'_>,
    reference: String,
) -> Answer<EmergencySummary> {
    host.acknowledge_emergency(&reference).await
}

#[command]
pub(crate) async fn acknowledge_notice(
    host: Host<'_>,
    notice: String,
    version: String,
    locale: String,
) -> Answer<()> {
    host.acknowledge_notice(notice, version, locale).await
}

#[command]
pub(crate) async fn open_address(
    host: Host<'_>,
    username: String,
    reason: Option<String>,
) -> Answer<OpenedAddress> {
    host.open_address(&username, reason).await
}
