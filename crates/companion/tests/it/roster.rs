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
fn only_supervisors_and_the_security_desk_watch_it_and_also_from_the_tray() {
    for (role, sees) in [
        ("admin", false),
        ("agent", false),
        ("security", true),
        ("supervisor", true),
    ] {
        let mut rig = supervisor(role);
        assert_eq!(rig.roster_stream.is_some(), sees, "{role}");
        rig.tell(Tell::Closed(Window::Main));
        assert_eq!(rig.roster_stream.is_some(), sees, "{role}");
    }
}

#[test]
fn nothing_is_sent_to_a_window_that_is_not_there_or_shows_something_else() {
    let mut rig = supervisor("supervisor");
    pushed(&mut rig, roster(true, &[("ada", "seat", None)]));
    rig.wait(Duration::from_secs(1));
    rig.tell(Tell::WatchRoster(false));
    pushed(&mut rig, roster(false, &[("zoe", "seat", None)]));
    rig.wait(Duration::from_secs(1));
    assert_eq!(rig.roster.len(), 1);
    rig.tell(Tell::WatchRoster(true));
    assert_eq!(rig.roster[1].rows.len(), 2, "what came meanwhile is there");
}

/// Open calls, by their references; all alert whoever is told.
fn calls(references: &[&str]) -> api::roster::RosterFrame {
    let mut frame = roster(false, &[]);
    for reference in references {
        let mut emergency = call();
        (*reference).clone_into(&mut emergency.reference);
        frame.emergencies.push(read(serde_json::json!({
            "username": "zoe", "display_name": "ZOE", "team": "North", "site": null,
            "emergency": emergency, "address_locked": true, "alerts_you": true,
        })));
    }
    frame
}

#[test]
fn a_call_of_somebody_else_opens_the_window_from_the_tray_once() {
    let mut rig = supervisor("security");
    rig.tell(Tell::Closed(Window::Main));
    pushed(&mut rig, calls(&[]));
    assert_eq!((rig.alerts, rig.maria().alerts), (0, 0));
    pushed(&mut rig, calls(&["one"]));
    assert_eq!((rig.alerts, rig.maria().alerts), (1, 1));
    // Closed in spite of it: that is not undone by every change of the roster.
    pushed(&mut rig, calls(&["one"]));
    assert_eq!((rig.alerts, rig.maria().alerts), (1, 1));
    // One is in hand in the same moment in which another begins.
    pushed(&mut rig, calls(&["two"]));
    assert_eq!((rig.alerts, rig.maria().alerts), (2, 2));
    // Nobody came: it alerts again.
    pushed(&mut rig, calls(&["one", "two"]));
    assert_eq!((rig.alerts, rig.maria().alerts), (3, 3));
}

#[test]
fn a_call_that_is_in_hand_or_their_own_alerts_nobody() {
    let mut rig = supervisor("supervisor");
    let mut frame = calls(&["one", "two"]);
    frame.emergencies[0].alerts_you = false;
    frame.emergencies[1].username = Some("maria.chen".to_owned());
    pushed(&mut rig, frame);
    assert_eq!(rig.alerts, 0);
}

#[test]
fn who_signs_in_while_a_call_waits_is_alerted() {
    let mut rig = supervisor("supervisor");
    pushed(&mut rig, calls(&["one"]));
    rig.tell(Tell::Resumed);
    pushed(&mut rig, calls(&["one"]));
    assert_eq!(
        rig.alerts, 1,
        "the same call over a new connection is no news"
    );
    rig.restart();
    rig.opened();
    let mut sam = me(2);
    sam.agent = read(agent("supervisor"));
    rig.pushed(sam);
    pushed(&mut rig, calls(&["one"]));
    assert_eq!(rig.alerts, 2);
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
