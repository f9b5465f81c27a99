//! What survives a restart. The shapes are versioned by [`crate::sealed`]; a change that an older
//! file does not read needs a new version there.

use std::{fmt, time::Duration};

use api::{agent::Me, emergency::Emergency, place::PlaceReference};
use client::IdempotencyKey;
use jiff::Timestamp;
use location::PlaceClass;
use serde::{Deserialize, Serialize};

use super::server_clock::KeptClock;
use crate::{
    clock::{Boot, Now},
    companion::Declare,
};

/// What was found where something may have been kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept<T> {
    /// Something that cannot be read any more. It was set aside, and counts as nothing.
    Corrupt,
    /// Nothing.
    Missing,
    /// This.
    Read(Box<T>),
}

/// A declaration that the server has not acknowledged.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
pub struct Outbox {
    /// To which server it was said.
    pub(crate) server: String,
    /// Who said it.
    pub(crate) username: String,
    /// Makes it count once, however often it is sent.
    pub(crate) key: IdempotencyKey,
    /// The version of the served location the agent was looking at.
    pub(crate) based_on: Option<u64>,
    /// Where they say they are.
    pub(crate) place: PlaceReference,
    pub(crate) label: String,
    pub(crate) class: PlaceClass,
    pub(crate) lines: Vec<String>,
    pub(crate) override_reason: Option<String>,
    /// When, by the clock on the wall; shown to people and never computed with.
    pub(crate) declared_at: Timestamp,
    /// When, by how long the computer had been up.
    declared_up: Duration,
    /// In which run of the operating system.
    boot: Boot,
}

impl Outbox {
    pub(crate) fn new(
        declare: Declare,
        key: IdempotencyKey,
        based_on: Option<u64>,
        by: (&str, &str),
        boot: &Boot,
        now: Now,
    ) -> Self {
        let (server, username) = by;
        Self {
            server: server.to_owned(),
            username: username.to_owned(),
            key,
            based_on,
            place: declare.place,
            label: declare.label,
            class: declare.class,
            lines: declare.lines,
            override_reason: declare.override_reason,
            declared_at: now.wall,
            declared_up: now.up,
            boot: boot.clone(),
        }
    }

    /// How long ago it was said, in whole seconds; `None` when the computer was restarted since.
    pub(crate) fn age(&self, boot: &Boot, now: Now) -> Option<u64> {
        if *boot != self.boot {
            return None;
        }
        let age = now.up.checked_sub(self.declared_up)?;
        Some(age.as_secs())
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Outbox")
            .field("key", &self.key)
            .field("based_on", &self.based_on)
            .field("class", &self.class)
            .field("declared_at", &self.declared_at)
            .finish_non_exhaustive()
    }
}

/// What was known last. It proposes, and it keeps an emergency on screen; it never confirms.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Remembered {
    /// From which server.
    pub(crate) server: String,
    /// About whom.
    pub(crate) username: String,
    /// The state, without its emergency.
    pub(crate) me: Option<Me>,
    /// The emergency.
    pub(crate) emergency: Option<Emergency>,
    /// What time it was on the server.
    pub(crate) clock: KeptClock,
}

impl Remembered {
    /// Whether it says the same. The passing of time is not a difference; a restart of the
    /// computer is, because an old one's clock is worth less than this one's.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (&self.server, &self.username, &self.me, &self.emergency)
            == (&other.server, &other.username, &other.me, &other.emergency)
            && self.clock.is_of_the_same_boot(&other.clock)
    }
}
