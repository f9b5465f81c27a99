//! The emergency, its window, and when both may go.

use std::time::Duration;

use ::emergency::E164;
use api::emergency::{CallbackState, Emergency, Phase};
use jiff::{SignedDuration, Timestamp};

use super::{Core, Output, server_clock::ServerClock};
use crate::{clock::Now, shell::Window, view::EmergencyView};

/// "The call is over" is offered so long after the call began.
const OFFER_OVER: SignedDuration = SignedDuration::from_secs(120);
/// How long after an ended call without a callback number its notice goes.
const WITHOUT_NUMBER: SignedDuration = SignedDuration::from_hours(1);
/// An open call that nobody has confirmed for so long is over, whatever was known last.
const LONGEST_CALL: SignedDuration = SignedDuration::from_hours(24);
/// A window that has not drawn anything for so long is asked for again, then at growing intervals.
const UNPAINTED: Duration = Duration::from_secs(3);
const LONGEST_UNPAINTED: Duration = Duration::from_secs(60);
/// A window that somebody took away is back so soon.
const TAKEN_AWAY: Duration = Duration::from_millis(300);

/// The emergency call that is open, or whose callback window is.
#[derive(Debug, Default)]
pub(super) struct Emergencies {
    current: Option<Box<Emergency>>,
    /// From an earlier process, and not confirmed by the server since.
    from_memory: bool,
    whose: Option<(String, String)>,
    window: Option<Shown>,
    banner: Option<Banner>,
}

/// What the server is to know of the last banner that was painted.
#[derive(Debug)]
struct Banner {
    call: String,
    untold: bool,
}

/// The emergency window, as it was asked for last.
#[derive(Debug)]
struct Shown {
    call_id: String,
    ringing: bool,
    /// Since when it was asked for, by how long the computer had been up.
    since: Duration,
    painted: bool,
    ask_again_at: Option<Duration>,
    wait: Duration,
}

impl Emergencies {
    pub(super) fn current(&self) -> Option<&Emergency> {
        self.current.as_deref()
    }

    /// At which server, and whose.
    pub(super) fn whose(&self) -> Option<(String, String)> {
        self.whose.clone()
    }

    /// Whether somebody is on the phone with the 911 centre, or is being called by it.
    pub(super) fn is_urgent(&self) -> bool {
        self.current().is_some_and(is_urgent)
    }

    pub(super) fn recall(&mut self, emergency: Emergency, whose: (&str, &str)) {
        self.current = Some(Box::new(emergency));
        self.from_memory = true;
        self.whose = Some((whose.0.to_owned(), whose.1.to_owned()));
    }

    /// Lets go of an emergency that is somebody else's.
    pub(super) fn keep_only(&mut self, whose: (&str, &str)) {
        let theirs = |(server, username): &(String, String)| (&**server, &**username) == whose;
        if !self.whose.as_ref().is_some_and(theirs) {
            self.clear();
        }
    }

    pub(super) fn clear(&mut self) {
        self.current = None;
        self.whose = None;
    }

    pub(super) fn view(
        &self,
        clock: &ServerClock,
        online: bool,
        now: Now,
    ) -> Option<EmergencyView> {
        let emergency = self.current()?;
        Some(EmergencyView {
            callback_number_grouped: emergency
                .callback_number
                .as_ref()
                .and_then(|number| number.parse::<E164>().ok())
                .map(|number| number.grouped()),
            last_known: !online || self.from_memory,
            over_offered: over_offered_at(emergency).is_some_and(|at| at <= clock.at(now)),
            emergency: emergency.clone(),
        })
    }

    /// What the server said to the news that a banner is on the screen. What it did not take is told
    /// again with the next that it says.
    pub(super) fn banner_told(&mut self, call: &str, noted: bool) {
        if let Some(banner) = &mut self.banner
            && banner.call == call
        {
            banner.untold = !noted;
        }
    }

    /// Lets go of what must not be kept any longer; says whether it did.
    pub(super) fn purge(&mut self, clock: &ServerClock, online: bool, now: Now) -> bool {
        let gone = self
            .current()
            .and_then(|emergency| gone_at(emergency, online))
            .is_some_and(|at| at <= clock.at(now));
        if gone {
            self.clear();
        }
        gone
    }

    pub(super) fn deadline(&self, clock: &ServerClock, online: bool, now: Now) -> Option<Duration> {
        let emergency = self.current()?;
        let times = [gone_at(emergency, online), over_offered_at(emergency)];
        times
            .into_iter()
            .flatten()
            .filter(|time| *time > clock.at(now))
            .map(|time| clock.up_at(time, now))
            .chain(self.window.as_ref().and_then(|window| window.ask_again_at))
            .min()
    }
}

