//! The tray icon and its menu, as a pure function of the view.

mod text;
mod words;

use std::fmt;

use jiff::tz::TimeZone;

use self::text::Voice;
use crate::{
    language::Speech,
    view::{Headline, Session, View},
};

/// What the tray shows.
#[derive(Clone, Eq, PartialEq, serde::Serialize)]
pub struct Tray {
    /// The icon.
    pub icon: Icon,
    /// What it says when pointed at; the first line of the menu too.
    pub status: String,
    /// The menu, from the top.
    pub menu: Vec<Item>,
}

/// The icon, told apart by its shape.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Icon {
    /// Confirmed.
    Check,
    /// Said, but not with 911 yet, or too long ago.
    Clock,
    /// Something needs a look: refused, unreadable, declined.
    Exclamation,
    /// Never said, or nobody is signed in.
    Question,
    /// An emergency call is open, or its callback window is.
    RedPhone,
}

/// One line of the menu.
#[derive(Clone, Eq, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Something to choose.
    Choice {
        /// What it does.
        action: Action,
        /// What it is called.
        label: String,
    },
    /// Something to read.
    Line(String),
    /// A line between groups.
    Separator,
}

/// What a choice in the menu does; hand it to [`crate::Companion::choose`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Opens the main window at the choice of places.
    Change,
    /// Opens the main window at the question where the agent is.
    ConfirmNow,
    /// Opens the main window.
    Open,
    /// Ends the app, after a warning where there is reason for one.
    Quit,
    /// Brings the emergency window to the front.
    ShowEmergency,
}

impl Action {
    /// Every action, for shells whose menus know their lines by a name.
    pub const ALL: [Self; 5] = [
        Self::Change,
        Self::ConfirmNow,
        Self::Open,
        Self::Quit,
        Self::ShowEmergency,
    ];

    /// A stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::ConfirmNow => "confirm_now",
            Self::Open => "open",
            Self::Quit => "quit",
            Self::ShowEmergency => "show_emergency",
        }
    }
}

impl fmt::Debug for Tray {
    /// Without the menu, which says where help would be sent.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Tray")
            .field("icon", &self.icon)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Tray {
    /// The tray for this view, in this language. Times of day are written for `zone`.
    #[must_use]
    pub fn of(view: &View, speech: &Speech, zone: &TimeZone) -> Self {
        let voice = Voice::new(speech, zone);
        let words = voice.words;
        let status = voice.status(view);
        let mut menu = vec![Item::Line(status.clone()), Item::Separator];
        if view.emergency.is_some() {
            menu.push(choice(Action::ShowEmergency, words.show_emergency));
            menu.push(Item::Separator);
        }
        if let Session::SignedIn(signed_in) = &view.session {
            menu.push(Item::Line(voice.sent_to(signed_in, &view.connection)));
            match signed_in.location.headline {
                Headline::Confirmed
                | Headline::Sending
                | Headline::Unchecked
                | Headline::Unsent => {}
                Headline::AskAgain
                | Headline::Declined
                | Headline::Refused
                | Headline::Stale
                | Headline::Unknown => menu.push(choice(Action::ConfirmNow, words.confirm_now)),
            }
            menu.push(choice(Action::Change, words.change));
            menu.push(Item::Separator);
        }
        menu.push(choice(Action::Open, words.open));
        menu.push(choice(Action::Quit, words.quit));
        Self {
            icon: icon(view),
            status,
            menu,
        }
    }
}

fn choice(action: Action, label: &str) -> Item {
    Item::Choice {
        action,
        label: label.to_owned(),
    }
}

fn icon(view: &View) -> Icon {
    if view.emergency.is_some() {
        return Icon::RedPhone;
    }
    match &view.session {
        Session::Starting | Session::SignedOut { .. } => Icon::Question,
        Session::SignedIn(signed_in) => match signed_in.location.headline {
            Headline::AskAgain | Headline::Declined | Headline::Refused => Icon::Exclamation,
            Headline::Confirmed | Headline::Unchecked => Icon::Check,
            Headline::Sending | Headline::Stale | Headline::Unsent => Icon::Clock,
            Headline::Unknown => Icon::Question,
        },
    }
}
