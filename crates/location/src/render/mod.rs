//! Turning an address into what another system, or a person on the telephone, can use.
//!
//! Every profile says what it lost: a value that does not arrive as written is a [`Cut`].

mod amazon_connect;
mod door;
mod draft;
mod indoors;
mod label;
mod lines;
mod loc;
mod nena_ali;
mod one_line;
mod pidf_lo;
mod spelling;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{CivicAddress, CivicKey};

pub use amazon_connect::{amazon_connect, amazon_connect_12};
pub use label::label;
pub use lines::lines;
pub use nena_ali::nena_ali;
pub use one_line::one_line;
pub use pidf_lo::{Presentity, pidf_lo};
pub use spelling::{abbreviated_address, spelled_out};

/// Who an address is rendered for.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Amazon Connect's `CivicAddress` with every key that is known, the twelve of the current
    /// page within their limits.
    AmazonConnect,
    /// The twelve keys of Amazon Connect's current page and no other.
    #[serde(rename = "amazon-connect-12")]
    AmazonConnect12,
    /// A postal label in the order of its country.
    Label,
    /// The address columns of a record for a 911 centre's location database (NENA 02-010, ALI
    /// version 2).
    NenaAli,
    /// One line for people.
    OneLine,
    /// A presence document of nobody in particular with the address (RFC 4119, RFC 5139).
    PidfLo,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 6] = [
        Self::AmazonConnect,
        Self::AmazonConnect12,
        Self::Label,
        Self::NenaAli,
        Self::OneLine,
        Self::PidfLo,
    ];

    /// Its name in configuration and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AmazonConnect => "amazon-connect",
            Self::AmazonConnect12 => "amazon-connect-12",
            Self::Label => "label",
            Self::NenaAli => "nena-ali",
            Self::OneLine => "one-line",
            Self::PidfLo => "pidf-lo",
        }
    }

    /// Renders an address.
    #[must_use]
    pub fn render(self, address: &CivicAddress) -> Rendering {
        match self {
            Self::AmazonConnect => amazon_connect(address),
            Self::AmazonConnect12 => amazon_connect_12(address),
            Self::Label => label(address),
            Self::NenaAli => nena_ali(address),
            Self::OneLine => Rendering {
                fields: address.clone(),
                text: one_line(address),
                cut: Vec::new(),
            },
            Self::PidfLo => pidf_lo(address, &Presentity::ANONYMOUS),
        }
    }
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        Self::ALL
            .into_iter()
            .find(|profile| profile.as_str() == name)
            .ok_or(UnknownProfile)
    }
}

/// A name that is no profile.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "there is no such profile; use amazon-connect, amazon-connect-12, label, nena-ali, one-line or pidf-lo"
)]
pub struct UnknownProfile;

/// An address as one profile has it.
#[derive(Clone, Eq, PartialEq)]
pub struct Rendering {
    /// The elements as they go out.
    pub fields: CivicAddress,
    /// The text that goes out. For the Amazon profiles this is compact JSON, encoded once.
    pub text: String,
    /// What does not arrive as it was written.
    pub cut: Vec<Cut>,
}

impl Rendering {
    /// The elements as a 911 centre's screen shows them, lines separated by a line feed.
    #[must_use]
    pub fn screen(&self) -> String {
        let value = |key| self.fields.get(key).unwrap_or_default();
        let row = |keys: &[CivicKey]| {
            keys.iter()
                .map(|key| value(*key))
                .filter(|value| !value.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        [
            row(&[CivicKey::Nam]),
            row(&[
                CivicKey::Hno,
                CivicKey::Hns,
                CivicKey::Prd,
                CivicKey::Rd,
                CivicKey::Sts,
                CivicKey::Pod,
            ]),
            row(&[CivicKey::A3, CivicKey::A1, CivicKey::Pc]),
            row(&[CivicKey::Loc]),
        ]
        .into_iter()
        .filter(|row| !row.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
    }
}

impl std::fmt::Debug for Rendering {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Rendering")
            .field("fields", &self.fields)
            .field("cut", &self.cut)
            .finish_non_exhaustive()
    }
}

/// One element that does not arrive as it was written.
#[derive(Clone, Deserialize, Eq, PartialEq, Serialize)]
pub struct Cut {
    /// The element.
    pub field: CivicKey,
    /// As written.
    pub from: String,
    /// As it arrives; empty when left out.
    pub to: String,
    /// Why, in a sentence. Never quotes the address.
    pub why: String,
}

impl std::fmt::Debug for Cut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Cut")
            .field("field", &self.field)
            .field("why", &self.why)
            .finish_non_exhaustive()
    }
}