/// How the server knows it.
fn name(emergency: &Emergency) -> &str {
    if emergency.reference.is_empty() {
        &emergency.call_id
    } else {
        &emergency.reference
    }
}

fn is_urgent(emergency: &Emergency) -> bool {
    emergency.phase == Phase::Open
        || matches!(
            emergency.callback.state,
            CallbackState::Connected | CallbackState::Ringing
        )
}

fn over_offered_at(emergency: &Emergency) -> Option<Timestamp> {
    match emergency.phase {
        Phase::Open => emergency.started_at.saturating_add(OFFER_OVER).ok(),
        Phase::Ended => None,
    }
}

/// From when on it must not be shown any more. While the server answers, only it says so.
fn gone_at(emergency: &Emergency, online: bool) -> Option<Timestamp> {
    if online {
        return None;
    }
    if is_urgent(emergency) {
        return emergency.started_at.saturating_add(LONGEST_CALL).ok();
    }
    let ended = emergency.ended_at.unwrap_or(emergency.started_at);
    emergency
        .callback_until
        .or_else(|| ended.saturating_add(WITHOUT_NUMBER).ok())
}

impl Core {
    /// The server said how the emergency stands.
    pub(super) fn emergency_told(&mut self, emergency: Option<Box<Emergency>>) {
        self.emergencies.from_memory = false;
        match emergency {
            Some(emergency) => {
                self.emergencies.current = Some(emergency);
                self.emergencies.whose = self
                    .signing
                    .signed_in()
                    .map(|(server, username)| (server.to_owned(), username.to_owned()));
            }
            None => self.emergencies.clear(),
        }
        self.tell_banner();
    }

    /// Tells the server that the banner of the call in progress is on the screen, once.
    fn tell_banner(&mut self) {
        let online = self.is_online();
        let emergencies = &mut self.emergencies;
        let (Some(banner), Some(emergency)) = (&mut emergencies.banner, &emergencies.current)
        else {
            return;
        };
        let news = banner.untold && banner.call == name(emergency);
        if news && online && !emergencies.from_memory && emergency.phase == Phase::Open {
            banner.untold = false;
            let call = banner.call.clone();
            self.put(Output::BannerShown(call));
        }
    }

    /// Makes the window while it is needed, and destroys it when it is not.
    pub(super) fn emergency_window(&mut self, now: Now) {
        let Some(emergency) = self.emergencies.current() else {
            if self.emergencies.window.take().is_some() {
                self.put(Output::Destroy(Window::Emergency));
            }
            return;
        };
        let ringing = emergency.callback.state == CallbackState::Ringing;
        let call_id = emergency.call_id.clone();
        let window = &mut self.emergencies.window;
        match window {
            Some(shown) if shown.call_id == call_id && (!ringing || shown.ringing) => {
                shown.ringing = ringing;
                if shown.ask_again_at.is_none_or(|at| at > now.up) {
                    return;
                }
                // It should be there and is not, or draws nothing.
                tracing::warn!("the emergency window is asked for again");
                shown.wait = (shown.wait * 2).min(LONGEST_UNPAINTED);
                shown.ask_again_at = Some(now.up + shown.wait);
            }
            Some(shown) => {
                shown.call_id = call_id;
                shown.ringing = ringing;
            }
            None => {
                *window = Some(Shown {
                    call_id,
                    ringing,
                    since: now.up,
                    painted: false,
                    ask_again_at: Some(now.up + UNPAINTED),
                    wait: UNPAINTED,
                });
            }
        }
        self.put(Output::Show(Window::Emergency));
    }

    pub(super) fn emergency_painted(&mut self) {
        let now = self.last;
        let emergencies = &mut self.emergencies;
        if let Some(call) = emergencies.current.as_deref().map(name)
            && emergencies
                .banner
                .as_ref()
                .is_none_or(|told| told.call != call)
        {
            let call = call.to_owned();
            emergencies.banner = Some(Banner { call, untold: true });
        }
        self.tell_banner();
        if let Some(shown) = &mut self.emergencies.window {
            shown.ask_again_at = None;
            shown.wait = UNPAINTED;
            if !std::mem::replace(&mut shown.painted, true) {
                let took = now.up.saturating_sub(shown.since).as_millis();
                tracing::info!(
                    emergency.painted_ms = took,
                    "the emergency window is painted"
                );
            }
        }
    }

    pub(super) fn emergency_closed(&mut self) {
        let now = self.last;
        if let Some(shown) = &mut self.emergencies.window {
            shown.painted = false;
            shown.since = now.up;
            shown.wait = TAKEN_AWAY.max(shown.wait / 2);
            shown.ask_again_at = Some(now.up + TAKEN_AWAY);
        }
    }
}
