use companion::{
    Abroad, Language, Speech,
    core::{Input, Tell},
    tray::Item,
};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::{
    rig::Rig,
    sample::{agent, me, read, served, serving},
};

fn speak(rig: &mut Rig, tag: &str, chosen: bool) {
    let tag = tag.to_owned();
    rig.tell(Tell::Spoken(Speech { tag, chosen }));
}

/// Every line of the tray's menu, and what it says when pointed at.
fn said(rig: &Rig) -> Vec<String> {
    let tray = rig.tray.as_ref().unwrap();
    let menu = tray.menu.iter().filter_map(|item| match item {
        Item::Choice { label, .. } => Some(label.clone()),
        Item::Line(text) => Some(text.clone()),
        Item::Separator => None,
    });
    menu.collect()
}

#[test]
fn the_tray_speaks_the_language_and_writes_times_as_the_region_does() {
    let mut rig = Rig::with(serving(1, served(1)));
    #[rustfmt::skip]
    let table = [
        ("en-US", "Confirmed until 9:00 pm", "911 will be sent to WS 181"),
        ("en-GB", "Confirmed until 21:00", "911 will be sent to WS 181"),
        ("es-US", "Confirmado hasta: 9:00 p. m.", "El 911 enviará ayuda a WS 181"),
        ("fr-CA", "Confirmé jusqu’à 21 h 00", "Le 911 enverra les secours à WS 181"),
        ("fr-FR", "Confirmé jusqu’à 21:00", "Le 911 enverra les secours à WS 181"),
        ("da-DK", "Bekræftet indtil 21.00", "911 sender hjælp til WS 181"),
    ];
    for (tag, status, address) in table {
        speak(&mut rig, tag, true);
        let lines: Vec<String> = said(&rig)
            .iter()
            .map(|line| line.replace('\u{a0}', " "))
            .collect();
        assert_eq!(lines[0], status, "{tag}");
        assert!(lines[1].starts_with(address), "{tag}: {}", lines[1]);
        assert!(lines.iter().all(|line| !line.contains('{')), "{lines:?}");
    }
}

#[test]
fn a_dane_dials_112() {
    let mut rig = Rig::signed_in();
    let mut dane: Value = agent("agent");
    dane["country"] = json!("DK");
    let mut state = me(1);
    state.agent = read(dane);
    rig.opened();
    rig.pushed(state);
    speak(&mut rig, "da-DK", false);
    assert_eq!(said(&rig)[1], "112 har ingen adresse på dig");
}

#[test]
fn what_was_chosen_is_kept_over_a_restart_and_shown_to_every_window() {
    let mut rig = Rig::with(me(1));
    speak(&mut rig, "da-DK", false);
    assert_eq!(rig.view.language, None, "the computer's own is no choice");
    speak(&mut rig, "es-US", true);
    assert_eq!(rig.view.language, Some(Language::Es));
    rig.restart();
    assert_eq!(rig.view.language, Some(Language::Es));
    let first = rig.tray.as_ref().unwrap().status.clone();
    assert!(!first.contains("Starting"), "{first}");
}

#[test]
fn what_is_no_language_changes_nothing() {
    let mut rig = Rig::with(me(1));
    speak(&mut rig, "fr-CA", true);
    let views = rig.views;
    for tag in [
        "",
        "pl-PL",
        "../../etc",
        "fr-CA-x-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        speak(&mut rig, tag, true);
    }
    assert_eq!((rig.view.language, rig.views), (Some(Language::Fr), views));
}

#[test]
fn a_computer_that_wakes_up_abroad_says_so_until_it_is_back() {
    let mut rig = Rig::with(serving(1, served(1)));
    assert_eq!(rig.view.abroad, None);
    let asked = rig.zones_asked;
    rig.tell(Tell::Resumed);
    assert_eq!(rig.zones_asked, asked + 1);
    rig.input(Input::Zone(TimeZone::get("Europe/Madrid").unwrap()));
    let spain = Abroad {
        country: "ES".to_owned(),
        number: Some("112".to_owned()),
    };
    assert_eq!(rig.view.abroad, Some(spain));
    rig.input(Input::Zone(TimeZone::get("America/Los_Angeles").unwrap()));
    assert_eq!(rig.view.abroad, None);
}
