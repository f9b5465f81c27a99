use std::time::Duration;

use companion::view::{Connection, Headline};
use jiff::SignedDuration;
use location::Status;

use crate::{
    rig::Rig,
    sample::{me, served, serving},
};

const HOUR: Duration = Duration::from_secs(3_600);

#[test]
fn time_makes_it_stale_without_anybody_saying_so() {
    let mut rig = Rig::with(serving(1, served(1)));
    rig.lost();
    rig.wait(12 * HOUR - Duration::from_secs(1));
    assert_eq!(rig.headline(), Headline::Confirmed);
    rig.wait(Duration::from_secs(1));
    assert_eq!(rig.headline(), Headline::Stale);
    let location = &rig.maria().location;
    assert_eq!(location.served.as_ref().unwrap().status, Status::Stale);
    insta::assert_yaml_snapshot!(rig.tray.as_ref().unwrap().status, @"Please confirm where you are again");
}

#[test]
fn sleeping_over_the_end_of_the_shift_makes_it_stale() {
    let mut rig = Rig::with(serving(1, served(1)));
    let before = rig.stream;
    rig.sleep(13 * HOUR);
    assert_eq!(rig.headline(), Headline::Stale);
    assert_ne!(rig.stream, before, "everything is read again");
    assert_eq!(rig.view.connection, Connection::Connecting);
}

#[test]
fn a_clock_that_somebody_sets_changes_nothing() {
    for hours in [-48, -1, 1, 48] {
        let mut rig = Rig::with(serving(1, served(1)));
        rig.lost();
        let skew = rig.view.clock_skew_ms;
        rig.now.wall += SignedDuration::from_hours(hours);
        rig.wait(HOUR);
        assert_eq!(rig.headline(), Headline::Confirmed, "{hours} hours");
        let moved = rig.view.clock_skew_ms - skew + hours * 3_600_000;
        assert!(moved.abs() < 1_000, "the windows add it to their clock");
        rig.wait(11 * HOUR);
        assert_eq!(rig.headline(), Headline::Stale, "{hours} hours");
    }
}

#[test]
fn a_clock_that_somebody_sets_does_not_make_a_declaration_younger() {
    let mut rig = Rig::saved_here(me(1));
    rig.wait(HOUR);
    rig.now.wall -= SignedDuration::from_hours(1);
    rig.opened();
    assert_eq!(rig.headline(), Headline::AskAgain);
}

#[test]
fn sleeping_does_not_keep_a_declaration_young() {
    let mut rig = Rig::saved_here(me(1));
    rig.sleep(8 * HOUR);
    rig.opened();
    assert!(rig.sent.is_empty());
    assert_eq!(rig.headline(), Headline::AskAgain);
}

#[test]
fn a_computer_whose_clock_is_wrong_shows_what_the_server_means() {
    let mut rig = Rig::new();
    rig.session = Some(crate::rig::maria());
    // A year ahead. The server's `Date` is right.
    rig.now.wall += SignedDuration::from_hours(24 * 365);
    rig.start();
    rig.opened();
    rig.pushed(serving(1, served(1)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    let skew = rig.view.clock_skew_ms + 24 * 365 * 3_600_000;
    assert!((0..1_000).contains(&skew), "{skew}");
}

#[test]
fn nothing_happening_changes_nothing() {
    let mut rig = Rig::with(serving(1, served(1)));
    let views = rig.views;
    rig.wait(HOUR);
    assert_eq!(rig.views, views);
}

#[test]
fn being_offline_says_since_when_and_until_when() {
    let mut rig = Rig::with(me(1));
    rig.lost();
    rig.wait(Duration::from_secs(5));
    rig.lost();
    insta::assert_yaml_snapshot!(rig.view.connection, @r#"
    state: offline
    since: "2026-11-20T09:00:00Z"
    retry_at: "2026-11-20T09:00:10Z"
    "#);
}
