//! What those who watch for emergencies may ask, and what an agent says about a notice.

use companion::{
    api::{
        break_glass::OpenedAddress,
        drill::{Drills, StartDrill, StartedDrill},
        emergency::EmergencySummary,
    },
    jiff::Timestamp,
};
use tauri::command;

use super::{Answer, Host};
use crate::folders;

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

#[command]
pub(crate) async fn start_drill(host: Host<'_>, whom: StartDrill) -> Answer<StartedDrill> {
    host.start_drill(&whom).await
}

#[command]
pub(crate) async fn drills(host: Host<'_>) -> Answer<Drills> {
    host.drills().await
}

#[command]
pub(crate) async fn save_drill_table(
    host: Host<'_>,
    drill_id: String,
    started_at: Timestamp,
) -> Answer<String> {
    host.save_drill_table(&drill_id, started_at, folders::downloads())
        .await
}
