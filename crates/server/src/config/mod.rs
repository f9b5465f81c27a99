//! The configuration: a TOML file, the environment over it, and a working default for every key.
//!
//! This is the only place that reads the environment. Every key is also `WHEREABOUTS_SECTION_KEY`.
//! A key that does not exist is an error in the file, and names the nearest one that does; in the
//! environment it is a warning, because others put variables there, too (an orchestrator names its
//! own after the service). The list of keys is the default configuration itself, so the two cannot
//! drift.

mod keys;
mod layers;
mod paths;
mod policy;
mod sections;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

pub use keys::document;
pub use layers::{ConfigError, Environment};
pub use paths::Paths;
pub use policy::{Acknowledge, CallbackOrder, CivicProfile, ConfirmMode, Escalation, Policy};
pub use sections::{
    AmazonConnect, Listen, Lost, Microsoft, Msag, Notification, Platform, Smtp, StoreSection,
    Webhook,
};
use serde::{Deserialize, Serialize};

/// The whole configuration. Section and key names are part of the interface: see `keys`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Config {
    /// Where the server listens.
    pub server: Listen,
    /// Where it keeps what it knows.
    pub store: StoreSection,
    /// What the organisation decided.
    pub policy: Policy,
    /// Outgoing mail.
    pub smtp: Smtp,
    /// Outgoing web hooks.
    pub webhook: Webhook,
    /// What notices say.
    pub notification: Notification,
    /// The telephony platform behind one web hook.
    pub platform: Platform,
    /// Amazon Connect.
    pub amazon_connect: AmazonConnect,
    /// Microsoft Entra, Graph and Dynamics.
    pub microsoft: Microsoft,
    /// A location validation server.
    pub lost: Lost,
    /// A local street address guide.
    pub msag: Msag,
}

impl Config {
    /// Reads the file, if one is named, and lays the environment over it.
    ///
    /// # Errors
    /// See [`ConfigError`]; each is a sentence that says what to change.
    pub fn load(file: Option<&Path>, environment: &Environment) -> Result<Self, ConfigError> {
        let text = match file {
            Some(path) => fs::read_to_string(path).map_err(|error| ConfigError::File {
                path: path.to_owned(),
                reason: error.to_string(),
            })?,
            None => String::new(),
        };
        let merged = layers::merge(&text, environment)?;
        for unknown in merged.unknown_variables {
            tracing::warn!("{unknown}");
        }
        Ok(merged.config)
    }

    /// The folder with the security desk's page: the one that is named, or `desk` beside this program if
    /// it is there.
    #[must_use]
    pub fn desk_folder(&self) -> Option<PathBuf> {
        if !self.server.desk_dir.is_empty() {
            return Some(PathBuf::from(&self.server.desk_dir));
        }
        let beside = env::current_exe().ok()?.parent()?.join("desk");
        beside.is_dir().then_some(beside)
    }

    /// The files that the configuration names or implies.
    #[must_use]
    pub fn paths(&self, environment: &Environment) -> Paths {
        Paths::of(&self.store, &self.msag, environment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_at_all_is_a_working_configuration() {
        let config = Config::load(None, &Environment::empty()).unwrap();
        assert_eq!(config, Config::default());
        assert_eq!(config.policy.callback_window_seconds, 3600);
    }

    #[test]
    fn every_key_is_accepted_by_its_name() {
        let text = r#"
[server]
listen = "127.0.0.1:8911"
public_url = "https://whereabouts.example"
tls_cert = ""
tls_key = ""
desk_dir = ""
[store]
url = "sqlite:whereabouts.db"
seal_key_file = "/etc/whereabouts/seal.key"
journal_dir = "/var/lib/whereabouts/journal"
snapshot_file = "/var/cache/whereabouts/snapshot"
[policy]
seat_validity_seconds = 43200
home_validity_seconds = 604800
other_validity_seconds = 43200
callback_window_seconds = 3600
max_open_seconds = 14400
confirm = "require"
notify_on_test_calls = false
escalate_after_seconds = [60, 180]
acknowledge = "any_one"
civic_profile = "amazon-connect"
callback = "pool_first"
[smtp]
url = "smtp://127.0.0.1:2525"
from = "911-alerts@example.com"
username = "whereabouts"
password_file = "/etc/whereabouts/smtp-password"
ca_file = ""
[webhook]
url = ""
secret_file = ""
[notification]
language = "en"
templates_dir = ""
[platform]
url = ""
secret_file = ""
[amazon_connect]
region = ""
instance_id = ""
profiles_domain = ""
dnd_status_id = ""
endpoint_url = ""
[microsoft]
tenant = ""
client_id = ""
client_secret_file = ""
graph_url = ""
dynamics_url = ""
login_url = ""
[lost]
url = ""
[msag]
file = ""
"#;
        let config = layers::merge(text, &Environment::empty()).unwrap().config;
        assert_eq!(config.server.public_url, "https://whereabouts.example");
        // And nothing else exists: names are kept, and a new one is written here too.
        let written: toml::Table = text.parse().unwrap();
        let default = toml::Table::try_from(Config::default()).unwrap();
        let keys = |table: &toml::Table| -> Vec<String> {
            let mut keys: Vec<String> = table
                .iter()
                .flat_map(|(section, keys)| {
                    let keys = keys.as_table().unwrap();
                    keys.keys().map(move |key| format!("{section}.{key}"))
                })
                .collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(&default), keys(&written));
    }
}
