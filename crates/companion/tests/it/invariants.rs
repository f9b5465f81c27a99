//! What must hold whatever happens, in whatever order.

use std::time::Duration;

use api::{agent::Me, location::ServedLocation};
use client::{Error, State, Watched};
use companion::{
    core::{Ask, Input, Kept, Tell},
    shell::Window,
    tray::{Action, Icon},
    view::{Connection, Headline, Session},
};
use jiff::SignedDuration;
use location::Status;
use proptest::prelude::*;

use crate::{
    rig::{Keychain, Rig, maria},
    sample::{
        agent, call, ended, me, read, refusal, refused, ringing, served, unreachable, ws_181,
        ws_182,
    },
};

/// Something that may happen.
#[derive(Clone, Copy, Debug)]
enum Event {
    Ask(u8),
    Acknowledge(u8),
    Chosen(u8),
    ClockSet(i64),
    Corrupt,
    DiskWorks(bool),
    Done(bool),
    Enrolled,
    Keychain(u8),
    Lost,
    Opened,
    Pushed {
        version: u64,
        status: u8,
        call: u8,
        hours: i64,
    },
    Reboot,
    Restart,
    Sleep(u64),
    SignedOut,
    Told(u8),
    Wait(u64),
}

fn event() -> impl Strategy<Value = Event> {
    let push = (0..6_u64, any::<u8>(), any::<u8>(), -20..20_i64).prop_map(
        |(version, status, call, hours)| Event::Pushed {
            version,
            status,
            call,
            hours,
        },
    );
    prop_oneof![
        3 => any::<u8>().prop_map(Event::Ask),
        4 => any::<u8>().prop_map(Event::Acknowledge),
        1 => any::<u8>().prop_map(Event::Chosen),
        1 => (-100_000..100_000_i64).prop_map(Event::ClockSet),
        1 => Just(Event::Corrupt),
        1 => any::<bool>().prop_map(Event::DiskWorks),
        1 => any::<bool>().prop_map(Event::Done),
        2 => Just(Event::Enrolled),
        1 => any::<u8>().prop_map(Event::Keychain),
        2 => Just(Event::Lost),
        3 => Just(Event::Opened),
        6 => push,
        1 => Just(Event::Reboot),
        2 => Just(Event::Restart),
        1 => (0..100_000_u64).prop_map(Event::Sleep),
        1 => Just(Event::SignedOut),
        3 => any::<u8>().prop_map(Event::Told),
        3 => (0..5_000_u64).prop_map(Event::Wait),
    ]
}

/// What the story has really been told by the server.
#[derive(Default)]
struct Truth {
    /// Everything the server acknowledged to this process.
    acknowledged: Vec<ServedLocation>,
    /// When the story got the call that the server said last, while it may not be hidden.
    open: Option<Duration>,
}

struct Story {
    rig: Rig,
    truth: Truth,
    /// How long the story has been going on, whatever the clocks say.
    passed: Duration,
    clock_was_set: bool,
    /// Whether what is kept can be dated without the clock on the wall.
    dated: bool,
}

impl Story {
    fn new() -> Self {
        let mut rig = Rig::new();
        rig.session = Some(maria());
        rig.start();
        Self {
            rig,
            truth: Truth::default(),
            passed: Duration::ZERO,
            clock_was_set: false,
            dated: true,
        }
    }

    fn happen(&mut self, event: Event) {
        let rig = &mut self.rig;
        match event {
            Event::Ask(which) => match which % 7 {
                0 | 1 => drop(rig.confirm(if which > 128 { ws_181() } else { ws_182() })),
                2 => drop(rig.ask(Ask::Decline("no".to_owned()))),
                3 => drop(rig.ask(Ask::EndShift)),
                4 => drop(rig.ask(Ask::CallOver)),
                5 => drop(rig.ask(Ask::EndCall)),
                _ => drop(rig.ask(Ask::Discard)),
            },
            Event::Acknowledge(which) => self.acknowledge(which),
            Event::Chosen(which) => {
                let actions = Action::ALL;
                rig.tell(Tell::Chosen(actions[usize::from(which) % actions.len()]));
            }
            Event::ClockSet(seconds) => {
                rig.now.wall += SignedDuration::from_secs(seconds);
                self.clock_was_set = true;
            }
            Event::Corrupt => {
                rig.outbox = Kept::Corrupt;
                rig.remembered = Kept::Corrupt;
            }
            Event::DiskWorks(works) => rig.disk_works = works,
            Event::Done(well) => {
                if !rig.said.is_empty() {
                    let (ticket, _) = rig.said.remove(0);
                    let result = if well { Ok(()) } else { Err(unreachable()) };
                    rig.input(Input::Done(ticket, result));
                }
            }
            Event::Enrolled => {
                rig.sign_in("e911.example.com");
                rig.input(Input::Enrolled(Ok(read(agent("agent")))));
            }
            Event::Keychain(which) => match which % 4 {
                0 => rig.keychain = Keychain::Hangs,
                1 => rig.keychain = Keychain::Refuses,
                2 => rig.input(Input::KeychainSilent),
                _ => rig.keychain = Keychain::Answers,
            },
            Event::Lost => rig.lost(),
            Event::Opened => rig.opened(),
            Event::Pushed {
                version,
                status,
                call,
                hours,
            } => self.push(version, status, call, hours),
            Event::Reboot => {
                self.dated = false;
                self.process_dies();
                self.passed += Duration::from_secs(60);
                self.rig.reboot();
                self.dated = self.rig.disk_works;
            }
            Event::Restart => {
                self.process_dies();
                self.rig.restart();
            }
            Event::Sleep(seconds) => {
                self.passed += Duration::from_secs(seconds);
                rig.sleep(Duration::from_secs(seconds));
            }
            Event::SignedOut => {
                if let Some(stream) = rig.stream {
                    rig.input(Input::SignedOut(stream, refusal(401, "token_revoked")));
                }
            }
            Event::Told(which) => rig.tell(match which % 7 {
                0 => Tell::Closed(Window::Main),
                1 => Tell::Opened(Window::Main),
                2 => Tell::Painted(Window::Emergency),
                3 => Tell::Moved,
                4 => Tell::Resumed,
                5 => Tell::Stay,
                _ => Tell::Dismissed("superseded".to_owned()),
            }),
            Event::Wait(seconds) => {
                self.passed += Duration::from_secs(seconds);
                rig.wait(Duration::from_secs(seconds));
            }
        }
    }

