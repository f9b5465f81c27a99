use async_trait::async_trait;
use clap::ValueEnum;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{KnownKey, StoreError};
use crate::secret::{KeyName, SecretHash};

/// What a machine with a key may do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum KeyRole {
    /// Administer.
    Admin,
    /// Read the metrics.
    Metrics,
    /// Ask for locations, and report calls.
    Telephony,
}

impl KeyRole {
    /// The role as it stands in the store and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Metrics => "metrics",
            Self::Telephony => "telephony",
        }
    }
}

/// A key to be kept. Only its hash is.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// Its name, which is also part of every call's key.
    pub name: KeyName,
    /// What it may do.
    pub role: KeyRole,
    /// The hash of the key itself.
    pub hash: SecretHash,
    /// Now.
    pub at: Timestamp,
}

/// How keeping a key went.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SavedKey {
    /// There is a key by that name.
    NameTaken,
    /// It works from now on.
    Saved,
}

/// A key that is known.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct KeyRow {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: KeyRole,
}

/// A key as an administrator sees it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListedKey {
    /// The key.
    pub row: KeyRow,
    /// When it was made.
    pub made_at: Timestamp,
}

/// The keys of machines.
#[async_trait]
pub trait ApiKeys: Send + Sync {
    /// Keeps a key.
    async fn save_key(&self, key: NewKey) -> Result<SavedKey, StoreError>;

    /// The key with this hash.
    async fn api_key(&self, hash: SecretHash) -> Result<Option<KeyRow>, StoreError>;

    /// Every key, by name.
    async fn keys(&self) -> Result<Vec<ListedKey>, StoreError>;

    /// Every key with its hash, for the last-known copy.
    async fn known_keys(&self) -> Result<Vec<KnownKey>, StoreError>;

    /// Makes a key worthless and its name free. `false`: there is none by that name.
    async fn revoke_key(&self, name: &KeyName) -> Result<bool, StoreError>;
}
