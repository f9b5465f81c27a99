use api::agent::Role;
use async_trait::async_trait;
use emergency::{E164, Username};
use location::{Country, Floor, Seat, Site, SiteId};

use super::{ContactRecord, StoreError};

/// An agent as an administrator wrote them down.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AgentRecord {
    /// The username, which decides whether this is a new agent.
    pub username: Username,
    /// What colleagues call them.
    pub display_name: String,
    /// Their team.
    pub team: String,
    /// What they may see and do.
    pub role: Role,
    /// The country they work in.
    pub country: Country,
    /// Other names by which platforms know them.
    pub aliases: Vec<String>,
    /// Their own number.
    pub direct_number: Option<E164>,
    /// Whom to tell when they make an emergency call.
    pub emergency_contacts: Vec<String>,
    /// The site that stands in when they said nothing.
    pub default_site: Option<SiteId>,
}

/// A site as an administrator wrote it down.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SiteRecord {
    /// The site; its identifier decides whether it is a new one.
    pub site: Site,
    /// Its country.
    pub country: Country,
    /// Its time zone, by its IANA name; empty when none was set.
    pub time_zone: String,
    /// The number shown when neither pool nor agent has one.
    pub fallback_number: Option<E164>,
}

/// A number as an administrator wrote it down.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NumberRecord {
    /// The number.
    pub number: E164,
    /// The site it was bought for.
    pub site: Option<SiteId>,
    /// The platform it rings on.
    pub platform: String,
    /// The country in which it can be lent, where no site says so.
    pub country: Country,
}

/// The plan of a floor.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FloorPlan {
    /// The site.
    pub site: SiteId,
    /// The floor.
    pub floor: Floor,
    /// The plan, an SVG document.
    pub plan_svg: String,
}

/// What is imported.
#[derive(Clone, Debug)]
pub enum ImportKind {
    /// Agents.
    Agents(Vec<AgentRecord>),
    /// Whom to tell of emergency calls.
    Contacts(Vec<ContactRecord>),
    /// Whom not to tell any more.
    ContactsToRemove(Vec<ContactRecord>),
    /// Plans of floors, which are made if they are not there.
    FloorPlans(Vec<FloorPlan>),
    /// Numbers of the callback pool.
    Numbers(Vec<NumberRecord>),
    /// Seats; their floors are made if they are not there.
    Seats(Vec<Seat>),
    /// Sites.
    Sites(Vec<SiteRecord>),
}

/// What became of one record.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RowOutcome {
    /// It is new.
    Added,
    /// It was there, and is different now.
    Changed,
    /// It was there, and is the same.
    Unchanged,
    /// It cannot go in.
    Refused {
        /// The column the reason is about.
        column: &'static str,
        /// Why, in a sentence.
        reason: String,
    },
}

/// Importing what administrators maintain elsewhere. Nothing is ever removed by an import, but
/// contacts when that is what it is for.
#[async_trait]
pub trait Imports: Send + Sync {
    /// Takes records in one transaction and says what became of each, in order. Refused ones change
    /// nothing and keep nothing else out. With `dry_run` nothing at all changes.
    async fn import(&self, what: ImportKind, dry_run: bool) -> Result<Vec<RowOutcome>, StoreError>;

    /// Marks this as the sample organisation, which may use fictional telephone numbers.
    async fn mark_sample(&self) -> Result<(), StoreError>;
}
