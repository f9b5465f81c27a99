use std::time::Duration;

use client::Watched;
use companion::{
    core::{Input, Tell},
    shell::Window,
};

use crate::{
    rig::Rig,
    sample::{agent, call, me, read, roster},
};

fn supervisor(role: &str) -> Rig {
    let mut sam = me(1);
    sam.agent = read(agent(role));
    let mut rig = Rig::with(sam);
    rig.tell(Tell::Opened(Window::Main));
    rig.tell(Tell::WatchRoster(true));
    rig
}

fn pushed(rig: &mut Rig, frame: api::roster::RosterFrame) {
    let id = rig.roster_stream.unwrap();
    rig.input(Input::Roster(id, Watched::Frame(frame)));
}

#[test]
fn only_supervisors_and_the_security_desk_see_it_and_only_while_they_look() {
    for (role, sees) in [
        ("admin", false),
        ("agent", false),
        ("security", true),
        ("supervisor", true),
    ] {
        let mut rig = supervisor(role);
        assert_eq!(rig.roster_stream.is_some(), sees, "{role}");
        rig.tell(Tell::Closed(Window::Main));
        assert_eq!(rig.roster_stream, None);
        rig.tell(Tell::Opened(Window::Main));
        assert_eq!(rig.roster_stream, None, "until the window asks again");
    }
}

#[test]
fn changes_are_merged_into_one_whole() {
    let mut rig = supervisor("supervisor");
    let first = roster(
        true,
        &[("zoe", "seat", Some("WS 2")), ("ada", "seat", Some("WS 1"))],
    );
    pushed(&mut rig, first);
    rig.wait(Duration::from_secs(1));
    let mut change = roster(false, &[("zoe", "seat", Some("WS 3"))]);
    change.emergencies = vec![read(serde_json::json!({
        "username": "zoe", "display_name": "ZOE", "team": "North", "site": null,
        "emergency": call(), "address_locked": true,
    }))];
    pushed(&mut rig, change);
    let whole = rig.roster.last().unwrap();
    assert!(whole.complete);
    let rows: Vec<_> = whole
        .rows
        .iter()
        .map(|row| (&*row.username, row.seat.as_deref()))
        .collect();
    assert_eq!(rows, [("ada", Some("WS 1")), ("zoe", Some("WS 3"))]);
    assert!(
        whole.emergencies[0].emergency.lines.is_empty(),
        "whatever the server sends, a locked address is not shown"
    );
}

#[test]
fn nobodys_home_is_shown() {
    let mut rig = supervisor("security");
    pushed(
        &mut rig,
        roster(true, &[("devon", "home", Some("12 Elm St"))]),
    );
    let row = &rig.roster[0].rows[0];
    assert_eq!((&row.site, &row.seat), (&None, &None));
}

#[test]
fn a_storm_of_changes_becomes_a_few_rosters() {
    let mut rig = supervisor("supervisor");
    pushed(&mut rig, roster(true, &[]));
    for number in 0..500_u64 {
        let name = format!("agent.{number:03}");
        pushed(&mut rig, roster(false, &[(&name, "seat", None)]));
        rig.wait(Duration::from_millis(2));
    }
    rig.wait(Duration::from_secs(1));
    assert!(
        rig.roster.len() <= 7,
        "{} rosters in a second",
        rig.roster.len()
    );
    assert_eq!(
        rig.roster.last().unwrap().rows.len(),
        500,
        "and none is lost"
    );
}

#[test]
fn a_window_that_is_made_anew_gets_the_whole_again() {
    let mut rig = supervisor("supervisor");
    pushed(&mut rig, roster(true, &[("ada", "seat", None)]));
    rig.wait(Duration::from_secs(1));
    let before = rig.roster.len();
    rig.tell(Tell::WatchRoster(true));
    assert_eq!(rig.roster.len(), before + 1);
}

#[test]
fn another_role_ends_it() {
    let mut rig = supervisor("supervisor");
    let id = rig.roster_stream.unwrap();
    rig.pushed(me(2));
    assert_eq!(rig.roster_stream, None);
    rig.input(Input::Roster(id, Watched::Frame(roster(true, &[]))));
    assert!(rig.roster.is_empty());
}
