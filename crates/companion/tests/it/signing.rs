use std::time::Duration;

use companion::{
    Launch,
    core::{Ask, Input, Kept, Tell},
    view::{CommandErrorCode, Headline, LocalErrorCode, Session},
};

use crate::{
    rig::{Keychain, Rig, maria},
    sample::{SERVER, agent, me, read, refusal, refused, served, serving, unreachable},
};

fn error(rig: &Rig) -> Option<CommandErrorCode> {
    match &rig.view.session {
        Session::SignedOut { error, .. } => error.as_ref().map(|error| error.code),
        Session::SignedIn(_) | Session::Starting => panic!("nobody should be signed in"),
    }
}

#[test]
fn a_fresh_computer_offers_what_it_was_started_with() {
    let mut rig = Rig::new();
    rig.launch(Launch {
        server: Some("http://127.0.0.1:8911".to_owned()),
        code: Some("ABCD-EFGH-JKLM".to_owned()),
        ..Launch::default()
    });
    assert_eq!(rig.shown, ["main"]);
    insta::assert_yaml_snapshot!(rig.view);
    insta::assert_yaml_snapshot!(rig.tray.unwrap());
}

#[test]
fn to_the_tray_no_window_is_made() {
    let rig = Rig::with(serving(1, served(1)));
    assert!(rig.shown.is_empty());
    assert_eq!(rig.headline(), Headline::Confirmed);
}

#[test]
fn signing_in_ends_with_the_servers_state() {
    let mut rig = Rig::new();
    rig.start();
    let ticket = rig.sign_in("e911.example.com");
    assert_eq!(rig.enrolments, 1);
    assert!(matches!(
        rig.view.session,
        Session::SignedOut { busy: true, .. }
    ));
    let twice = rig.sign_in("e911.example.com");
    assert_eq!(rig.enrolments, 1, "a code is good for one try");
    rig.input(Input::Enrolled(Ok(read(agent("agent")))));
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    assert!(matches!(rig.answer(twice), Some(Ok(()))));
    assert_eq!(rig.view.session, Session::Starting);
    rig.opened();
    rig.pushed(me(1));
    assert_eq!(rig.maria().server, SERVER);
    assert_eq!(rig.headline(), Headline::Unknown);
}

#[test]
fn a_bad_address_or_code_is_said_and_can_be_put_right() {
    let mut rig = Rig::new();
    rig.start();
    let ticket = rig.sign_in("what is this");
    assert!(matches!(rig.answer(ticket), Some(Err(_))));
    assert_eq!(
        error(&rig),
        Some(CommandErrorCode::Local(LocalErrorCode::BadServerAddress))
    );
    assert_eq!(rig.enrolments, 0);

    rig.sign_in("e911.example.com");
    assert_eq!(error(&rig), None);
    rig.input(Input::Enrolled(Err(refused(401, "code_used"))));
    insta::assert_yaml_snapshot!(rig.view.session);
    rig.sign_in("e911.example.com");
    rig.input(Input::Enrolled(Err(unreachable())));
    assert_eq!(
        error(&rig),
        Some(CommandErrorCode::Local(LocalErrorCode::Offline))
    );
}

#[test]
fn a_keychain_that_hangs_is_said_and_taken_up_when_it_answers() {
    let mut rig = Rig::new();
    rig.keychain = Keychain::Hangs;
    rig.start();
    assert_eq!(rig.view.session, Session::Starting);
    rig.wait(Duration::from_secs(5));
    assert_eq!(
        error(&rig),
        Some(CommandErrorCode::Local(LocalErrorCode::KeychainUnavailable))
    );
    rig.input(Input::KeychainOpened(Some(maria())));
    rig.opened();
    rig.pushed(me(1));
    assert!(!rig.maria().keychain_unavailable);
}

#[test]
fn a_keychain_that_is_late_at_login_is_asked_again() {
    let mut rig = Rig::new();
    rig.keychain = Keychain::Refuses;
    rig.session = Some(maria());
    rig.start();
    rig.wait(Duration::from_secs(3));
    assert_eq!(rig.view.session, Session::Starting);
    rig.keychain = Keychain::Answers;
    rig.wait(Duration::from_secs(1));
    assert!(rig.stream.is_some());
}

