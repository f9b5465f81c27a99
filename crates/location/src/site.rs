use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::CivicAddress;

/// The longest identifier, in characters.
const ID_LIMIT: usize = 64;

/// Declares an identifier newtype whose only door is one validating function.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                check_id(text).map(|()| Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                check_id(&text).map(|()| Self(text))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

identifier! {
    /// Identifies a site, such as `SEA`.
    SiteId
}

identifier! {
    /// Identifies a seat, such as `SEA-5-181`.
    SeatId
}

fn check_id(text: &str) -> Result<(), IdError> {
    let length = text.chars().count();
    if length == 0 || length > ID_LIMIT {
        return Err(IdError::Length { length });
    }
    match text
        .chars()
        .find(|c| !(c.is_alphanumeric() || "-_.".contains(*c)))
    {
        Some(found) => Err(IdError::Character { found }),
        None => Ok(()),
    }
}

/// Why a text cannot be an identifier.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IdError {
    /// A character outside letters, digits, `-`, `_` and `.`.
    #[error("{found:?} cannot stand in an identifier; use letters, digits, '-', '_' and '.'")]
    Character {
        /// The first such character.
        found: char,
    },
    /// Empty or too long.
    #[error("an identifier has 1 to 64 characters, this one has {length}")]
    Length {
        /// Its length in characters.
        length: usize,
    },
}

/// A building of the organisation.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Site {
    /// Its identifier.
    pub id: SiteId,
    /// What people call it.
    pub name: String,
    /// Its street address, without floor or seat.
    pub civic_address: CivicAddress,
}

/// A level of a site, by the name people use for it, such as `5` or `Mezzanine`.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Floor(pub String);

/// A desk at a site.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Seat {
    /// Its identifier.
    pub id: SeatId,
    /// The site it is at.
    pub site: SiteId,
    /// The floor it is on.
    pub floor: Floor,
    /// The room it is in, where rooms are named.
    pub room: Option<String>,
    /// What is written on it, such as `WS 181`.
    pub label: String,
    /// Its position on the floor plan: 0 to 1 from the left and from the top.
    pub position: Option<(f64, f64)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_one_door() {
        assert_eq!("SEA-5-181".parse::<SeatId>().unwrap().as_str(), "SEA-5-181");
        assert!(serde_json::from_str::<SeatId>(r#""a b""#).is_err());
        insta::assert_snapshot!(
            "a/b".parse::<SiteId>().unwrap_err(),
            @"'/' cannot stand in an identifier; use letters, digits, '-', '_' and '.'"
        );
    }
}
