use api::location::Checked;
use async_trait::async_trait;
use jiff::Timestamp;
use location::{
    CivicAddress, PlaceClass, Seat, Site, Verdict,
    freshness::{DeclaredPlace, Standing},
};
use serde::{Deserialize, Serialize};

use super::{AgentId, PlaceId, Revision, StoreError};

/// Where an agent stands: what they said last, and when.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AgentStanding {
    /// Grows with every declaration, decline and end of shift. 0: they never said anything.
    pub version: u64,
    /// What they said, as the freshness ladder takes it.
    pub standing: Standing,
    /// The last precise place they named, also after they declined or ended their shift.
    pub last_place: Option<LastPlace>,
    /// What checking found about that place.
    pub verdict: Verdict,
    /// A place is on file, but the key that sealed it is lost. `standing` is then what can still
    /// be said without the place; an alarm is due.
    pub unreadable: bool,
}

impl AgentStanding {
    /// The standing of somebody who never said anything.
    #[must_use]
    pub const fn never() -> Self {
        Self {
            version: 0,
            standing: Standing::Never,
            last_place: None,
            verdict: Verdict::Unchecked,
            unreadable: false,
        }
    }
}

/// The last precise place an agent named.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LastPlace {
    /// Where.
    pub place: DeclaredPlace,
    /// When they said so.
    pub declared_at: Timestamp,
    /// The saved place it came from, when it came from one that is still there.
    pub saved: Option<PlaceId>,
}

/// Where an agent says they are, looked up.
#[derive(Clone, Debug, PartialEq)]
pub enum PlaceToConfirm {
    /// At an address.
    Address {
        /// Home or other.
        class: PlaceClass,
        /// The address.
        civic_address: CivicAddress,
        /// The saved place it came from.
        saved: Option<PlaceId>,
    },
    /// On a seat.
    Seat {
        /// The seat.
        seat: Seat,
        /// Its site.
        site: Site,
    },
}

impl PlaceToConfirm {
    /// The place as the freshness ladder takes it.
    #[must_use]
    pub fn declared(&self) -> DeclaredPlace {
        match self {
            Self::Address {
                class,
                civic_address,
                ..
            } => DeclaredPlace::Address {
                class: *class,
                civic_address: civic_address.clone(),
            },
            Self::Seat { seat, site } => DeclaredPlace::Seat {
                site: site.clone(),
                seat: seat.clone(),
            },
        }
    }
}

/// An agent says where they are.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// Who.
    pub agent: AgentId,
    /// The request's idempotency key.
    pub key: String,
    /// A digest of the request, to notice a key that is used for something else.
    pub request_digest: String,
    /// Where.
    pub place: PlaceToConfirm,
    /// What checking found.
    pub verdict: Verdict,
    /// Where the verdict comes from; absent when nobody could say.
    pub checked: Option<Checked>,
    /// Why an address that failed its check is right all the same.
    pub override_reason: Option<String>,
    /// When the agent said so: receipt less the declared age.
    pub declared_at: Timestamp,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The version the agent was looking at.
    pub based_on: Option<u64>,
}

/// How a declaration ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Confirmation {
    /// It stands, durably.
    Confirmed {
        /// The standing now.
        standing: AgentStanding,
        /// The agent's revision now.
        revision: Revision,
    },
    /// The idempotency key was used for something else.
    KeyReused,
    /// The same request was confirmed before, and still stands.
    Repeated {
        /// The standing now.
        standing: AgentStanding,
        /// The agent's revision now.
        revision: Revision,
    },
    /// A newer declaration stands, or the agent was looking at an older version.
    Superseded {
        /// What stands.
        standing: AgentStanding,
    },
    /// No such agent, or no such seat any more.
    Unknown,
}

/// An agent would not say where they are.
#[derive(Clone, Debug)]
pub struct Decline {
    /// Who.
    pub agent: AgentId,
    /// Why, in their words; kept sealed.
    pub reason: String,
    /// Now.
    pub at: Timestamp,
}

/// An agent's shift is over.
#[derive(Clone, Debug)]
pub struct EndShift {
    /// Whose.
    pub agent: AgentId,
    /// Now.
    pub at: Timestamp,
}

/// What agents say about where they are.
#[async_trait]
pub trait Standings: Send + Sync {
    /// Where an agent stands; `None` when there is no such agent.
    async fn standing(&self, agent: &AgentId) -> Result<Option<AgentStanding>, StoreError>;

    /// Where the verdict on an agent's last place comes from; `None` when nobody could say.
    async fn checked(&self, agent: &AgentId) -> Result<Option<Checked>, StoreError>;

    /// Takes a declaration.
    ///
    /// Idempotent by key. Ordered by when it was declared, not by when it arrived: one that was
    /// declared before what stands is superseded, unless it is based on exactly what stands (ages
    /// are whole seconds, so that is the better witness). One that is based on another version than
    /// the one that stands is superseded too: the agent has not seen what stands. Concurrent
    /// declarations of one agent resolve to one order. The history row is written in the same
    /// transaction, and everybody fresh on the seat that is taken or left is told.
    async fn confirm(&self, declaration: Confirm) -> Result<Confirmation, StoreError>;

    /// Notes that an agent would not say. `None` when there is no such agent.
    async fn decline(&self, decline: Decline) -> Result<Option<AgentStanding>, StoreError>;

    /// Ends an agent's shift. Ending one that is over changes nothing. `None` when there is no such
    /// agent.
    async fn end_shift(&self, end: EndShift) -> Result<Option<AgentStanding>, StoreError>;

    /// Ends what was said while the clock ran ahead of `now`: nobody knows when that was, so it must not
    /// become fresh again when the clock gets there. Gives how many agents that concerns.
    async fn disbelieve(&self, now: Timestamp) -> Result<usize, StoreError>;
}
