use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use super::{record::Phase, *};

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

pub(super) fn status(id: &str) -> Status {
    Status::new(id, format!("The {id}"), id.starts_with("dnd")).unwrap()
}

pub(super) fn mark() -> Mark {
    "mark".parse().unwrap()
}

fn read(id: &str, marked: Marked) -> Event {
    let status = status(id);
    Event::Answered(Answer::Read(Ok(Current { status, marked })))
}

fn ours() -> Event {
    read("dnd", Marked::ByUs(mark()))
}

fn theirs() -> Event {
    read("lunch", Marked::NotByUs)
}

fn not_read() -> Event {
    Event::Answered(Answer::Read(Err(Fault::InDoubt)))
}

fn held() -> Event {
    Event::Answered(Answer::Held(Ok(status("dnd"))))
}

fn not_held(fault: Fault) -> Event {
    Event::Answered(Answer::Held(Err(fault)))
}

fn restored() -> Event {
    Event::Answered(Answer::Restored(Ok(())))
}

fn not_restored() -> Event {
    Event::Answered(Answer::Restored(Err(Fault::InDoubt)))
}

fn restore(to: Option<Status>) -> Command {
    Command::Restore { mark: mark(), to }
}

/// A first call at 0, and then one event each second.
fn after(events: &[Event]) -> Presence {
    let moments = (0..).map(at);
    let begin = Presence::begin(mark(), at(0));
    let events = events.iter().cloned().zip(moments);
    events.fold(begin, |presence, (event, now)| presence.step(event, now))
}

/// One of each phase.
fn phases() -> Vec<Presence> {
    let available = || read("available", Marked::NotByUs);
    let held_since = [available(), held()];
    let then = |events: &[Event]| after(&[&held_since, events].concat());
    vec![
        after(&[]),
        after(&[available()]),
        then(&[]),
        then(&[theirs()]),
        then(&[Event::Ended]),
        then(&[Event::Ended, ours()]),
        after(&[Event::Ended]),
        then(&[Event::Ended, ours(), restored()]),
        then(&[Event::Ended, theirs()]),
        abandoned(),
    ]
}

fn abandoned() -> Presence {
    let presence = after(&[read("available", Marked::NotByUs), held(), Event::Ended]);
    presence.step(not_read(), at(2) + RESTORE_FOR)
}

