use serde::{Deserialize, Serialize};

/// Declares a name that somebody else made up: any text within a limit, without control
/// characters.
macro_rules! foreign_name {
    ($(#[$doc:meta])* $name:ident $limit:literal) => {
        $(#[$doc])*
        #[derive(
            Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Deserialize, serde::Serialize,
        )]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The most characters it can have.
            pub const LIMIT: usize = $limit;

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::IdError;

            fn from_str(text: &str) -> Result<Self, $crate::IdError> {
                $crate::ids::check(text, Self::LIMIT)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::IdError;

            fn try_from(text: String) -> Result<Self, $crate::IdError> {
                $crate::ids::check(&text, Self::LIMIT)?;
                Ok(Self(text))
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}

pub(crate) use foreign_name;

foreign_name! {
    /// A platform's name for a call: any text of 1 to 256 characters.
    CallId 256
}

foreign_name! {
    /// The name by which an agent is known on the telephony platform: 1 to 100 characters.
    Username 100
}

/// A call as it is known here. Two platforms may give two calls the same name, so the API key that
/// named it belongs to it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct CallKey {
    /// The name of the API key under which the platform asked.
    pub api_key: String,
    /// The platform's name for the call.
    pub call_id: CallId,
}

pub(crate) fn check(text: &str, limit: usize) -> Result<(), IdError> {
    let length = text.chars().count();
    if length == 0 || length > limit {
        return Err(IdError::Length { length, limit });
    }
    match text.chars().find(|c| c.is_control()) {
        Some(control) => Err(IdError::Control {
            code: u32::from(control),
        }),
        None => Ok(()),
    }
}

/// Why a text cannot be such a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IdError {
    /// A control character.
    #[error("the name holds the control character U+{code:04X}; remove it")]
    Control {
        /// The first one.
        code: u32,
    },
    /// Empty or too long.
    #[error("a name here has 1 to {limit} characters, this one has {length}")]
    Length {
        /// Its length in characters.
        length: usize,
        /// The most it may have.
        limit: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_within_the_limit_names_a_call() {
        assert_eq!("a b/ü?".parse::<CallId>().unwrap().as_str(), "a b/ü?");
        assert!("ü".repeat(256).parse::<CallId>().is_ok());
        insta::assert_snapshot!(
            "x".repeat(257).parse::<CallId>().unwrap_err(),
            @"a name here has 1 to 256 characters, this one has 257"
        );
        assert!(serde_json::from_str::<CallId>("\"\"").is_err());
        insta::assert_snapshot!(
            "a\nb".parse::<Username>().unwrap_err(),
            @"the name holds the control character U+000A; remove it"
        );
    }
}
