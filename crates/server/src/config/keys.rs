//! The one table of what can be set: what each key is for, and whether this version has that.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::Config;

/// One setting. Its default is that of [`Config::default`].
struct Key {
    section: &'static str,
    name: &'static str,
    says: &'static str,
    has_effect: bool,
}

const fn key(section: &'static str, name: &'static str, says: &'static str) -> Key {
    Key {
        section,
        name,
        says,
        has_effect: true,
    }
}

/// A key for what this version does not have yet.
const fn later(section: &'static str, name: &'static str, says: &'static str) -> Key {
    Key {
        has_effect: false,
        ..key(section, name, says)
    }
}

const KEYS: &[Key] = &[
    key(
        "server",
        "listen",
        "Address and port. Beyond this machine only behind a proxy that speaks TLS.",
    ),
    key(
        "server",
        "public_url",
        "The address people open in a browser, behind a proxy: https:// and its name.",
    ),
    key(
        "server",
        "tls_cert",
        "Leave empty: this version serves plain HTTP, behind a proxy that speaks TLS.",
    ),
    key("server", "tls_key", "Leave empty, too."),
    key(
        "server",
        "desk_dir",
        "The folder with the security desk's page; empty: desk beside the program, if it is there.",
    ),
    key(
        "store",
        "url",
        "The file with everything: sqlite: and its path.",
    ),
    key(
        "store",
        "seal_key_file",
        "The keys that seal addresses; empty: beside the store. For them to protect a copy of the \
         store, keep them elsewhere.",
    ),
    key(
        "store",
        "journal_dir",
        "Where calls are noted while the store cannot be written; empty: the state folder. Best on \
         another disk than the store.",
    ),
    key(
        "store",
        "snapshot_file",
        "The sealed last-known copy; empty: in the state folder. Best elsewhere than the store.",
    ),
    key(
        "policy",
        "seat_validity_seconds",
        "How long a seat stays confirmed.",
    ),
    key(
        "policy",
        "home_validity_seconds",
        "How long a home address stays confirmed.",
    ),
    key(
        "policy",
        "other_validity_seconds",
        "How long any other address stays confirmed.",
    ),
    key(
        "policy",
        "callback_window_seconds",
        "How long a callback number stays lent after the call; 3600 to 10800.",
    ),
    key(
        "policy",
        "max_open_seconds",
        "When a call that nobody ended counts as ended.",
    ),
    later(
        "policy",
        "confirm",
        "How hard the desktop asks for a location: require, remind or off.",
    ),
    key(
        "policy",
        "notify_on_test_calls",
        "Whether test calls (933) notify people.",
    ),
    key(
        "policy",
        "escalate_after_seconds",
        "How many seconds after a call that nobody handles each further tier of people is told.",
    ),
    key(
        "policy",
        "acknowledge",
        "Who has to say \"I am handling this\" until the sound stops and nobody further is told: \
         any_one or every_one.",
    ),
    key(
        "policy",
        "civic_profile",
        "Which keys platforms get: amazon-connect (all thirty) or amazon-connect-12.",
    ),
    key(
        "policy",
        "callback",
        "Which number responders are given first: pool_first or direct_first (the agent's own).",
    ),
    key(
        "smtp",
        "url",
        "Outgoing mail: smtps:// (TLS) or smtp:// (STARTTLS; on this machine plain); empty: none is \
         sent.",
    ),
    key("smtp", "from", "Its sender."),
    key(
        "smtp",
        "username",
        "The name to sign in with; empty: the mail server asks for none.",
    ),
    key("smtp", "password_file", "The file with the password."),
    key(
        "smtp",
        "ca_file",
        "Certificates (PEM) to trust beside those of the machine.",
    ),
    key("webhook", "url", "Outgoing web hooks; empty: none is sent."),
    key(
        "webhook",
        "secret_file",
        "The file with the secret that signs them, of at least 16 characters.",
    ),
    key(
        "notification",
        "language",
        "The language of mails: da, en, es or fr.",
    ),
    key(
        "notification",
        "templates_dir",
        "The folder with your own templates; empty: the built-in ones.",
    ),
    key(
        "platform",
        "url",
        "A web hook of the telephony platform that sets presence, hangs up and takes tasks; empty: \
         presence is kept here.",
    ),
    key(
        "platform",
        "secret_file",
        "The file with the secret that signs what is asked there, of at least 16 characters.",
    ),
    later("amazon_connect", "region", "The AWS region."),
    later("amazon_connect", "instance_id", "The Connect instance."),
    later(
        "amazon_connect",
        "profiles_domain",
        "The Customer Profiles domain.",
    ),
    later(
        "amazon_connect",
        "dnd_status_id",
        "The agent status that stands for Do Not Disturb.",
    ),
    later(
        "amazon_connect",
        "endpoint_url",
        "Another endpoint than AWS's own.",
    ),
    later("microsoft", "tenant", "The Entra tenant."),
    later("microsoft", "client_id", "The registered application."),
    later(
        "microsoft",
        "client_secret_file",
        "The file with its secret.",
    ),
    later(
        "microsoft",
        "graph_url",
        "Another Graph than Microsoft's own.",
    ),
    later("microsoft", "dynamics_url", "The Dynamics organisation."),
    later(
        "microsoft",
        "login_url",
        "Another sign-in service than Microsoft's own.",
    ),
    key(
        "lost",
        "url",
        "A location validation server (RFC 5222); empty: none is asked.",
    ),
    key(
        "msag",
        "file",
        "The local street guide that `msag import` writes; empty: beside the store.",
    ),
];

/// Every key with its default and what it is for: a configuration file that changes nothing.
#[must_use]
pub fn document() -> String {
    let defaults = table(&Config::default());
    let mut text = "\
# Every setting with its default. Each is also an environment variable, such as
# WHEREABOUTS_SERVER_LISTEN; the environment counts before this file.
"
    .to_owned();
    let mut section = "";
    for key in KEYS {
        if key.section != section {
            section = key.section;
            let _ = writeln!(text, "\n[{section}]");
        }
        let _ = writeln!(text, "# {}", key.says);
        if !key.has_effect {
            text.push_str("# This version does not have it yet: setting it has no effect.\n");
        }
        if let Some(default) = value(&defaults, key) {
            let _ = writeln!(text, "{} = {default}", key.name);
        }
    }
    text
}

impl Config {
    /// What is set and has no effect, because this version does not have what it is for.
    pub(crate) fn without_effect(&self) -> Vec<String> {
        let (set, defaults) = (table(self), table(&Self::default()));
        KEYS.iter()
            .filter(|key| !key.has_effect && value(&set, key) != value(&defaults, key))
            .map(|key| format!("{}.{}", key.section, key.name))
            .collect()
    }
}

fn table(config: &Config) -> Table {
    Table::try_from(config).expect("a configuration is a table of tables")
}

fn value<'a>(table: &'a Table, key: &Key) -> Option<&'a Value> {
    table.get(key.section)?.as_table()?.get(key.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_holds_every_key_and_changes_nothing() {
        let document: Table = document().parse().unwrap();
        assert_eq!(document, table(&Config::default()));
        let mut names: Vec<_> = KEYS.iter().map(|key| (key.section, key.name)).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KEYS.len());
    }

    #[test]
    fn what_is_set_in_vain_is_named() {
        let mut config = Config::default();
        assert!(config.without_effect().is_empty());
        config.amazon_connect.region = "us-east-1".to_owned();
        config.server.public_url = "https://whereabouts.example".to_owned();
        config.policy.callback_window_seconds = 7_200;
        assert_eq!(config.without_effect(), ["amazon_connect.region"]);
    }
}
