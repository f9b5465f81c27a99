use std::time::Duration;

use api::emergency::{CallbackState, Phase};
use client::{Error, State, Watched};
use companion::{
    core::{Ask, Input, Kept, Tell},
    shell::Window,
    tray::Icon,
    view::{LocalErrorCode, QuitWarning, Session},
};

use crate::{
    rig::Rig,
    sample::{
        agent, call, calling, ended, me, read, refusal, refused, ringing, served, unreachable,
    },
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

#[test]
fn a_call_makes_the_window_at_once_and_with_it_everything_else_waits() {
    let mut rig = Rig::with(me(1));
    assert!(rig.windows.is_empty());
    rig.pushed(calling(2, call()));
    assert_eq!(rig.shown, ["emergency"]);
    insta::assert_yaml_snapshot!(rig.view.emergency.as_ref().unwrap());
    insta::assert_yaml_snapshot!(rig.tray.as_ref().unwrap());
    rig.tell(Tell::Painted(Window::Emergency));
    rig.pushed(calling(3, call()));
    rig.wait(5 * MINUTE);
    assert_eq!(rig.shown, ["emergency"], "it is not raised over and over");
}

#[test]
fn the_server_is_told_once_that_the_banner_is_on_the_screen() {
    let mut rig = Rig::with(me(1));
    rig.pushed(calling(2, call()));
    assert!(rig.banners.is_empty(), "nothing is painted yet");
    rig.tell(Tell::Painted(Window::Emergency));
    assert_eq!(rig.banners, ["call-1"]);
    rig.tell(Tell::Painted(Window::Emergency));
    rig.input(Input::BannerTold("call-1".to_owned(), true));
    rig.pushed(calling(3, call()));
    assert_eq!(rig.banners, ["call-1"], "once is enough");
}

#[test]
fn a_banner_that_the_server_was_not_told_of_is_told_when_it_is_back() {
    let mut rig = Rig::with(calling(1, call()));
    rig.lost();
    rig.tell(Tell::Painted(Window::Emergency));
    assert!(rig.banners.is_empty(), "there is no server");
    rig.opened();
    rig.pushed(calling(2, call()));
    assert_eq!(rig.banners, ["call-1"]);
    rig.input(Input::BannerTold("call-1".to_owned(), false));
    rig.pushed(calling(3, call()));
    assert_eq!(rig.banners, ["call-1", "call-1"]);
    rig.input(Input::BannerTold("call-1".to_owned(), true));
    let mut another = call();
    another.call_id = "call-2".to_owned();
    rig.pushed(calling(4, another));
    rig.tell(Tell::Painted(Window::Emergency));
    assert_eq!(rig.banners, ["call-1", "call-1", "call-2"]);
}

#[test]
fn every_role_gets_the_window() {
    for role in ["admin", "agent", "security", "supervisor"] {
        let mut me = calling(1, call());
        me.agent = read(agent(role));
        assert_eq!(Rig::with(me).shown, ["emergency"], "{role}");
    }
}

#[test]
fn after_two_minutes_the_agent_may_say_that_it_is_over() {
    let mut rig = Rig::with(calling(1, call()));
    rig.wait(Duration::from_secs(118));
    assert!(!rig.view.emergency.as_ref().unwrap().over_offered);
    rig.wait(Duration::from_secs(2));
    assert!(rig.view.emergency.as_ref().unwrap().over_offered);
    let ticket = rig.ask(Ask::CallOver);
    assert_eq!(rig.said, [(ticket, "over")]);
    rig.input(Input::Done(ticket, Ok(())));
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    assert!(
        rig.windows.contains("emergency"),
        "only the server ends a call"
    );
    rig.pushed(calling(2, ended()));
    assert!(!rig.view.emergency.as_ref().unwrap().over_offered);
    assert!(
        rig.windows.contains("emergency"),
        "the callback window is open"
    );
    insta::assert_yaml_snapshot!(rig.tray.as_ref().unwrap());
}

#[test]
fn the_platform_hangs_up_and_only_the_server_ends_the_call() {
    let mut rig = Rig::with(calling(1, call()));
    let ticket = rig.ask(Ask::EndCall);
    assert_eq!(rig.said, [(ticket, "hang up")]);
    rig.input(Input::Done(ticket, Ok(())));
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    assert_eq!(
        rig.view.emergency.as_ref().unwrap().emergency.phase,
        Phase::Open
    );
    let ticket = rig.ask(Ask::EndCall);
    rig.input(Input::Done(ticket, Err(refused(503, "unavailable"))));
    assert!(matches!(rig.answer(ticket), Some(Err(_))));
    assert!(rig.windows.contains("emergency"));
}

#[test]
fn a_call_that_is_over_already_cannot_fail_to_be_over() {
    let mut rig = Rig::with(calling(1, call()));
    let ticket = rig.ask(Ask::CallOver);
    rig.input(Input::Done(ticket, Err(refused(404, "not_found"))));
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    let ticket = rig.ask(Ask::CallOver);
    rig.input(Input::Done(ticket, Err(unreachable())));
    assert_eq!(
        *rig.answer(ticket).unwrap(),
        Err(LocalErrorCode::Offline.into())
    );
}

#[test]
fn the_callback_raises_the_window_once() {
    let mut rig = Rig::with(calling(1, ended()));
    rig.tell(Tell::Painted(Window::Emergency));
    rig.pushed(calling(2, ringing()));
    assert_eq!(rig.shown, ["emergency", "emergency"]);
    insta::assert_yaml_snapshot!(rig.tray.as_ref().unwrap().status, @"911 is calling back. Answer.");
    rig.pushed(calling(3, ringing()));
    assert_eq!(rig.shown.len(), 2);
    let mut connected = ringing();
    connected.callback.state = CallbackState::Connected;
    rig.pushed(calling(4, connected));
    rig.pushed(calling(5, ringing()));
    assert_eq!(rig.shown.len(), 3, "it rings again");
}

#[test]
fn a_new_call_raises_the_window_of_the_old_one() {
    let mut rig = Rig::with(calling(1, ended()));
    rig.tell(Tell::Painted(Window::Emergency));
    let mut second = call();
    second.call_id = "call-2".to_owned();
    rig.pushed(calling(2, second));
    assert_eq!(rig.shown, ["emergency", "emergency"]);
}

#[test]
fn the_server_says_when_it_is_gone() {
    let mut rig = Rig::with(calling(1, ended()));
    assert!(matches!(rig.remembered, Kept::Read(_)));
    rig.pushed(me(2));
    assert!(rig.windows.is_empty());
    assert_eq!(rig.view.emergency, None);
    let kept = serde_json::to_string(&kept(&rig)).unwrap();
    assert!(
        !kept.contains("+12065550123"),
        "nothing of the call is kept"
    );
}

#[test]
fn without_the_server_the_content_stays_and_says_that_it_is_old() {
    let mut rig = Rig::with(calling(1, call()));
    rig.lost();
    let emergency = rig.view.emergency.as_ref().unwrap();
    assert!(emergency.last_known);
    assert_eq!(emergency.emergency.lines, call().lines);
    rig.wait(4 * HOUR);
    assert!(
        rig.windows.contains("emergency"),
        "nobody said that it is over"
    );
    rig.opened();
    rig.pushed(calling(2, call()));
    assert!(!rig.view.emergency.as_ref().unwrap().last_known);
}

#[test]
fn kill_9_with_the_server_away_keeps_it_on_screen() {
    let mut rig = Rig::with(calling(1, call()));
    rig.restart();
    assert!(rig.windows.contains("emergency"));
    let emergency = rig.view.emergency.as_ref().unwrap();
    assert!(emergency.last_known);
    assert_eq!(emergency.emergency, call());
    rig.lost();
    rig.opened();
    assert!(
        rig.view.emergency.as_ref().unwrap().last_known,
        "connected is not yet told"
    );
    rig.pushed(me(2));
    assert!(rig.windows.is_empty());
}

#[test]
fn a_restart_of_the_computer_keeps_it_too() {
    let mut rig = Rig::with(calling(1, call()));
    rig.reboot();
    assert!(rig.windows.contains("emergency"));
}

#[test]
fn what_is_remembered_goes_when_its_time_is_over() {
    let mut rig = Rig::with(calling(1, ended()));
    rig.restart();
    rig.lost();
    rig.wait(69 * MINUTE);
    assert!(rig.windows.contains("emergency"));
    rig.wait(2 * MINUTE);
    assert!(rig.windows.is_empty());
    assert_eq!(rig.view.emergency, None);
    let kept = serde_json::to_string(&kept(&rig)).unwrap();
    assert!(!kept.contains("+12065550123"));
    rig.restart();
    assert!(rig.windows.is_empty());
}

#[test]
fn it_goes_when_its_time_passed_while_the_app_did_not_run() {
    let mut rig = Rig::with(calling(1, ended()));
    rig.now.up += 2 * HOUR;
    // Somebody set the clock back meanwhile, which changes nothing.
    rig.restart();
    assert!(rig.windows.is_empty());
    assert_eq!(rig.view.emergency, None);
}

#[test]
fn while_the_server_answers_only_it_ends_the_callback_window() {
    let mut rig = Rig::with(calling(1, ended()));
    rig.wait(3 * HOUR);
    assert!(rig.windows.contains("emergency"));
}

#[test]
fn on_the_phone_with_911_it_does_not_go_away_by_itself() {
    let mut rig = Rig::with(calling(1, ringing()));
    rig.lost();
    rig.wait(3 * HOUR);
    assert!(rig.windows.contains("emergency"));
    rig.wait(24 * HOUR);
    assert!(rig.windows.is_empty(), "a day without news is enough");
}

#[test]
fn an_ended_call_without_a_number_goes_after_an_hour() {
    let mut without = ended();
    without.callback_number = None;
    without.callback_until = None;
    let mut rig = Rig::with(calling(1, without));
    assert_eq!(
        rig.view.emergency.as_ref().unwrap().callback_number_grouped,
        None
    );
    rig.lost();
    rig.wait(69 * MINUTE);
    assert!(rig.windows.contains("emergency"));
    rig.wait(2 * MINUTE);
    assert!(rig.windows.is_empty());
}

#[test]
fn a_window_that_somebody_took_away_comes_back() {
    let mut rig = Rig::with(calling(1, call()));
    rig.tell(Tell::Painted(Window::Emergency));
    rig.windows.clear();
    rig.tell(Tell::Closed(Window::Emergency));
    rig.wait(Duration::from_secs(1));
    assert!(rig.windows.contains("emergency"));
}

#[test]
fn a_window_that_is_never_painted_is_asked_for_again_and_not_without_end() {
    let mut rig = Rig::with(calling(1, call()));
    rig.wait(HOUR);
    let asked = rig.shown.len();
    assert!((10..100).contains(&asked), "{asked} times in an hour");
    rig.tell(Tell::Painted(Window::Emergency));
    rig.wait(HOUR);
    assert_eq!(rig.shown.len(), asked);
}

#[test]
fn the_window_we_destroyed_is_not_missed() {
    let mut rig = Rig::with(calling(1, ended()));
    rig.pushed(me(2));
    rig.tell(Tell::Closed(Window::Emergency));
    rig.wait(HOUR);
    assert!(rig.windows.is_empty());
}

#[test]
fn revoked_tokens_sign_out_and_leave_the_call_on_screen() {
    let mut rig = Rig::with(calling(1, call()));
    rig.input(Input::SignedOut(
        rig.stream.unwrap(),
        refusal(401, "token_revoked"),
    ));
    assert!(matches!(
        &rig.view.session,
        Session::SignedOut { error: Some(error), .. } if error.message == "A sentence."
    ));
    assert!(rig.windows.contains("emergency"));
    assert!(rig.view.emergency.as_ref().unwrap().last_known);
    assert_eq!(rig.forgotten, [false]);
    rig.restart();
    assert!(rig.windows.contains("emergency"), "after a restart too");
    // Maria signs in again.
    rig.sign_in("e911.example.com");
    rig.input(Input::Enrolled(Ok(read(agent("agent")))));
    assert!(rig.windows.contains("emergency"));
    rig.opened();
    rig.pushed(calling(2, call()));
    assert!(!rig.view.emergency.as_ref().unwrap().last_known);
}

#[test]
fn somebody_else_does_not_inherit_a_call() {
    let mut rig = Rig::with(calling(1, call()));
    rig.input(Input::SignedOut(
        rig.stream.unwrap(),
        refusal(401, "token_revoked"),
    ));
    rig.sign_in("e911.example.com");
    let mut devon: api::agent::Agent = read(agent("agent"));
    devon.username = "devon.walsh".to_owned();
    rig.input(Input::Enrolled(Ok(devon)));
    assert!(rig.windows.is_empty());
}

#[test]
fn signing_out_waits_for_the_end_of_the_call() {
    let mut rig = Rig::with(calling(1, call()));
    let ticket = rig.ask(Ask::SignOut);
    assert_eq!(
        *rig.answer(ticket).unwrap(),
        Err(LocalErrorCode::EmergencyOpen.into())
    );
    assert!(rig.windows.contains("emergency"));
    rig.pushed(calling(2, ended()));
    let ticket = rig.ask(Ask::SignOut);
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    assert!(rig.windows.is_empty());
    assert_eq!(rig.remembered, Kept::Missing);
}

#[test]
fn quitting_is_warned_about() {
    use companion::tray::Action;
    let mut rig = Rig::with(calling(1, call()));
    rig.tell(Tell::Chosen(Action::Quit));
    assert!(!rig.quit);
    assert_eq!(rig.view.quit_warning, Some(QuitWarning::EmergencyOpen));
    rig.pushed(calling(2, ended()));
    assert_eq!(rig.view.quit_warning, Some(QuitWarning::CallbackWindow));
    rig.tell(Tell::StayRunning);
    assert_eq!(rig.view.quit_warning, None);
    rig.tell(Tell::Chosen(Action::Quit));
    rig.tell(Tell::QuitAnyway);
    assert!(rig.quit);
}

#[test]
fn a_newer_server_still_gets_its_emergency_shown() {
    let mut rig = Rig::with({
        let mut me = me(1);
        me.served = Some(served(3));
        me
    });
    rig.watched(Watched::Frame(State::EmergencyOnly {
        revision: 2,
        emergency: Some(Box::new(call())),
    }));
    assert!(rig.windows.contains("emergency"));
    assert_eq!(rig.notices(), ["update_needed"]);
    assert_eq!(
        rig.maria().location.served,
        None,
        "what cannot be read is not known"
    );
    rig.pushed(me(3));
    assert!(rig.notices().is_empty());
}

#[test]
fn what_an_abandoned_stream_says_is_not_heard() {
    let mut rig = Rig::with(calling(1, call()));
    let old = rig.stream.unwrap();
    rig.tell(Tell::Resumed);
    rig.input(Input::Watched(
        old,
        Watched::Frame(State::Whole(Box::new(me(2)))),
    ));
    rig.input(Input::SignedOut(old, refusal(401, "token_revoked")));
    assert!(rig.windows.contains("emergency"));
    assert!(matches!(rig.view.session, Session::SignedIn(_)));
}

#[test]
fn the_red_phone_is_there_until_it_is_gone() {
    let mut rig = Rig::with(calling(1, call()));
    assert_eq!(rig.tray.as_ref().unwrap().icon, Icon::RedPhone);
    rig.pushed(calling(2, ended()));
    assert_eq!(rig.tray.as_ref().unwrap().icon, Icon::RedPhone);
    assert_eq!(ended().phase, Phase::Ended);
    rig.pushed(me(3));
    assert_eq!(rig.tray.as_ref().unwrap().icon, Icon::Question);
}

#[test]
fn a_write_that_finds_the_tokens_revoked_says_so_and_keeps_the_call() {
    let mut rig = Rig::with(calling(1, call()));
    let ticket = rig.ask(Ask::CallOver);
    rig.input(Input::Done(
        ticket,
        Err(Error::SignedOut(refusal(401, "token_revoked"))),
    ));
    assert!(matches!(rig.answer(ticket), Some(Err(_))));
    assert!(matches!(rig.view.session, Session::SignedOut { .. }));
    assert!(rig.windows.contains("emergency"));
}

fn kept(rig: &Rig) -> Option<&companion::core::Remembered> {
    match &rig.remembered {
        Kept::Read(remembered) => Some(remembered),
        Kept::Corrupt | Kept::Missing => None,
    }
}

#[test]
fn a_clock_set_after_a_restart_of_the_computer_does_not_end_a_call() {
    let mut rig = Rig::with(calling(1, call()));
    rig.reboot();
    rig.now.wall += jiff::SignedDuration::from_hours(48);
    rig.restart();
    assert!(rig.windows.contains("emergency"));
}
