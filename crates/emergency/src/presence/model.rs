//! A platform, a person and a server that crashes, in any order: at the end the status is what the
//! person wants.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{
    tests::{at, mark, status},
    *,
};

/// What happens.
#[derive(Clone, Debug)]
enum Happens {
    CallOpens,
    CallsEnd,
    Person(u8),
    /// Time passes, in seconds, and then what is due is asked, and the platform does this.
    Asked(i64, Does),
    /// The server dies after the platform did what it was asked, and before that is known.
    Crash(i64),
}

/// What the platform does when it is asked.
#[derive(Clone, Copy, Debug)]
enum Does {
    It,
    ItWithoutAnswer,
    Nothing,
    Refuses,
}

/// What the platform knows.
#[derive(Clone, Debug)]
struct Platform {
    marks: bool,
    person: Status,
    ours: Option<(Status, Timestamp)>,
    /// The person chose something that nobody has read yet.
    unread: bool,
    /// Do Not Disturb was set over it all the same, because nothing could be read: it is what was known
    /// before that comes back.
    overwritten: bool,
}

impl Platform {
    fn now(&self, now: Timestamp) -> Current {
        match &self.ours {
            Some((status, until)) if *until > now => Current {
                status: status.clone(),
                marked: if self.marks {
                    Marked::ByUs(mark())
                } else {
                    Marked::Unknown
                },
            },
            Some(_) | None => Current {
                status: self.person.clone(),
                marked: if self.marks {
                    Marked::NotByUs
                } else {
                    Marked::Unknown
                },
            },
        }
    }

    fn ask(&mut self, command: &Command, does: Does, now: Timestamp) -> Answer {
        let fault = match does {
            Does::It => None,
            Does::ItWithoutAnswer | Does::Nothing => Some(Fault::InDoubt),
            Does::Refuses => Some(Fault::Refused),
        };
        let done = matches!(does, Does::It | Does::ItWithoutAnswer);
        match command {
            Command::Read => {
                self.unread &= fault.is_some();
                Answer::Read(fault.map_or_else(|| Ok(self.now(now)), Err))
            }
            Command::Hold { until, .. } => {
                if done {
                    self.overwritten |= self.unread;
                    self.ours = Some((status("dnd"), *until));
                }
                Answer::Held(fault.map_or_else(|| Ok(status("dnd")), Err))
            }
            Command::Restore { mark, to } => {
                let stands = self.now(now).marked == Marked::ByUs(mark.clone());
                if self.marks && !stands {
                    return Answer::Restored(Err(Fault::Refused));
                }
                if done {
                    self.ours = None;
                    // What is set back has to be what the person had.
                    if let Some(to) = to
                        && std::mem::take(&mut self.overwritten)
                    {
                        self.person = to.clone();
                    } else if let Some(to) = to {
                        assert_eq!(*to, self.person, "a person's choice was lost");
                    }
                }
                Answer::Restored(fault.map_or(Ok(()), Err))
            }
        }
    }
}

fn happens() -> impl Strategy<Value = Happens> {
    let wait = prop_oneof![4 => 0..5i64, 2 => 30..90i64, 1 => 1_500..4_000i64];
    let does = prop_oneof![
        4 => Just(Does::It),
        1 => Just(Does::ItWithoutAnswer),
        1 => Just(Does::Nothing),
        1 => Just(Does::Refuses),
    ];
    prop_oneof![
        2 => Just(Happens::CallOpens),
        2 => Just(Happens::CallsEnd),
        1 => (0..3u8).prop_map(Happens::Person),
        8 => (wait.clone(), does).prop_map(|(wait, does)| Happens::Asked(wait, does)),
        1 => wait.prop_map(Happens::Crash),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_happens_the_person_has_their_own_status_back(
        marks: bool,
        events in prop::collection::vec(happens(), 1..60),
    ) {
        let mut platform = Platform { marks, person: status("available"), ours: None, unread: true, overwritten: false };
        let mut presence: Option<Presence> = None;
        let mut now = at(0);
        for event in events {
            match event {
                Happens::CallOpens => {
                    let again = presence.take().map(|p| p.step(Event::Started, now));
                    presence = Some(again.unwrap_or_else(|| Presence::begin(mark(), now)));
                }
                Happens::CallsEnd => {
                    presence = presence.map(|p| p.step(Event::Ended, now));
                }
                // What is about to be done is done at once. Between a reading and that nobody is so fast,
                // except where the platform can tell.
                Happens::Person(_) if presence.as_ref().is_some_and(|p| {
                    match p.command(now) {
                        Some(Command::Hold { .. }) => true,
                        Some(Command::Restore { .. }) => !marks,
                        Some(Command::Read) | None => false,
                    }
                }) => {}
                Happens::Person(choice) => {
                    // A platform that cannot tell whose Do Not Disturb it is knows no choice of it.
                    platform.person = status(["lunch", "available", "busy"][usize::from(choice)]);
                    (platform.ours, platform.unread, platform.overwritten) = (None, true, false);
                }
                Happens::Asked(wait, does) => {
                    now += SignedDuration::from_secs(wait);
                    if let Some(known) = presence.take() {
                        presence = Some(match known.command(now) {
                            Some(command) => {
                                let answer = platform.ask(&command, does, now);
                                known.step(Event::Answered(answer), now)
                            }
                            None => known,
                        });
                    }
                }
                Happens::Crash(wait) => {
                    if let Some(command) = presence.as_ref().and_then(|p| p.command(now)) {
                        platform.ask(&command, Does::ItWithoutAnswer, now);
                    }
                    now += SignedDuration::from_secs(wait);
                    presence = presence.map(|p| p.step(Event::Restarted, now));
                }
            }
        }
        // Everything works again, and the calls are over.
        let mut presence = presence.map(|p| p.step(Event::Ended, now));
        for _ in 0..20 {
            let Some(known) = presence.take() else { break };
            now = now.max(known.next_at().unwrap_or(now));
            presence = Some(match known.command(now) {
                Some(command) => {
                    let answer = platform.ask(&command, Does::It, now);
                    known.step(Event::Answered(answer), now)
                }
                None => known,
            });
        }
        if let Some(presence) = presence {
            let outcome = presence.outcome();
            prop_assert!(outcome.is_some(), "it never ends: {presence:?}");
            if outcome != Some(Outcome::Abandoned) {
                prop_assert_eq!(platform.now(now).status, platform.person.clone());
            }
            let later = now + EXPIRY + SignedDuration::from_secs(1);
            prop_assert_eq!(platform.now(later).status, platform.person.clone());
        }
    }
}
