use std::time::Duration;

use client::Error;
use companion::{
    core::{Ask, Input, Kept, Tell},
    tray::Icon,
    view::{Headline, LocalErrorCode, Session},
};

use crate::{
    rig::{Keychain, Rig},
    sample::{
        call, calling, me, read, refusal, refused, served, serving, unreachable, ws_181, ws_182,
    },
};

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn confirmed_comes_from_the_servers_acknowledgement() {
    let mut rig = Rig::with(me(1));
    assert_eq!(rig.headline(), Headline::Unknown);
    let ticket = rig.confirm(ws_181());
    assert!(
        matches!(rig.answer(ticket), Some(Ok(()))),
        "it is kept here"
    );
    assert_eq!(rig.headline(), Headline::Sending);
    let [(_, declaration)] = &rig.sent[..] else {
        panic!("one declaration was expected")
    };
    assert_eq!(declaration.declared_age_seconds, Some(0));
    assert_eq!(declaration.based_on, None);
    rig.acknowledge(Ok(served(1)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    assert_eq!(
        rig.outbox,
        Kept::Missing,
        "what the server has need not be kept"
    );
    insta::assert_yaml_snapshot!(rig.view);
    insta::assert_yaml_snapshot!(rig.tray.unwrap());
}

#[test]
fn an_acknowledgement_is_not_taken_back_by_a_state_from_before_it() {
    let mut rig = Rig::with(serving(1, served(3)));
    rig.confirm(ws_182());
    let mut new = served(4);
    new.lines = vec!["WS 182, floor 5".to_owned()];
    rig.acknowledge(Ok(new.clone()));
    rig.pushed(serving(1, served(3)));
    assert_eq!(rig.maria().location.served, Some(new));
}

#[test]
fn a_new_connection_tells_the_truth_even_when_it_is_older() {
    let mut rig = Rig::with(me(1));
    rig.confirm(ws_181());
    rig.acknowledge(Ok(served(9)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    // The server comes back from a backup that never saw the declaration.
    rig.lost();
    rig.opened();
    rig.pushed(me(1));
    assert_eq!(rig.headline(), Headline::Unknown);
}

#[test]
fn offline_it_is_saved_here_and_sent_once_when_the_server_is_back() {
    let mut rig = Rig::with(serving(1, served(3)));
    rig.lost();
    rig.confirm(ws_182());
    rig.acknowledge(Err(unreachable()));
    assert_eq!(rig.headline(), Headline::Unsent);
    insta::assert_yaml_snapshot!(rig.view);
    insta::assert_yaml_snapshot!(rig.tray.clone().unwrap());
    rig.wait(Duration::from_secs(40));
    assert!(rig.sent.is_empty(), "it waits for the server to be back");
    rig.opened();
    let [(_, declaration)] = &rig.sent[..] else {
        panic!("one declaration was expected")
    };
    assert_eq!(declaration.declared_age_seconds, Some(40));
    assert_eq!(
        rig.headline(),
        Headline::Unsent,
        "not yet with 911 until it says so"
    );
    rig.acknowledge(Ok(served(4)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    rig.opened();
    rig.wait(MINUTE);
    assert!(rig.sent.is_empty(), "once");
}

#[test]
fn a_declaration_survives_kill_9_with_its_key() {
    let mut rig = Rig::with(me(1));
    rig.lost();
    rig.confirm(ws_181());
    let (key, _) = rig.sent[0].clone();
    rig.acknowledge(Err(unreachable()));
    rig.restart();
    assert_eq!(rig.headline(), Headline::Unsent);
    rig.wait(2 * MINUTE);
    rig.opened();
    let (again, declaration) = rig.sent[0].clone();
    assert_eq!(again, key);
    assert_eq!(declaration.declared_age_seconds, Some(120));
    rig.acknowledge(Ok(served(1)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    rig.restart();
    rig.opened();
    assert!(rig.sent.is_empty());
}

#[test]
fn the_servers_old_word_is_not_shown_before_what_was_kept_is_read() {
    let mut rig = Rig::saved_here(serving(1, served(3)));
    rig.disk_is_slow = true;
    rig.restart();
    rig.opened();
    rig.pushed(serving(2, served(3)));
    assert!(matches!(rig.view.session, Session::Starting));
    rig.read_files();
    assert_eq!(rig.headline(), Headline::Unsent);
    assert_eq!(rig.sent.len(), 1, "it is sent at once");
}

#[test]
fn a_disk_that_hangs_hides_neither_the_server_nor_an_emergency() {
    let mut rig = Rig::with(serving(1, served(3)));
    rig.disk_is_slow = true;
    rig.restart();
    rig.opened();
    rig.pushed(calling(2, call()));
    assert!(rig.view.emergency.is_some());
    assert!(matches!(rig.view.session, Session::Starting));
    rig.wait(Duration::from_secs(2));
    assert!(matches!(rig.view.session, Session::SignedIn(_)));
}

#[test]
fn a_newer_declaration_replaces_the_older_one() {
    let mut rig = Rig::with(me(1));
    rig.confirm(ws_181());
    rig.confirm(ws_182());
    assert_eq!(
        rig.sent.len(),
        1,
        "never two at once, so that their order is theirs"
    );
    rig.acknowledge(Ok(served(1)));
    assert_eq!(
        rig.headline(),
        Headline::Sending,
        "the newer one is not there yet"
    );
    let [(_, declaration)] = &rig.sent[..] else {
        panic!("the newer one was expected")
    };
    assert_eq!(declaration.place, ws_182().place);
    rig.acknowledge(Ok(served(2)));
    assert_eq!(rig.headline(), Headline::Confirmed);
}

#[test]
fn an_older_declaration_that_fails_does_not_hold_up_the_newer() {
    for result in [Err(unreachable()), Err(refused(422, "not_acceptable"))] {
        let mut rig = Rig::with(me(1));
        rig.confirm(ws_181());
        rig.confirm(ws_182());
        rig.acknowledge(result);
        assert_eq!(rig.sent[0].1.place, ws_182().place);
        assert_eq!(rig.headline(), Headline::Sending);
    }
}

#[test]
fn after_fifteen_minutes_the_agent_is_asked_and_nothing_is_sent() {
    let mut rig = Rig::saved_here(me(1));
    rig.wait(15 * MINUTE + Duration::from_secs(1));
    assert_eq!(rig.headline(), Headline::Unsent);
    rig.shown.clear();
    rig.opened();
    assert!(rig.sent.is_empty());
    assert_eq!(rig.headline(), Headline::AskAgain);
    assert_eq!(
        rig.shown,
        ["main"],
        "a question that nobody sees is not asked"
    );
    assert_eq!(rig.tray.as_ref().unwrap().icon, Icon::Exclamation);
    // "Yes, I am still there."
    rig.confirm(ws_181());
    assert_eq!(rig.sent[0].1.declared_age_seconds, Some(0));
}

#[test]
fn fifteen_minutes_to_the_second_are_still_sent() {
    let mut rig = Rig::saved_here(me(1));
    rig.wait(15 * MINUTE);
    rig.opened();
    assert_eq!(rig.sent[0].1.declared_age_seconds, Some(900));
}

#[test]
fn after_a_restart_of_the_computer_nobody_knows_how_old_it_is() {
    let mut rig = Rig::saved_here(me(1));
    rig.reboot();
    // Up for as long again, so that a clock that knows no restarts would call it a minute old.
    rig.wait(61 * MINUTE);
    rig.opened();
    assert!(rig.sent.is_empty());
    assert_eq!(rig.headline(), Headline::AskAgain);
}

#[test]
fn the_server_may_ask_too() {
    let mut rig = Rig::with(me(1));
    rig.confirm(ws_181());
    rig.acknowledge(Err(refused(409, "ask_again")));
    assert_eq!(rig.headline(), Headline::AskAgain);
    let ticket = rig.ask(Ask::Discard);
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    assert_eq!(rig.headline(), Headline::Unknown);
    assert_eq!(rig.outbox, Kept::Missing);
}

#[test]
fn a_superseded_declaration_is_dropped_and_told() {
    let mut rig = Rig::with(me(1));
    rig.confirm(ws_181());
    let mut refusal = refusal(409, "superseded");
    refusal.served = Some(Box::new(served(7)));
    rig.acknowledge(Err(Error::Refused(refusal)));
    assert_eq!(
        rig.headline(),
        Headline::Confirmed,
        "by what was said elsewhere"
    );
    assert_eq!(rig.maria().location.served.as_ref().unwrap().version, 7);
    assert_eq!(rig.notices(), ["superseded"]);
    assert_eq!(rig.outbox, Kept::Missing);
    rig.tell(Tell::Dismissed("superseded".to_owned()));
    assert!(rig.notices().is_empty());
}

#[test]
fn a_refused_declaration_stays_on_screen_with_its_problems_and_is_not_sent_again() {
    let mut rig = Rig::with(serving(1, served(3)));
    rig.confirm(ws_182());
    let mut refusal = refusal(422, "not_acceptable");
    refusal.problems = read(serde_json::json!([
        {"code": "missing", "field": "HNO", "text": "Add a house number."}
    ]));
    rig.acknowledge(Err(Error::Refused(refusal)));
    assert_eq!(rig.headline(), Headline::Refused);
    insta::assert_yaml_snapshot!(rig.maria().location);
    rig.lost();
    rig.opened();
    rig.wait(MINUTE);
    assert!(rig.sent.is_empty());
    rig.restart();
    rig.opened();
    assert!(rig.sent.is_empty(), "not after a restart either");
}

#[test]
fn a_fault_of_the_server_is_tried_again_as_it_asks() {
    let mut rig = Rig::with(me(1));
    rig.confirm(ws_181());
    let (key, _) = rig.sent[0].clone();
    let mut refusal = refusal(503, "unavailable");
    refusal.retry_after = Some(Duration::from_secs(7));
    rig.acknowledge(Err(Error::Refused(refusal)));
    assert_eq!(rig.headline(), Headline::Unsent);
    let retry_at = rig.maria().location.unsent.as_ref().unwrap().retry_at;
    assert_eq!(retry_at.unwrap().to_string(), "2026-11-20T09:00:07Z");
    rig.wait(Duration::from_secs(6));
    assert!(rig.sent.is_empty());
    rig.wait(Duration::from_secs(1));
    assert_eq!(rig.sent[0].0, key);
}

#[test]
fn a_server_that_answers_nothing_is_tried_at_growing_intervals() {
    let mut rig = Rig::with(me(1));
    rig.confirm(ws_181());
    let mut waits = Vec::new();
    for _ in 0..6 {
        rig.acknowledge(Err(unreachable()));
        let before = rig.now.up;
        while rig.sent.is_empty() {
            rig.wait(Duration::from_secs(1));
        }
        waits.push((rig.now.up - before).as_secs());
    }
    assert_eq!(waits, [1, 2, 4, 8, 10, 10]);
}

#[test]
fn without_a_keychain_it_is_in_memory_only_and_says_so() {
    let mut rig = Rig::with(me(1));
    rig.disk_works = false;
    rig.lost();
    let ticket = rig.confirm(ws_181());
    rig.acknowledge(Err(unreachable()));
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    let unsent = rig.maria().location.unsent.clone().unwrap();
    assert!(unsent.memory_only);
    // Once the keychain answers, it is kept.
    rig.disk_works = true;
    rig.input(Input::KeychainSilent);
    assert!(rig.maria().keychain_unavailable);
    rig.wait(Duration::from_secs(10));
    assert!(!rig.maria().keychain_unavailable);
    assert!(!rig.maria().location.unsent.as_ref().unwrap().memory_only);
    assert!(matches!(rig.outbox, Kept::Read(_)));
}

#[test]
fn corrupt_state_means_unconfirmed_and_the_agent_is_told() {
    let mut rig = Rig::with(serving(1, served(3)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    rig.outbox = Kept::Corrupt;
    rig.remembered = Kept::Corrupt;
    rig.restart();
    rig.opened();
    rig.pushed(me(2));
    assert_eq!(rig.headline(), Headline::Unknown);
    assert_eq!(rig.notices(), ["local_state_unreadable"]);
    rig.confirm(ws_181());
    assert!(rig.notices().is_empty(), "it was done");
}

#[test]
fn what_is_remembered_proposes_and_never_confirms() {
    let mut rig = Rig::with(serving(1, served(3)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    rig.restart();
    rig.lost();
    assert_eq!(rig.headline(), Headline::Unknown);
    assert_eq!(rig.maria().location.served, None);
    assert_eq!(rig.maria().proposals.len(), 1);
    insta::assert_yaml_snapshot!(rig.view);
}

#[test]
fn the_end_of_the_shift_drops_what_was_not_sent() {
    let mut rig = Rig::with(serving(1, served(3)));
    rig.lost();
    rig.confirm(ws_182());
    rig.acknowledge(Err(unreachable()));
    let ticket = rig.ask(Ask::EndShift);
    assert_eq!(rig.said, [(ticket, "end")]);
    assert_eq!(rig.outbox, Kept::Missing);
    rig.input(Input::Done(ticket, Err(unreachable())));
    let Some(Err(error)) = rig.answer(ticket) else {
        panic!("it was not done and that must be said")
    };
    assert_eq!(*error, LocalErrorCode::Offline.into());
    rig.opened();
    assert!(rig.sent.is_empty());
}

#[test]
fn what_is_said_after_a_declaration_reaches_the_server_after_it() {
    let mut rig = Rig::with(me(1));
    rig.confirm(ws_181());
    let ticket = rig.ask(Ask::Decline("I would rather not".to_owned()));
    assert!(rig.said.is_empty(), "the declaration is still on its way");
    rig.acknowledge(Ok(served(1)));
    assert_eq!(rig.said, [(ticket, "decline")]);
    let confirm = rig.confirm(ws_182());
    assert!(rig.sent.is_empty(), "the refusal is still on its way");
    rig.input(Input::Done(ticket, Ok(())));
    assert_eq!(rig.sent.len(), 1);
    assert!(matches!(rig.answer(confirm), Some(Ok(()))));
}

#[test]
fn nobody_can_declare_without_being_signed_in() {
    let mut rig = Rig::new();
    rig.start();
    for ask in [Ask::EndShift, Ask::Decline(String::new()), Ask::CallOver] {
        let ticket = rig.ask(ask);
        let answer = rig.answer(ticket).unwrap().clone();
        assert_eq!(answer, Err(LocalErrorCode::NotSignedIn.into()));
    }
    let ticket = rig.confirm(ws_181());
    assert_eq!(
        *rig.answer(ticket).unwrap(),
        Err(LocalErrorCode::NotSignedIn.into())
    );
    assert!(rig.sent.is_empty() && rig.said.is_empty());
}

#[test]
fn a_write_that_gets_through_brings_the_stream_back_at_once() {
    let mut rig = Rig::with(me(1));
    rig.lost();
    let before = rig.stream;
    rig.confirm(ws_181());
    rig.acknowledge(Ok(served(1)));
    assert_ne!(rig.stream, before);
    assert_eq!(rig.headline(), Headline::Confirmed);
}

#[test]
fn a_home_nobody_could_check_is_called_so_and_a_seat_is_the_organisation_s_word() {
    let mut unchecked = served(1);
    unchecked.verdict = read(serde_json::json!("unchecked"));
    let rig = Rig::with(serving(1, unchecked.clone()));
    assert_eq!(rig.headline(), Headline::Confirmed);
    unchecked.class = read(serde_json::json!("home"));
    let rig = Rig::with(serving(1, unchecked));
    assert_eq!(rig.headline(), Headline::Unchecked);
    let mut rig = Rig::with(me(1));
    rig.keychain = Keychain::Hangs;
    let mut without_version = served(0);
    without_version.version = 0;
    rig.pushed(serving(2, without_version));
    assert_eq!(
        rig.headline(),
        Headline::Unknown,
        "nobody acknowledged that"
    );
}

#[test]
fn what_the_agent_was_looking_at_is_said_only_where_it_surely_stands() {
    let based_on = |rig: &Rig| rig.sent.last().unwrap().1.based_on;
    let mut rig = Rig::with(serving(1, served(3)));
    rig.confirm(ws_181());
    assert_eq!(based_on(&rig), Some(3));
    // The next one was said before the answer to this one was seen.
    rig.confirm(ws_182());
    rig.acknowledge(Ok(served(4)));
    assert_eq!(based_on(&rig), None, "by its time, not by what is gone");
    rig.acknowledge(Ok(served(5)));
    rig.confirm(ws_181());
    assert_eq!(based_on(&rig), Some(5));
    // Whether this one arrived, nobody knows.
    rig.acknowledge(Err(unreachable()));
    rig.confirm(ws_182());
    assert_eq!(based_on(&rig), None);
    rig.acknowledge(Ok(served(7)));
    // A refusal to say changes the version, and its state has not come yet.
    let ticket = rig.ask(Ask::Decline("no".to_owned()));
    rig.input(Input::Done(ticket, Ok(())));
    rig.confirm(ws_181());
    assert_eq!(based_on(&rig), None);
    rig.acknowledge(Err(refused(422, "not_acceptable")));
    rig.pushed(serving(2, served(8)));
    rig.confirm(ws_182());
    assert_eq!(based_on(&rig), Some(8));
    // Offline, nobody knows what stands.
    rig.acknowledge(Ok(served(9)));
    rig.lost();
    rig.confirm(ws_181());
    assert_eq!(based_on(&rig), None);
}
