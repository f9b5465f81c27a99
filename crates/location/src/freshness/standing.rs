use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{CivicAddress, Floor, PlaceClass, Seat, Site, SiteId};

/// What the agent has said so far, and when.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The agent is at this place.
    Declared {
        /// Where.
        place: DeclaredPlace,
        /// When the agent said so: the time of receipt less the declared age.
        at: Timestamp,
    },
    /// The agent would not say.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// The agent's shift is over; this is where it ended.
    Ended {
        /// The last place.
        place: DeclaredPlace,
        /// When the agent was last known to be there.
        at: Timestamp,
    },
    /// The agent has said nothing.
    Never,
}

/// Where an agent said they are.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclaredPlace {
    /// At an address of their own.
    Address {
        /// What kind of address. [`PlaceClass::Seat`] is served by the rules of
        /// [`PlaceClass::Other`], because nothing coarser is known about it.
        class: PlaceClass,
        /// The address, with everything that is known about the way to the door.
        civic_address: CivicAddress,
    },
    /// On a seat.
    Seat {
        /// The site, with its street address.
        site: Site,
        /// The seat at that site.
        seat: Seat,
    },
}

impl DeclaredPlace {
    /// The kind of place.
    #[must_use]
    pub const fn class(&self) -> PlaceClass {
        match self {
            Self::Address {
                class: PlaceClass::Home,
                ..
            } => PlaceClass::Home,
            Self::Address {
                class: PlaceClass::Other | PlaceClass::Seat,
                ..
            } => PlaceClass::Other,
            Self::Seat { .. } => PlaceClass::Seat,
        }
    }
}

/// What fresh evidence says about where the agent is, independent of what the agent said.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Sighting {
    /// It shows that the agent is not where they said, and nothing else.
    Contradicts,
    /// It shows this floor of this site.
    Floor(SiteId, Floor),
    /// There is none, or none that is fresh.
    Nothing,
    /// It shows this site, but not where in it.
    SiteOnly(SiteId),
}

/// For how long a declaration holds, by class. Zero or less means it never holds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Validity {
    /// A seat.
    pub seat: SignedDuration,
    /// The agent's home.
    pub home: SignedDuration,
    /// Any other address.
    pub other: SignedDuration,
}

impl Validity {
    /// The validity of one class.
    #[must_use]
    pub const fn of(&self, class: PlaceClass) -> SignedDuration {
        match class {
            PlaceClass::Home => self.home,
            PlaceClass::Other => self.other,
            PlaceClass::Seat => self.seat,
        }
    }
}

impl Default for Validity {
    /// The policy of an organisation that has set none: a seat and any other address for twelve
    /// hours, a home for a week.
    fn default() -> Self {
        Self {
            seat: SignedDuration::from_hours(12),
            home: SignedDuration::from_hours(24 * 7),
            other: SignedDuration::from_hours(12),
        }
    }
}
