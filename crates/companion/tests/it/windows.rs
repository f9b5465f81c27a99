use companion::{
    core::Tell,
    shell::Window,
    tray::{Action, Item},
    view::{Headline, QuitWarning},
};

use crate::{
    rig::Rig,
    sample::{me, served, serving, ws_181},
};

#[test]
fn change_and_i_have_moved_open_the_choice_of_places() {
    for tell in [Tell::Chosen(Action::Change), Tell::Moved] {
        let mut rig = Rig::with(serving(1, served(1)));
        rig.tell(tell);
        assert!(rig.maria().changing);
        assert_eq!(rig.shown, ["main"]);
        rig.tell(Tell::Stay);
        assert!(!rig.maria().changing);
        rig.tell(Tell::Moved);
        rig.confirm(ws_181());
        assert!(!rig.maria().changing);
        rig.tell(Tell::Moved);
        rig.tell(Tell::Closed(Window::Main));
        assert!(!rig.maria().changing);
    }
}

#[test]
fn the_menu_offers_what_makes_sense() {
    let actions = |rig: &Rig| -> Vec<Action> {
        let menu = &rig.tray.as_ref().unwrap().menu;
        menu.iter()
            .filter_map(|item| match item {
                Item::Choice { action, .. } => Some(*action),
                Item::Line(_) | Item::Separator => None,
            })
            .collect()
    };
    let mut rig = Rig::new();
    rig.start();
    assert_eq!(actions(&rig), [Action::Open, Action::Quit]);
    let unconfirmed = Rig::with(me(1));
    assert_eq!(
        actions(&unconfirmed),
        [
            Action::ConfirmNow,
            Action::Change,
            Action::Open,
            Action::Quit
        ]
    );
    let confirmed = Rig::with(serving(1, served(1)));
    assert_eq!(
        actions(&confirmed),
        [Action::Change, Action::Open, Action::Quit]
    );
}

#[test]
fn quitting_with_nothing_open_just_quits() {
    let mut rig = Rig::with(serving(1, served(1)));
    rig.tell(Tell::Chosen(Action::Quit));
    assert!(rig.quit);
}

#[test]
fn quitting_with_something_unsent_is_warned_about_until_it_is_sent() {
    let mut rig = Rig::saved_here(me(1));
    rig.tell(Tell::Chosen(Action::Quit));
    assert_eq!(rig.view.quit_warning, Some(QuitWarning::Unsent));
    assert_eq!(rig.shown, ["main"]);
    rig.opened();
    rig.acknowledge(Ok(served(1)));
    assert_eq!(rig.view.quit_warning, None);
    assert!(!rig.quit, "what was asked about is not done unasked");
    assert_eq!(rig.headline(), Headline::Confirmed);
}
