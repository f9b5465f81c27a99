use serde::{Deserialize, Serialize};

use crate::ids::foreign_name;

foreign_name! {
    /// Names what we set, so that it can be told from the same status chosen by a person: 1 to 64
    /// characters.
    Mark 64
}

/// What an agent's status is on a platform.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Status {
    id: String,
    name: String,
    do_not_disturb: bool,
}

/// The most characters of the platform's name for a status; some pack several things into it.
const ID_LIMIT: usize = 512;
/// The most characters of the words for it.
const NAME_LIMIT: usize = 80;

impl Status {
    /// A status by the platform's name for it and by the words people know it by.
    ///
    /// # Errors
    /// When one is empty, too long, or holds a control character.
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        do_not_disturb: bool,
    ) -> Result<Self, StatusError> {
        let (id, name) = (id.into(), name.into());
        let fits = |text: &str, limit| {
            let length = text.chars().count();
            (1..=limit).contains(&length) && !text.chars().any(char::is_control)
        };
        if fits(&id, ID_LIMIT) && fits(name.trim(), NAME_LIMIT) {
            Ok(Self {
                id,
                name,
                do_not_disturb,
            })
        } else {
            Err(StatusError)
        }
    }

    /// The platform's name for it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether nothing is offered to the agent in it.
    #[must_use]
    pub const fn is_do_not_disturb(&self) -> bool {
        self.do_not_disturb
    }
}

/// A status as it is written.
#[derive(Deserialize, Serialize)]
struct Raw {
    id: String,
    name: String,
    #[serde(default)]
    do_not_disturb: bool,
}

impl TryFrom<Raw> for Status {
    type Error = StatusError;

    fn try_from(raw: Raw) -> Result<Self, StatusError> {
        Self::new(raw.id, raw.name, raw.do_not_disturb)
    }
}

impl From<Status> for Raw {
    fn from(status: Status) -> Self {
        Self {
            id: status.id,
            name: status.name,
            do_not_disturb: status.do_not_disturb,
        }
    }
}

/// Why something is no status.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("a status has a name of 1 to {ID_LIMIT} and words of 1 to {NAME_LIMIT} characters")]
pub struct StatusError;

/// What a platform says an agent's status is now.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Current {
    /// The status.
    pub status: Status,
    /// Who set it.
    pub marked: Marked,
}

/// Who set a status.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Marked {
    /// We did, under this mark.
    ByUs(Mark),
    /// Somebody else.
    NotByUs,
    /// The platform cannot tell.
    Unknown,
}
