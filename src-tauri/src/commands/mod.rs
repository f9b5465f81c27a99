//! What the windows may ask. Every command forwards; who may call which is in `capabilities/`.
#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands its arguments over"
)]

pub(crate) mod emergency;
pub(crate) mod watch;

use companion::{
    Companion, Declare,
    api::{
        address::{AddressCheck, Interpretation},
        place::{Place, SavePlace},
        site::{Seats, SiteDetail, Sites},
    },
    location::CivicAddress,
    view::{CommandError, View},
};
use tauri::{State, WebviewWindow, command};

use crate::window;

type Host<'a> = State<'a, Companion>;
type Answer<T> = Result<T, CommandError>;

#[command]
pub(crate) fn snapshot(host: Host<'_>) -> View {
    host.snapshot()
}

#[command]
pub(crate) fn painted(host: Host<'_>, webview: WebviewWindow) {
    if let Some(window) = window::of_label(webview.label()) {
        host.painted(window);
    }
}

#[command]
pub(crate) async fn sign_in(host: Host<'_>, server: String, code: String) -> Answer<()> {
    host.sign_in(server, code).await
}

#[command]
pub(crate) async fn sign_out(host: Host<'_>) -> Answer<()> {
    host.sign_out().await
}

#[command]
pub(crate) async fn confirm(host: Host<'_>, declare: Declare) -> Answer<()> {
    host.confirm(declare).await
}

#[command]
pub(crate) async fn decline(host: Host<'_>, reason: String) -> Answer<()> {
    host.decline(reason).await
}

#[command]
pub(crate) async fn end_shift(host: Host<'_>) -> Answer<()> {
    host.end_shift().await
}

#[command]
pub(crate) async fn discard(host: Host<'_>) -> Answer<()> {
    host.discard().await
}

#[command]
pub(crate) fn stay(host: Host<'_>) {
    host.stay();
}

#[command]
pub(crate) fn speak(host: Host<'_>, tag: String, chosen: bool) {
    host.speak(tag, chosen);
}

#[command]
pub(crate) fn dismiss(host: Host<'_>, code: String) {
    host.dismiss(code);
}

#[command]
pub(crate) async fn search_seats(host: Host<'_>, query: String) -> Answer<Seats> {
    host.search_seats(query).await
}

#[command]
pub(crate) async fn sites(host: Host<'_>) -> Answer<Sites> {
    host.sites().await
}

#[command]
pub(crate) async fn site(host: Host<'_>, site_id: String) -> Answer<SiteDetail> {
    host.site(site_id).await
}

#[command]
pub(crate) fn interpret(host: Host<'_>, text: &str, country: Option<&str>) -> Interpretation {
    host.interpret(text, country)
}

#[command]
pub(crate) async fn check(host: Host<'_>, address: CivicAddress) -> Answer<AddressCheck> {
    host.check(address).await
}

#[command]
pub(crate) async fn save_place(
    host: Host<'_>,
    id: Option<String>,
    place: SavePlace,
) -> Answer<Place> {
    host.save_place(id, place).await
}

#[command]
pub(crate) async fn delete_place(host: Host<'_>, id: String) -> Answer<()> {
    host.delete_place(id).await
}

#[command]
pub(crate) async fn call_is_over(host: Host<'_>, reference: String) -> Answer<()> {
    host.call_is_over(reference).await
}

#[command]
pub(crate) fn watch_roster(host: Host<'_>, watching: bool) {
    host.watch_roster(watching);
}

#[command]
pub(crate) fn quit_anyway(host: Host<'_>) {
    host.quit_anyway();
}

#[command]
pub(crate) fn stay_running(host: Host<'_>) {
    host.stay_running();
}
