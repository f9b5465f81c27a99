use proptest::prelude::*;

use super::*;
use crate::CallbackState;

const POLICY: CallPolicy = CallPolicy {
    callback_window: jiff::SignedDuration::from_mins(60),
    max_open: jiff::SignedDuration::from_mins(240),
};

/// Minutes after ten o'clock.
fn minute(minutes: i64) -> Timestamp {
    let ten: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
    ten + jiff::SignedDuration::from_mins(minutes)
}

fn since_ten(time: Timestamp) -> i64 {
    time.duration_since(minute(0)).as_mins()
}

/// The call in a few letters: `Open 0 ringing@3`, `Ended 0-5 Platform`, `EndReported 5 Person`.
fn word(call: EmergencyCall) -> String {
    let callback = |c: Callback| match c.since {
        Some(since) => format!(" {:?}@{}", c.state, since_ten(since)),
        None => String::new(),
    };
    match call {
        EmergencyCall::EndReported { ended_at, ended_by } => {
            format!("EndReported {} {ended_by:?}", since_ten(ended_at))
        }
        EmergencyCall::Ended {
            started_at,
            ended_at,
            ended_by,
            callback: c,
        } => format!(
            "Ended {}-{} {ended_by:?}{}",
            since_ten(started_at),
            since_ten(ended_at),
            callback(c)
        ),
        EmergencyCall::Gone => "Gone".to_owned(),
        EmergencyCall::Open {
            started_at,
            callback: c,
        } => format!("Open {}{}", since_ten(started_at), callback(c)),
    }
}

const EVENTS: [CallEvent; 7] = [
    CallEvent::Started,
    CallEvent::Ended(EndedBy::Platform),
    CallEvent::Ended(EndedBy::Person),
    CallEvent::Ended(EndedBy::MaxOpen),
    CallEvent::CallbackRinging,
    CallEvent::CallbackConnected,
    CallEvent::CallbackEnded,
];

fn open() -> EmergencyCall {
    EmergencyCall::started(minute(0))
}

fn after(call: EmergencyCall, events: &[(CallEvent, i64)]) -> EmergencyCall {
    events.iter().fold(call, |call, (event, at)| {
        call.apply(*event, minute(*at), &POLICY)
    })
}

#[test]
fn every_event_in_every_state() {
    use CallEvent::{CallbackConnected, CallbackRinging, Ended};
    let ended = |by| after(open(), &[(Ended(by), 5)]);
    #[rustfmt::skip]
    let table: [(EmergencyCall, [&str; 7]); 10] = [
        (open(), [
            "Open 0", "Ended 0-9 Platform", "Ended 0-9 Person", "Ended 0-9 MaxOpen",
            "Open 0 Ringing@9", "Open 0 Connected@9", "Open 0"]),
        (after(open(), &[(CallbackRinging, 4)]), [
            "Open 0 Ringing@4", "Ended 0-9 Platform Ringing@4", "Ended 0-9 Person Ringing@4",
            "Ended 0-9 MaxOpen Ringing@4",
            "Open 0 Ringing@4", "Open 0 Connected@9", "Open 0 Over@9"]),
        (EmergencyCall::end_reported(minute(5), EndedBy::Platform), [
            "Ended 9-9 Platform", "EndReported 5 Platform", "EndReported 5 Platform",
            "EndReported 5 Platform",
            "EndReported 5 Platform", "EndReported 5 Platform", "EndReported 5 Platform"]),
        (ended(EndedBy::Platform), [
            "Ended 0-5 Platform", "Ended 0-5 Platform", "Ended 0-5 Platform",
            "Ended 0-5 Platform",
            "Ended 0-5 Platform Ringing@9", "Ended 0-5 Platform Connected@9",
            "Ended 0-5 Platform"]),
        (ended(EndedBy::Person), [
            "Ended 0-5 Person", "Ended 0-9 Platform", "Ended 0-5 Person", "Ended 0-5 Person",
            "Ended 0-5 Person Ringing@9", "Ended 0-5 Person Connected@9", "Ended 0-5 Person"]),
        (ended(EndedBy::MaxOpen), [
            "Ended 0-5 MaxOpen", "Ended 0-9 Platform", "Ended 0-5 MaxOpen", "Ended 0-5 MaxOpen",
            "Ended 0-5 MaxOpen Ringing@9", "Ended 0-5 MaxOpen Connected@9", "Ended 0-5 MaxOpen"]),
        (after(ended(EndedBy::Platform), &[(CallbackRinging, 6)]), [
            "Ended 0-5 Platform Ringing@6", "Ended 0-5 Platform Ringing@6",
            "Ended 0-5 Platform Ringing@6", "Ended 0-5 Platform Ringing@6",
            "Ended 0-5 Platform Ringing@6", "Ended 0-5 Platform Connected@9",
            "Ended 0-5 Platform Over@9"]),
        (after(ended(EndedBy::Platform), &[(CallbackConnected, 6)]), [
            "Ended 0-5 Platform Connected@6", "Ended 0-5 Platform Connected@6",
            "Ended 0-5 Platform Connected@6", "Ended 0-5 Platform Connected@6",
            "Ended 0-5 Platform Connected@6", "Ended 0-5 Platform Connected@6",
            "Ended 0-5 Platform Over@9"]),
        (after(ended(EndedBy::Platform), &[(CallbackConnected, 6), (CallEvent::CallbackEnded, 7)]), [
            "Ended 0-5 Platform Over@7", "Ended 0-5 Platform Over@7", "Ended 0-5 Platform Over@7",
            "Ended 0-5 Platform Over@7",
            "Ended 0-5 Platform Ringing@9", "Ended 0-5 Platform Connected@9",
            "Ended 0-5 Platform Over@7"]),
        (EmergencyCall::Gone, [
            "Open 9", "Gone", "Gone", "Gone", "Gone", "Gone", "Gone"]),
    ];
    for (call, expected) in table {
        for (event, expected) in EVENTS.iter().zip(expected) {
            let next = call.apply(*event, minute(9), &POLICY);
            assert_eq!(word(next), expected, "{} + {event:?}", word(call));
        }
    }
}