#[test]
fn every_event_in_every_phase() {
    let events = [
        Event::Started,
        Event::Ended,
        Event::Restarted,
        ours(),
        theirs(),
        read("dnd", Marked::Unknown),
        not_read(),
        held(),
        not_held(Fault::InDoubt),
        not_held(Fault::Refused),
        restored(),
        not_restored(),
    ];
    let mut table = String::new();
    for before in phases() {
        writeln!(table, "{:?}", before.phase()).unwrap();
        for event in &events {
            let now = at(10);
            let next = before.clone().step(event.clone(), now);
            let wait = next
                .next_at()
                .map(|next| next.duration_since(now).as_secs());
            let prior = next.prior().map_or("-", Status::id);
            writeln!(
                table,
                "  {:<38} {:<20} in {:<12} prior {prior:<10} {}",
                word(event),
                format!("{:?}", next.phase()),
                wait.map_or("-".to_owned(), |wait| format!("{wait} s")),
                next.shown()
                    .trouble
                    .map_or(String::new(), |t| format!("{t:?}")),
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

fn word(event: &Event) -> String {
    match event {
        Event::Answered(Answer::Read(Ok(current))) => {
            format!("read {} {:?}", current.status.id(), current.marked)
        }
        Event::Answered(answer) => format!("{answer:?}").chars().take(24).collect(),
        Event::Ended | Event::Restarted | Event::Started => format!("{event:?}"),
    }
}

#[test]
fn what_it_was_comes_back_once() {
    let mut presence = Presence::begin(mark(), at(0));
    let mut asked = Vec::new();
    for event in [
        read("available", Marked::NotByUs),
        held(),
        Event::Started,
        Event::Ended,
        ours(),
        restored(),
        Event::Ended,
        restored(),
    ] {
        asked.extend(presence.command(at(1)));
        presence = presence.step(event, at(1));
    }
    let hold = Command::Hold {
        mark: mark(),
        until: at(1) + EXPIRY,
    };
    let restores = restore(Some(status("available")));
    assert_eq!(asked, [Command::Read, hold, Command::Read, restores]);
    assert_eq!(presence.outcome(), Some(Outcome::Restored));
}

#[test]
fn a_call_while_the_last_one_is_tidied_away_restores_what_was_before_both() {
    for tidying in [
        vec![],
        vec![ours()],
        vec![ours(), not_restored()],
        vec![ours(), Event::Restarted],
    ] {
        let first = [read("available", Marked::NotByUs), held(), Event::Ended];
        let again = [
            Event::Started,
            restored(),
            ours(),
            held(),
            Event::Ended,
            ours(),
        ];
        let presence = after(&[&first[..], &tidying, &again].concat());
        let command = presence.command(at(60));
        assert_eq!(
            command,
            Some(restore(Some(status("available")))),
            "{tidying:?}"
        );
    }
}

#[test]
fn a_mark_of_ours_is_never_what_it_was_before() {
    let left_behind = Marked::ByUs("of a record that was lost".parse().unwrap());
    let presence = after(&[read("dnd", left_behind), held(), Event::Ended, ours()]);
    assert_eq!(presence.command(at(9)), Some(restore(None)));
}

#[test]
fn do_not_disturb_of_ones_own_comes_back() {
    for marked in [Marked::NotByUs, Marked::Unknown] {
        let presence = after(&[read("dnd own", marked), held(), Event::Ended, ours()]);
        let restores = restore(Some(status("dnd own")));
        assert_eq!(presence.command(at(9)), Some(restores));
    }
}

#[test]
fn do_not_disturb_is_set_also_when_nobody_says_what_it_was() {
    let presence = after(&[not_read(), not_read()]);
    assert!(matches!(
        presence.command(at(1)),
        Some(Command::Hold { .. })
    ));
    assert_eq!(presence.shown().trouble, Some(Trouble::NotSet));
    let presence = presence.step(held(), at(2)).step(Event::Ended, at(3));
    assert_eq!(presence.shown().trouble, None);
    let presence = presence.step(ours(), at(4));
    assert_eq!(presence.command(at(4)), Some(restore(None)));
}

#[test]
fn a_platform_that_is_slow_is_looked_at_again_before_it_counts_as_done() {
    // It answered nothing in time, and sets it all the same, after the call.
    let presence = after(&[
        read("available", Marked::NotByUs),
        not_held(Fault::InDoubt),
        Event::Ended,
        read("available", Marked::NotByUs),
    ]);
    assert_eq!(presence.phase(), Phase::Checking);
    assert_eq!(presence.next_at(), Some(at(1 + 60)));
    let presence = presence.step(ours(), at(61));
    let restores = restore(Some(status("available")));
    assert_eq!(presence.command(at(61)), Some(restores));
    // One that refused does nothing later.
    let presence = after(&[
        read("available", Marked::NotByUs),
        not_held(Fault::Refused),
        Event::Ended,
        read("available", Marked::NotByUs),
    ]);
    assert_eq!(presence.outcome(), Some(Outcome::NothingSet));
}

#[test]
fn it_is_renewed_as_long_as_the_call_is_open_and_only_while_it_is_ours() {
    let presence = after(&[read("available", Marked::NotByUs), held()]);
    assert_eq!(presence.command(at(1 + 1_799)), None);
    assert_eq!(presence.command(at(1 + 1_800)), Some(Command::Read));
    let renewed = presence.clone().step(ours(), at(1_801));
    assert!(matches!(
        renewed.command(at(1_801)),
        Some(Command::Hold { .. })
    ));
    assert_eq!(renewed.shown().trouble, None);
    let yielded = presence.step(theirs(), at(1_801));
    assert_eq!(yielded.command(at(90_000)), None);
    assert_eq!(yielded.shown().status, Some(status("lunch")));
}

#[test]
fn a_clock_that_is_set_keeps_nothing_waiting() {
    let presence = after(&[read("available", Marked::NotByUs), not_held(Fault::InDoubt)]);
    let day = SignedDuration::from_hours(24);
    assert!(presence.command(at(0) - day).is_some(), "back");
    assert!(presence.command(at(0) + day).is_some(), "ahead");
    let presence = after(&[read("available", Marked::NotByUs), held(), Event::Ended]);
    // One that ran ahead gives nothing up before it has tried.
    assert_eq!(presence.command(at(0) + day), Some(Command::Read));
    let presence = presence.step(ours(), at(0) + day);
    assert!(matches!(
        presence.command(at(0) + day),
        Some(Command::Restore { .. })
    ));
}

#[test]
fn what_is_tried_in_vain_is_given_up_when_what_was_set_has_ended() {
    let mut presence = after(&[read("available", Marked::NotByUs), held(), Event::Ended]);
    let mut now = at(2);
    let mut tries = 0;
    while let Some(next) = presence.next_at() {
        now = now.max(next);
        assert_eq!(presence.command(now), Some(Command::Read));
        presence = presence.step(not_read(), now);
        tries += 1;
    }
    assert_eq!(presence.outcome(), Some(Outcome::Abandoned));
    assert!(now >= at(2) + RESTORE_FOR && now < at(2) + EXPIRY);
    assert!((50..70).contains(&tries), "{tries}");
    assert_eq!(presence.shown().trouble, Some(Trouble::NotRestored));
}

#[test]
fn it_is_kept_and_read_back_whole() {
    for presence in phases() {
        let kept = serde_json::to_string(&presence).unwrap();
        assert_eq!(serde_json::from_str::<Presence>(&kept).unwrap(), presence);
    }
}

#[test]
fn a_status_is_a_short_text_of_one_line() {
    for (id, name) in [
        ("", "x"),
        ("x", ""),
        ("x", "  "),
        ("x", "a\nb"),
        ("x\0", "x"),
        (&"x".repeat(513), "x"),
        ("x", &"x".repeat(81)),
    ] {
        assert_eq!(
            Status::new(id, name, false),
            Err(StatusError),
            "{id} {name}"
        );
    }
    let json = r#"{"id":"","name":"x"}"#;
    assert!(serde_json::from_str::<Status>(json).is_err());
}
