//! What the tray says of a view, in one language.

use api::emergency::{CallbackState, Phase};
use jiff::{Timestamp, tz::TimeZone};

use super::words::{Words, words};
use crate::{
    language::{Language, Speech},
    view::{Connection, EmergencyView, Headline, Session, SignedIn, View},
};

/// Says things in one language, in the manner of one region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice<'a> {
    speech: &'a Speech,
    zone: &'a TimeZone,
    pub(super) words: &'static Words,
}

impl<'a> Voice<'a> {
    /// The voice of this speech; times of day are written for `zone`.
    pub(super) fn new(speech: &'a Speech, zone: &'a TimeZone) -> Self {
        Self {
            speech,
            zone,
            words: words(speech.language()),
        }
    }

    /// One line that says how things stand.
    pub(super) fn status(self, view: &View) -> String {
        if let Some(emergency) = &view.emergency {
            return self.emergency_status(emergency);
        }
        match &view.session {
            Session::Starting => self.words.starting.to_owned(),
            Session::SignedOut { .. } => self.words.sign_in.to_owned(),
            Session::SignedIn(signed_in) => self.location_status(signed_in),
        }
    }

    fn emergency_status(self, emergency: &EmergencyView) -> String {
        let call = &emergency.emergency;
        let name = if call.test {
            self.words.test_call
        } else {
            self.words.emergency_call
        };
        let fill = |text: &str| {
            text.replace("{call}", name)
                .replace("{number}", &call.dialled)
        };
        match (call.callback.state, call.phase, call.callback_until) {
            (CallbackState::Ringing, _, _) => fill(self.words.ringing),
            (CallbackState::Connected, _, _) => fill(self.words.connected),
            (_, Phase::Open, _) => fill(self.words.in_progress),
            (_, Phase::Ended, Some(until)) => {
                fill(self.words.over_until).replace("{time}", &self.time(until))
            }
            (_, Phase::Ended, None) => fill(self.words.over),
        }
    }

    fn location_status(self, signed_in: &SignedIn) -> String {
        let until = signed_in
            .location
            .served
            .as_ref()
            .and_then(|served| served.until);
        let dated = |plain: &str, dated: &str| match until {
            Some(until) => dated.replace("{time}", &self.time(until)),
            None => plain.to_owned(),
        };
        let number = number(signed_in);
        match signed_in.location.headline {
            Headline::AskAgain => self.words.ask_again.replace("{number}", number),
            Headline::Confirmed => dated(self.words.confirmed, self.words.confirmed_until),
            Headline::Declined => self.words.declined.to_owned(),
            Headline::Refused => self.words.refused.to_owned(),
            Headline::Sending => self.words.sending.to_owned(),
            Headline::Stale => self.words.stale.to_owned(),
            Headline::Unchecked => dated(self.words.unchecked, self.words.unchecked_until),
            Headline::Unknown => self.words.unknown.to_owned(),
            Headline::Unsent => self.words.unsent.replace("{number}", number),
        }
    }

    /// Where help would be sent, in one line.
    pub(super) fn sent_to(self, signed_in: &SignedIn, connection: &Connection) -> String {
        let number = number(signed_in);
        let text = match (&signed_in.location.served, connection) {
            (Some(served), _) if !served.lines.is_empty() => {
                // The address comes last: what stands in it is not looked through for holes.
                let text = self.words.sent_to.replace("{number}", number);
                return text.replace("{address}", &served.lines.join(", "));
            }
            (Some(_), _) | (None, Connection::Online) => self.words.no_address,
            (None, Connection::Connecting | Connection::Offline { .. }) => self.words.away,
        };
        text.replace("{number}", number)
    }

    /// A time of day, such as `5:30 pm`, `17.30` or `17 h 30`.
    fn time(self, at: Timestamp) -> String {
        let format = match self.speech.language() {
            Language::Da => "%H.%M",
            Language::Fr if self.speech.tag.ends_with("CA") => "%-H\u{a0}h\u{a0}%M",
            Language::Es if self.speech.has_twelve_hours() => {
                let time = at.to_zoned(self.zone.clone());
                let half = if time.hour() < 12 {
                    "a.\u{a0}m."
                } else {
                    "p.\u{a0}m."
                };
                return format!("{}\u{a0}{half}", time.strftime("%-I:%M"));
            }
            Language::En if self.speech.has_twelve_hours() => "%-I:%M %P",
            Language::En | Language::Es | Language::Fr => "%H:%M",
        };
        at.to_zoned(self.zone.clone()).strftime(format).to_string()
    }
}

/// What this agent dials for help; 112, which works in most places, where their country is not
/// known here.
fn number(signed_in: &SignedIn) -> &'static str {
    emergency::local_number(&signed_in.agent.country).unwrap_or("112")
}
