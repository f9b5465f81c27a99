//! The TypeScript the screens are written against. Run this test to write it anew; what changed
//! is then a difference in the checkout, which fails the build until it is committed.

use std::path::PathBuf;

use companion::view::{AudioDevices, CommandError, View};
use ts_rs::{Config, TS};

#[test]
fn export_bindings() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/host/bindings");
    let config = Config::new().with_large_int("number").with_out_dir(folder);
    View::export_all(&config).expect("the view's types are written");
    AudioDevices::export_all(&config).expect("the audio devices' types are written");
    companion::Declare::export_all(&config).expect("the declaration's types are written");
    CommandError::export_all(&config).expect("the errors' types are written");
    api::address::AddressCheck::export_all(&config).expect("the checks' types are written");
    api::address::Interpretation::export_all(&config).expect("the readings' types are written");
    api::break_glass::OpenedAddress::export_all(&config).expect("the opened are written");
    api::desk::DeskSession::export_all(&config).expect("the desk page's types are written");
    api::drill::Drills::export_all(&config).expect("the drills' types are written");
    api::drill::StartDrill::export_all(&config).expect("the drills' types are written");
    api::drill::StartedDrill::export_all(&config).expect("the drills' types are written");
    api::notification::Notifications::export_all(&config).expect("the notices' types are written");
    api::place::SavePlace::export_all(&config).expect("the places' types are written");
    api::roster::RosterFrame::export_all(&config).expect("the roster's types are written");
    api::site::Seats::export_all(&config).expect("the seats' types are written");
    api::site::SiteDetail::export_all(&config).expect("the sites' types are written");
    api::test_call::ReportTestCall::export_all(&config)
        .expect("what is said of a test call is written");
    api::site::Sites::export_all(&config).expect("the sites' types are written");
}