#[test]
fn time_alone_ends_a_call_and_then_removes_it() {
    #[rustfmt::skip]
    let table = [
        (open(), 239, "Open 0"),
        (open(), 240, "Ended 0-240 MaxOpen"),
        (open(), 299, "Ended 0-240 MaxOpen"),
        (open(), 300, "Gone"),
        (after(open(), &[(CallEvent::Ended(EndedBy::Platform), 5)]), 64, "Ended 0-5 Platform"),
        (after(open(), &[(CallEvent::Ended(EndedBy::Platform), 5)]), 65, "Gone"),
        (EmergencyCall::end_reported(minute(5), EndedBy::Platform), 64, "EndReported 5 Platform"),
        (EmergencyCall::end_reported(minute(5), EndedBy::Platform), 65, "Gone"),
    ];
    for (call, now, expected) in table {
        assert_eq!(word(call.at(minute(now), &POLICY)), expected, "at {now}");
    }
}

#[test]
fn a_callback_that_outlasts_the_window_keeps_the_number() {
    let call = after(
        open(),
        &[
            (CallEvent::Ended(EndedBy::Platform), 5),
            (CallEvent::CallbackConnected, 60),
        ],
    );
    assert_eq!(
        word(call.at(minute(100), &POLICY)),
        "Ended 0-5 Platform Connected@60"
    );
    assert!(call.holds_number(minute(100), &POLICY));
    // Its end ends the window, which had run out before; nobody's report ends it too.
    let over = after(call, &[(CallEvent::CallbackEnded, 101)]);
    assert_eq!(word(over), "Gone");
    assert!(call.holds_number(minute(299), &POLICY));
    assert_eq!(word(call.at(minute(300), &POLICY)), "Gone");
}

#[test]
fn the_window_moves_while_the_call_is_open_and_is_settled_once_it_has_ended() {
    let window = |call: EmergencyCall, now| {
        call.callback_window(minute(now), &POLICY)
            .map(|w| (since_ten(w.until), w.settled))
    };
    assert_eq!(window(open(), 3), Some((63, false)));
    let ended = after(open(), &[(CallEvent::Ended(EndedBy::Platform), 5)]);
    assert_eq!(window(ended, 6), Some((65, true)));
    assert_eq!(window(ended, 64), Some((65, true)));
    assert_eq!(window(ended, 65), None);
    let ringing = after(ended, &[(CallEvent::CallbackRinging, 64)]);
    assert_eq!(window(ringing, 64), Some((65, true)));
    assert_eq!(window(ringing, 66), Some((304, false)));
    assert_eq!(
        window(EmergencyCall::end_reported(minute(0), EndedBy::Platform), 1),
        None
    );
}

