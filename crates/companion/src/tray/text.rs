//! The tray's sentences. The windows take theirs from the catalogue in `ui/src/messages`; the
//! tray is drawn without a window, so that its few stand here.

use api::emergency::{CallbackState, Phase};
use jiff::{Timestamp, tz::TimeZone};

use crate::view::{Connection, EmergencyView, Headline, Session, SignedIn, View};

pub(super) const CHANGE: &str = "Change where I am…";
pub(super) const CONFIRM_NOW: &str = "Confirm now…";
pub(super) const OPEN: &str = "Open Whereabouts";
pub(super) const QUIT: &str = "Quit";
pub(super) const SHOW_EMERGENCY: &str = "Show the emergency call";

/// One line that says how things stand.
pub(super) fn status(view: &View, zone: &TimeZone) -> String {
    if let Some(emergency) = &view.emergency {
        return emergency_status(emergency, zone);
    }
    match &view.session {
        Session::Starting => "Starting".to_owned(),
        Session::SignedOut { .. } => "Sign in, so that 911 can find you".to_owned(),
        Session::SignedIn(signed_in) => location_status(signed_in, zone),
    }
}

fn emergency_status(emergency: &EmergencyView, zone: &TimeZone) -> String {
    let call = &emergency.emergency;
    let name = if call.test {
        "Test call"
    } else {
        "Emergency call"
    };
    match (call.callback.state, call.phase, call.callback_until) {
        (CallbackState::Ringing, _, _) => "911 is calling back. Answer.".to_owned(),
        (CallbackState::Connected, _, _) => "On the phone with 911".to_owned(),
        (_, Phase::Open, _) => format!("{name} in progress"),
        (_, Phase::Ended, Some(until)) => {
            format!(
                "{name} over; 911 can call you back until {}",
                time(until, zone)
            )
        }
        (_, Phase::Ended, None) => format!("{name} over"),
    }
}

fn location_status(signed_in: &SignedIn, zone: &TimeZone) -> String {
    let until = signed_in
        .location
        .served
        .as_ref()
        .and_then(|served| served.until)
        .map(|until| format!(" until {}", time(until, zone)))
        .unwrap_or_default();
    match signed_in.location.headline {
        Headline::AskAgain => "Are you still there? 911 does not know yet".to_owned(),
        Headline::Confirmed => format!("Confirmed{until}"),
        Headline::Declined => "You chose not to say where you are".to_owned(),
        Headline::Refused => "Your change could not be used. Open to fix it".to_owned(),
        Headline::Sending => "Sending".to_owned(),
        Headline::Stale => "Please confirm where you are again".to_owned(),
        Headline::Unchecked => format!("Confirmed{until}, address not checked"),
        Headline::Unknown => "Not confirmed. Where are you working today?".to_owned(),
        Headline::Unsent => "Saved here, not yet with 911".to_owned(),
    }
}

/// Where 911 would be sent, in one line.
pub(super) fn sent_to(signed_in: &SignedIn, connection: &Connection) -> String {
    match (&signed_in.location.served, connection) {
        (Some(served), _) if !served.lines.is_empty() => {
            format!("911 will be sent to {}", served.lines.join(", "))
        }
        (Some(_), _) | (None, Connection::Online) => "911 has no address for you".to_owned(),
        (None, Connection::Connecting | Connection::Offline { .. }) => {
            "What 911 has is not known while the server is away".to_owned()
        }
    }
}

/// A time of day, such as `5:30 pm`.
fn time(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%-I:%M %P").to_string()
}
