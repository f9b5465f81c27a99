//! What every adapter of a platform's presence has to do, as one test that its own test calls.

use std::fmt;

use async_trait::async_trait;
use emergency::{
    Username,
    presence::{Current, Mark, Marked, Status},
};
use jiff::{SignedDuration, Timestamp};

use super::AgentPresence;

/// An adapter over a platform whose other side the suite may take: its people and its clock.
#[async_trait]
pub trait Subject: fmt::Debug + Send + Sync {
    /// What is tried.
    fn adapter(&self) -> &dyn AgentPresence;

    /// The platform's time.
    fn now(&self) -> Timestamp;

    /// Lets time pass.
    async fn pass(&self, time: SignedDuration);

    /// A person chooses a status, past the adapter.
    async fn choose(&self, agent: &Username, status: &Status);

    /// Statuses that a person can choose: two ordinary ones, and Do Not Disturb.
    fn choices(&self) -> [Status; 3] {
        let status = |id: &str, name: &str, quiet| {
            Status::new(id, name, quiet).expect("short words are a status")
        };
        [
            status("lunch", "At lunch", false),
            status("busy", "Busy", false),
            status("do_not_disturb", "Do Not Disturb", true),
        ]
    }

    /// Whether the platform can tell what was set under a mark from the same status chosen by a person.
    fn tells_marks(&self) -> bool {
        true
    }
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Tries everything.
///
/// # Panics
/// With the first thing that is not as it has to be.
pub async fn check(subject: &impl Subject) {
    let suite = Suite {
        subject,
        agent: name("maria.chen"),
        other: name("devon.walsh"),
    };
    suite.what_a_person_chose_is_read().await;
    suite.do_not_disturb_is_held_and_given_back().await;
    suite.a_person_goes_before().await;
    suite.it_ends_by_itself().await;
    suite.it_lasts_longer_when_set_again().await;
    suite.nobody_else_is_touched().await;
    if subject.tells_marks() {
        suite.the_same_status_chosen_by_a_person_is_theirs().await;
    }
}

struct Suite<'a, S> {
    subject: &'a S,
    agent: Username,
    other: Username,
}

impl<S: Subject> Suite<'_, S> {
    async fn what_a_person_chose_is_read(&self) {
        for chosen in &self.subject.choices()[..2] {
            self.subject.choose(&self.agent, chosen).await;
            let current = self.read(&self.agent).await;
            assert_eq!(current.status.id(), chosen.id());
            self.is_not_ours(&current);
        }
    }

    async fn do_not_disturb_is_held_and_given_back(&self) {
        let prior = self.start().await;
        let mark = mark("1");
        for _ in 0..2 {
            let held = self.hold(&mark).await;
            let current = self.read(&self.agent).await;
            assert!(current.status.is_do_not_disturb(), "{current:?}");
            assert_eq!(current.status.id(), held.id());
            if self.subject.tells_marks() {
                assert_eq!(current.marked, Marked::ByUs(mark.clone()));
            }
        }
        self.restore(&mark, Some(&prior)).await;
        let current = self.read(&self.agent).await;
        assert_eq!(current.status.id(), prior.id());
        self.is_not_ours(&current);
        // What is given back to somebody of whom nothing was known is anything but this.
        self.hold(&mark).await;
        self.restore(&mark, None).await;
        let current = self.read(&self.agent).await;
        assert!(!current.status.is_do_not_disturb(), "{current:?}");
    }

    async fn a_person_goes_before(&self) {
        let prior = self.start().await;
        let mark = mark("2");
        self.hold(&mark).await;
        let chosen = &self.subject.choices()[1];
        self.subject.choose(&self.agent, chosen).await;
        let current = self.read(&self.agent).await;
        assert_eq!(current.status.id(), chosen.id());
        self.is_not_ours(&current);
        if self.subject.tells_marks() {
            let now = self.subject.now();
            let adapter = self.subject.adapter();
            let given = adapter.restore(&self.agent, &mark, Some(&prior), now).await;
            assert!(given.is_err(), "what is not ours was given back");
            assert_eq!(self.read(&self.agent).await.status.id(), chosen.id());
        }
    }

    async fn it_ends_by_itself(&self) {
        self.start().await;
        self.hold(&mark("3")).await;
        self.subject.pass(HOUR - MINUTE).await;
        let current = self.read(&self.agent).await;
        assert!(current.status.is_do_not_disturb(), "{current:?}");
        self.subject.pass(MINUTE + MINUTE).await;
        let current = self.read(&self.agent).await;
        assert!(!current.status.is_do_not_disturb(), "{current:?}");
        self.is_not_ours(&current);
    }

    async fn it_lasts_longer_when_set_again(&self) {
        let prior = self.start().await;
        let mark = mark("4");
        self.hold(&mark).await;
        self.subject.pass(HOUR / 2).await;
        self.hold(&mark).await;
        self.subject.pass(HOUR - MINUTE).await;
        let current = self.read(&self.agent).await;
        assert!(current.status.is_do_not_disturb(), "{current:?}");
        self.restore(&mark, Some(&prior)).await;
    }

    async fn nobody_else_is_touched(&self) {
        let prior = self.start().await;
        let mark = mark("5");
        self.subject.choose(&self.other, &prior).await;
        self.hold(&mark).await;
        let current = self.read(&self.other).await;
        assert_eq!(current.status.id(), prior.id());
        self.is_not_ours(&current);
        self.restore(&mark, Some(&prior)).await;
    }

    async fn the_same_status_chosen_by_a_person_is_theirs(&self) {
        self.start().await;
        self.hold(&mark("6")).await;
        let quiet = &self.subject.choices()[2];
        self.subject.choose(&self.agent, quiet).await;
        let current = self.read(&self.agent).await;
        assert!(current.status.is_do_not_disturb(), "{current:?}");
        assert_eq!(current.marked, Marked::NotByUs);
    }

    /// The agent chose an ordinary status.
    async fn start(&self) -> Status {
        let [prior, ..] = self.subject.choices();
        self.subject.choose(&self.agent, &prior).await;
        prior
    }

    async fn read(&self, agent: &Username) -> Current {
        let now = self.subject.now();
        let read = self.subject.adapter().read(agent, now).await;
        assert!(read.is_ok(), "{read:?}");
        read.expect("it was looked at")
    }

    async fn hold(&self, mark: &Mark) -> Status {
        let now = self.subject.now();
        let adapter = self.subject.adapter();
        let held = adapter.hold(&self.agent, mark, now + HOUR, now).await;
        assert!(held.is_ok(), "{held:?}");
        held.expect("it was looked at")
    }

    async fn restore(&self, mark: &Mark, to: Option<&Status>) {
        let now = self.subject.now();
        let adapter = self.subject.adapter();
        let given = adapter.restore(&self.agent, mark, to, now).await;
        assert!(given.is_ok(), "{given:?}");
    }

    fn is_not_ours(&self, current: &Current) {
        let expected = if self.subject.tells_marks() {
            Marked::NotByUs
        } else {
            Marked::Unknown
        };
        assert_eq!(current.marked, expected);
    }
}

fn name(text: &str) -> Username {
    text.parse().expect("short words are a name")
}

fn mark(text: &str) -> Mark {
    text.parse().expect("short words are a mark")
}
