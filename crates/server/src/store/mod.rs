//! What the server knows, and the verbs by which it changes.
//!
//! [`Store`] is one trait in the words of the domain, made of one trait for each group of verbs, so
//! that a second database joins by answering the same verbs and the same conformance suite.
//!
//! Rules that every implementation keeps:
//! - A verb that changes something answers only after the change is durable (fsync), and everything
//!   one verb changes is one transaction.
//! - Every change that an agent's desktop could show raises that agent's revision in the same
//!   transaction, and is told to [`Store::subscribe`] after the commit.
//! - Not found is `None` or an outcome, never an error. An error is a fault of the store.
//! - Time is an argument. Moments are kept to the millisecond.
//! - Home and other addresses, and everything about a call, are sealed at rest.

mod absence;
mod agents;
mod api_keys;
pub mod callback_choice;
mod calls;
mod contacts;
mod desk_sessions;
mod drilled;
mod drills;
mod enrolments;
mod handling;
mod imports;
mod location_snapshot;
mod mine;
mod names;
mod notices;
mod numbers;
mod opaque_id;
mod openings;
mod places;
mod presences;
mod record;
mod roster;
mod sessions;
mod sites;
mod snapshot;
pub mod sqlite;
mod standing;
mod test_results;

use std::fmt;

use async_trait::async_trait;
use tokio::sync::broadcast;

pub(crate) use absence::Absence;
pub use agents::{Agent, AgentId, Agents};
pub use api_keys::{ApiKeys, KeyRole, KeyRow, ListedKey, NewKey, SavedKey};
pub use calls::{
    Call, CallAgent, CallRef, CallbackCaller, CallbackNumber, CallbackRoute, Calls, Claim, EndCall,
    Ended, JournaledCall, NumberSource, OpenCall, OpenPolicy, Opened, Over, Settled,
};
pub use contacts::{ContactRecord, ContactRow, ContactScope, Contacts, contact_key};
pub use desk_sessions::{
    DESK_IDLE, DESK_LONGEST, DESK_NOTED_EVERY, DeskSession, DeskSessions, NewDeskSession,
};
pub use drilled::{NotDrilled, drilled};
pub use drills::{
    Banners, DRILL_LASTS, DrillId, DrillKept, DrillNote, DrillStep, DrilledAgent, Drills, PlanDrill,
};
pub use enrolments::{CodeRow, Enrolments, NewCode, NewDevice, Redeemed};
pub use handling::{Acknowledged, Escalated, Handling, Handlings, WATCHERS, told};
pub use imports::{
    AgentRecord, FloorPlan, ImportKind, Imports, NumberRecord, RowOutcome, SiteRecord,
};
pub use location_snapshot::LocationSnapshot;
pub use mine::{Mine, Mines};
pub use names::{lookup_names, stored_name};
pub use notices::{
    Channel, Delivery, DueNotices, KeptCaller, Notice, NoticeContent, NoticeFigures, NoticeId,
    NoticeState, Notices, NotifyPolicy, Recipient,
};
pub use numbers::{NumberRow, Numbers};
pub use openings::{
    ADDRESS_OPENED, OpenAddress, Opening, OpeningId, OpeningTold, Openings, READ_LIMIT, ReadNotice,
};
pub use places::{ChangePlace, PLACES_LIMIT, PlaceId, Places, SavePlace, SavedPlace};
pub use presences::{KeptPresence, Presences};
pub use record::{Entry, Erasure, KnownAt, RecordedRow, Records, SaidAt};
pub use roster::{RosterQuery, RosterRow, Rosters, SeatMate};
pub use sessions::{Access, DeviceId, FamilyId, LOST_ANSWER_GRACE, NewTokens, Rotation, Sessions};
pub use sites::{FloorSeats, SeatAtSite, SiteFloors, SiteRow, Sites, floor_order};
pub use snapshot::{KnownAgent, KnownKey, KnownWorld, Snapshots};
pub use standing::{
    AgentStanding, Confirm, Confirmation, Decline, EndShift, LastPlace, PlaceToConfirm, Standings,
};
pub use test_results::{ResultNoted, TestResult, TestResults};

/// Everything the server knows.
#[async_trait]
pub trait Store:
    Agents
    + ApiKeys
    + Calls
    + Contacts
    + Banners
    + DeskSessions
    + Drills
    + Enrolments
    + Handlings
    + Imports
    + Mines
    + Notices
    + Numbers
    + Openings
    + Places
    + Presences
    + Records
    + Rosters
    + Sessions
    + Sites
    + Snapshots
    + Standings
    + TestResults
    + fmt::Debug
    + Send
    + Sync
{
    /// Waits until the store can be read and written for the first time: it exists, and its shape
    /// is the one this version needs.
    ///
    /// # Errors
    /// When it cannot be made ready now. The store goes on trying by itself.
    async fn ready(&self) -> Result<(), StoreError>;

    /// Reads something small, to say whether reading works now.
    ///
    /// # Errors
    /// When it does not.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Commits something small, to say whether writing works now.
    ///
    /// # Errors
    /// When it does not.
    async fn ping_write(&self) -> Result<(), StoreError>;

    /// Whether there is room for more on the disk.
    ///
    /// # Errors
    /// When there is not, or the store is away.
    async fn has_room(&self) -> Result<(), StoreError>;

    /// Looks whether the store is still where it was. One that was deleted or replaced counts as away from
    /// then on, until it is back: its verbs fail. To be called again and again.
    async fn look(&self);

    /// Tells of every committed change from now on. A receiver that lags has missed some, and reads
    /// everything again.
    fn subscribe(&self) -> broadcast::Receiver<Change>;

    /// Whether this is the sample organisation, which may use fictional telephone numbers.
    ///
    /// # Errors
    /// When the store cannot be read.
    async fn is_sample(&self) -> Result<bool, StoreError>;

    /// Makes this process the one that serves from this store: what a crash left behind of calls
    /// is destroyed, and keys for new calls are made ready. Commands that only change something
    /// must not call it. Doing it twice is no error.
    ///
    /// # Errors
    /// When the store cannot be read, or another process serves from it.
    async fn take_over(&self) -> Result<(), StoreError>;

    /// Finishes what is queued, and closes.
    async fn close(&self);
}

/// Grows with every change that concerns one agent.
pub type Revision = u64;

/// Something was committed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Change {
    /// Something that this agent's desktop shows.
    Agent {
        /// Whose.
        agent: AgentId,
        /// The revision it has now.
        revision: Revision,
    },
    /// There is something to tell people.
    NoticesWaiting,
    /// A call of nobody we know.
    UnknownAgentsCall,
}

/// A fault of the store. Says nothing about content.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum StoreError {
    /// The caller gave the job up before it ran; nothing was changed.
    #[error("the change was given up before it was made; nothing was changed")]
    Abandoned,
    /// The store was locked or overloaded for too long; nothing was changed.
    #[error("the store was busy for too long; nothing was changed")]
    Busy,
    /// A row holds what it cannot hold.
    #[error("the table {table} holds a row that cannot be read")]
    Corrupt {
        /// The table.
        table: &'static str,
    },
    /// The store cannot be reached, or refused.
    #[error("the store cannot be used: {reason}")]
    Unavailable {
        /// What the database said; it never holds a value from a row.
        reason: String,
    },
}