#[test]
fn a_late_report_of_the_end_gives_a_full_window_from_then() {
    // Nobody reported the end for four hours, then the platform did.
    let call = after(open(), &[(CallEvent::Ended(EndedBy::Platform), 270)]);
    assert_eq!(word(call), "Ended 0-270 Platform");
    assert!(call.holds_number(minute(329), &POLICY));
    assert!(!call.holds_number(minute(330), &POLICY));
}

#[test]
fn reads_back_from_storage() {
    let call = after(
        open(),
        &[
            (CallEvent::Ended(EndedBy::Person), 5),
            (CallEvent::CallbackRinging, 6),
        ],
    );
    let text = serde_json::to_string(&call).unwrap();
    assert_eq!(serde_json::from_str::<EmergencyCall>(&text).unwrap(), call);
}

fn reports() -> impl Strategy<Value = Vec<(CallEvent, i64)>> {
    prop::collection::vec((prop::sample::select(EVENTS.to_vec()), 0_i64..400), 0..24).prop_map(
        |mut reports| {
            reports.sort_by_key(|(_, at)| *at);
            reports
        },
    )
}

proptest! {
    /// Whatever is reported and in what order: from an ended call the number is not taken before
    /// the policy's window is over, and an open call holds its number.
    #[test]
    fn a_window_is_never_shorter_than_policy(reports in reports(), probe in 0_i64..600) {
        let mut call = open();
        for (event, at) in reports {
            call = call.apply(event, minute(at), &POLICY);
            let later = minute(at + probe);
            match call {
                EmergencyCall::Ended { ended_at, .. } => {
                    let closes = ended_at + POLICY.callback_window;
                    if later < closes {
                        prop_assert!(call.holds_number(later, &POLICY));
                    }
                    let window = call.callback_window(minute(at), &POLICY);
                    prop_assert!(window.is_none_or(|w| w.until >= closes));
                }
                EmergencyCall::Open { started_at, .. } => {
                    let closes = started_at + POLICY.max_open + POLICY.callback_window;
                    prop_assert_eq!(call.holds_number(later, &POLICY), later < closes
                        || call.callback().is_active() && call.at(later, &POLICY) != EmergencyCall::Gone);
                }
                EmergencyCall::EndReported { .. } | EmergencyCall::Gone => {}
            }
        }
    }

    /// A report that comes twice changes nothing the second time.
    #[test]
    fn reports_are_idempotent(reports in reports(), event in prop::sample::select(EVENTS.to_vec())) {
        let call = reports.into_iter().fold(open(), |c, (e, at)| c.apply(e, minute(at), &POLICY));
        let once = call.apply(event, minute(400), &POLICY);
        prop_assert_eq!(once.apply(event, minute(400), &POLICY), once);
    }

    /// Everything ends: no call outlives the limits of its policy.
    #[test]
    fn every_call_is_gone_in_the_end(reports in reports()) {
        let call = reports.into_iter().fold(open(), |c, (e, at)| c.apply(e, minute(at), &POLICY));
        prop_assert_eq!(call.at(minute(400 + 240 + 240 + 60), &POLICY), EmergencyCall::Gone);
    }

    /// `deadline` is the next moment at which time changes the call, and not before.
    #[test]
    fn nothing_changes_before_the_deadline(reports in reports()) {
        let call = reports.into_iter().fold(open(), |c, (e, at)| c.apply(e, minute(at), &POLICY));
        let now = minute(400);
        let call = call.at(now, &POLICY);
        if let Some(due) = call.deadline(&POLICY) {
            prop_assert!(due > now || due >= minute(0));
            let just_before = due - jiff::SignedDuration::from_millis(1);
            if just_before >= now {
                prop_assert_eq!(call.at(just_before, &POLICY), call);
            }
            prop_assert_ne!(call.at(due.max(now), &POLICY), call);
        } else {
            prop_assert_eq!(call, EmergencyCall::Gone);
        }
    }

    #[test]
    fn callback_state_none_means_nobody_called(reports in reports()) {
        let call = reports.into_iter().fold(open(), |c, (e, at)| c.apply(e, minute(at), &POLICY));
        let callback = call.callback();
        prop_assert_eq!(callback.state == CallbackState::None, callback.since.is_none());
    }
}