    fn acknowledge(&mut self, which: u8) {
        let rig = &mut self.rig;
        if rig.sent.is_empty() {
            return;
        }
        let result = match which % 6 {
            0 | 1 => {
                let served = served(u64::from(which));
                self.truth.acknowledged.push(served.clone());
                Ok(served)
            }
            2 => Err(unreachable()),
            3 => Err(refused(503, "unavailable")),
            4 => Err(refused(422, "not_acceptable")),
            _ => {
                let newer = served(u64::from(which));
                self.truth.acknowledged.push(newer.clone());
                let mut refusal = refusal(409, "superseded");
                refusal.served = Some(Box::new(newer));
                Err(Error::Refused(refusal))
            }
        };
        rig.acknowledge(result);
    }

    fn push(&mut self, version: u64, status: u8, which: u8, hours: i64) {
        if self.rig.stream.is_none() {
            return;
        }
        if self.rig.view.connection != Connection::Online {
            self.rig.opened();
            self.clock_was_set = false;
            self.dated = true;
        }
        let now = self.rig.server;
        let mut location = served(version);
        location.status = match status % 4 {
            0 | 1 => Status::Confirmed,
            2 => Status::Stale,
            _ => Status::Declined,
        };
        location.until = Some(now + SignedDuration::from_hours(hours));
        let mut emergency = match which % 5 {
            0 => Some(call()),
            1 => Some(ended()),
            2 => Some(ringing()),
            _ => None,
        };
        if let Some(emergency) = &mut emergency {
            emergency.started_at = now;
            emergency.callback_until = Some(now + SignedDuration::from_hours(1));
        }
        self.truth.acknowledged.push(location.clone());
        let open = emergency.is_some() && which % 5 != 1;
        self.truth.open = open.then_some(self.passed);
        let me = Me {
            served: Some(location),
            emergency: emergency.clone(),
            ..me(1)
        };
        let state = if status > 240 {
            State::EmergencyOnly {
                revision: 1,
                emergency: emergency.map(Box::new),
            }
        } else {
            State::Whole(Box::new(me))
        };
        self.rig.watched(Watched::Frame(state));
    }

    /// What was acknowledged to a process that is gone counts no more. A call is remembered when
    /// it could be written down and the keychain answers.
    fn process_dies(&mut self) {
        self.truth.acknowledged.clear();
        let written = match &self.rig.remembered {
            Kept::Read(remembered) => {
                serde_json::to_value(remembered).unwrap()["emergency"].clone()
            }
            Kept::Corrupt | Kept::Missing => serde_json::Value::Null,
        };
        let shown = self.rig.view.emergency.as_ref();
        let readable = matches!(self.rig.keychain, Keychain::Answers)
            && shown
                .is_some_and(|shown| serde_json::to_value(&shown.emergency).unwrap() == written);
        // With the server away, a wrong clock is then all there is to judge by.
        let misdated = self.clock_was_set && !self.dated;
        if !readable || misdated {
            self.truth.open = None;
        }
    }

    fn check(&mut self) -> Result<(), TestCaseError> {
        self.never_confirmed_without_acknowledgement()?;
        self.never_hidden_while_open()
    }

    fn never_confirmed_without_acknowledgement(&self) -> Result<(), TestCaseError> {
        let Session::SignedIn(signed_in) = &self.rig.view.session else {
            return Ok(());
        };
        let location = &signed_in.location;
        match location.headline {
            Headline::Confirmed | Headline::Unchecked => {
                let shown = location.served.as_ref().unwrap();
                prop_assert!(shown.version > 0);
                prop_assert!(
                    self.truth.acknowledged.contains(shown),
                    "nobody acknowledged version {}",
                    shown.version
                );
                prop_assert!(location.unsent.is_none());
            }
            Headline::AskAgain | Headline::Refused | Headline::Sending | Headline::Unsent => {
                prop_assert!(location.unsent.is_some());
            }
            Headline::Declined | Headline::Stale | Headline::Unknown => {}
        }
        Ok(())
    }

    fn never_hidden_while_open(&mut self) -> Result<(), TestCaseError> {
        let Some(since) = self.truth.open else {
            return Ok(());
        };
        let rig = &self.rig;
        if rig.view.emergency.is_none() {
            // A day without news of it is the one way in which an open call goes by itself.
            let age = self.passed - since;
            prop_assert!(
                age >= Duration::from_secs(24 * 3_600 - 1),
                "a call that began {age:?} ago is not shown"
            );
            self.truth.open = None;
            return Ok(());
        }
        prop_assert!(rig.windows.contains("emergency"), "its window is gone");
        prop_assert_eq!(rig.tray.as_ref().unwrap().icon, Icon::RedPhone);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn nothing_is_confirmed_unacknowledged_and_no_open_call_is_hidden(
        events in proptest::collection::vec(event(), 1..60),
    ) {
        let mut story = Story::new();
        for event in events {
            story.happen(event);
            story.check()?;
        }
    }
}
