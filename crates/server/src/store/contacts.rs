use std::fmt;

use async_trait::async_trait;
use emergency::Username;
use location::SiteId;

use super::{Recipient, StoreError};

/// For whose calls somebody is told.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ContactScope {
    /// One agent's.
    Agent(Username),
    /// Everybody's.
    Organisation,
    /// Those made at a site.
    Site(SiteId),
    /// Those of a team.
    Team(String),
}

impl ContactScope {
    /// The kind, by its word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Agent(_) => "agent",
            Self::Organisation => "organisation",
            Self::Site(_) => "site",
            Self::Team(_) => "team",
        }
    }

    /// Which one, as it is compared: without regard to case.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Agent(username) => contact_key(username.as_str()),
            Self::Organisation => String::new(),
            Self::Site(site) => contact_key(site.as_str()),
            Self::Team(team) => contact_key(team),
        }
    }
}

impl fmt::Display for ContactScope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agent(username) => write!(formatter, "agent {username}"),
            Self::Organisation => formatter.write_str("organisation"),
            Self::Site(site) => write!(formatter, "site {site}"),
            Self::Team(team) => write!(formatter, "team {team}"),
        }
    }
}

/// The one form in which names of sites, teams and agents are compared here.
#[must_use]
pub fn contact_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Who is told of some calls, as an administrator wrote it down.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ContactRecord {
    /// Of which calls.
    pub scope: ContactScope,
    /// Who: mailboxes and web hooks.
    pub recipients: Vec<Recipient>,
    /// How soon they are told: 0 with the call, more when nobody says that they are handling it.
    pub tier: u32,
}

/// One contact as it is kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ContactRow {
    /// The kind of scope, by its word.
    pub scope: String,
    /// Which one, in lower case.
    pub key: String,
    /// Who.
    pub recipient: Recipient,
    /// How soon they are told.
    pub tier: u32,
}

/// Reading contacts.
#[async_trait]
pub trait Contacts: Send + Sync {
    /// Every contact, by scope.
    async fn contacts(&self) -> Result<Vec<ContactRow>, StoreError>;
}