#[test]
fn without_a_keychain_one_can_still_sign_in() {
    let mut rig = Rig::new();
    rig.keychain = Keychain::Refuses;
    rig.disk_works = false;
    rig.start();
    rig.wait(Duration::from_secs(6));
    rig.sign_in("e911.example.com");
    rig.input(Input::KeychainSilent);
    rig.input(Input::Enrolled(Ok(read(agent("agent")))));
    rig.opened();
    rig.pushed(me(1));
    assert!(rig.maria().keychain_unavailable);
    rig.keychain = Keychain::Answers;
    rig.disk_works = true;
    rig.wait(Duration::from_secs(10));
    assert!(!rig.maria().keychain_unavailable);
    assert!(
        matches!(rig.remembered, Kept::Read(_)),
        "what could not be kept is kept now"
    );
}

#[test]
fn signing_out_forgets_everything_here() {
    let mut rig = Rig::saved_here(serving(1, served(1)));
    let ticket = rig.ask(Ask::SignOut);
    assert!(matches!(rig.answer(ticket), Some(Ok(()))));
    assert_eq!(rig.forgotten, [true]);
    assert_eq!(rig.outbox, Kept::Missing);
    assert_eq!(rig.remembered, Kept::Missing);
    assert_eq!(rig.stream, None);
    insta::assert_yaml_snapshot!(rig.view);
    rig.restart();
    assert_eq!(error(&rig), None);
}

#[test]
fn a_revoked_token_is_a_sentence_and_what_was_not_sent_waits_for_its_agent() {
    let mut rig = Rig::saved_here(me(1));
    let revoked = || refusal(401, "token_revoked");
    rig.input(Input::SignedOut(rig.stream.unwrap(), revoked()));
    insta::assert_yaml_snapshot!(rig.view.session);
    rig.sign_in("e911.example.com");
    rig.input(Input::Enrolled(Ok(read(agent("agent")))));
    rig.opened();
    assert_eq!(rig.sent.len(), 1, "the same agent meant it");

    rig.acknowledge(Err(client::Error::SignedOut(revoked())));
    rig.restart();
    rig.sign_in("e911.example.com");
    let mut devon: api::agent::Agent = read(agent("agent"));
    devon.username = "devon.walsh".to_owned();
    rig.input(Input::Enrolled(Ok(devon)));
    rig.opened();
    assert!(rig.sent.is_empty(), "nobody speaks for somebody else");
    assert_eq!(rig.outbox, Kept::Missing);
}

#[test]
fn what_was_kept_of_somebody_else_is_not_shown() {
    let mut rig = Rig::with(serving(1, served(1)));
    rig.session.as_mut().unwrap().username = "devon.walsh".to_owned();
    rig.restart();
    rig.lost();
    assert_eq!(rig.view.session, Session::Starting);
    assert_eq!(rig.remembered, Kept::Missing);
}

#[test]
fn a_second_start_shows_the_window_and_takes_its_offer() {
    let mut rig = Rig::new();
    rig.start();
    rig.tell(Tell::Relaunched(Launch {
        server: Some("http://127.0.0.1:8911".to_owned()),
        code: Some("ABCD-EFGH-JKLM".to_owned()),
        ..Launch::default()
    }));
    assert_eq!(rig.shown, ["main"]);
    let Session::SignedOut { server, code, .. } = &rig.view.session else {
        panic!("nobody should be signed in")
    };
    assert_eq!(server.as_deref(), Some("http://127.0.0.1:8911"));
    assert_eq!(code.as_deref(), Some("ABCD-EFGH-JKLM"));
}

#[test]
fn a_keychain_that_hangs_is_not_asked_over_and_over() {
    let mut rig = Rig::with(me(1));
    let before = rig.keychain_asked;
    rig.keychain = Keychain::Hangs;
    for _ in 0..5 {
        rig.input(Input::KeychainSilent);
        rig.wait(Duration::from_secs(60));
    }
    assert_eq!(rig.keychain_asked, before + 1);
    assert!(rig.maria().keychain_unavailable);
    rig.input(Input::KeychainOpened(Some(maria())));
    assert!(!rig.maria().keychain_unavailable);
}

#[test]
fn at_the_start_the_question_waits_for_the_servers_answer() {
    let mut rig = Rig::with(serving(1, served(1)));
    rig.restart();
    assert_eq!(
        rig.view.session,
        Session::Starting,
        "nobody is asked what the server is about to say"
    );
    rig.opened();
    assert_eq!(rig.view.session, Session::Starting);
    rig.pushed(serving(1, served(1)));
    assert_eq!(rig.headline(), Headline::Confirmed);
    // A server that is silent is not waited for.
    rig.restart();
    rig.wait(Duration::from_secs(2));
    assert_eq!(rig.headline(), Headline::Unknown);
    // One that cannot be reached is not either.
    rig.restart();
    rig.lost();
    assert_eq!(rig.headline(), Headline::Unknown);
}
