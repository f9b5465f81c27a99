use serde::{Deserialize, Serialize};

/// Where the server listens.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Listen {
    /// Address and port.
    pub listen: String,
    /// The address agents and platforms use, where it differs.
    pub public_url: String,
    /// Certificate chain in PEM; empty: plain HTTP, for loopback or behind a proxy.
    pub tls_cert: String,
    /// Its private key in PEM.
    pub tls_key: String,
    /// The folder with the security desk's page; empty: `desk` beside the program, if it is there.
    pub desk_dir: String,
}

impl Default for Listen {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8911".to_owned(),
            public_url: String::new(),
            tls_cert: String::new(),
            tls_key: String::new(),
            desk_dir: String::new(),
        }
    }
}

/// Where the server keeps what it knows. Empty paths mean the default, see [`super::Paths`].
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct StoreSection {
    /// `sqlite:PATH`.
    pub url: String,
    /// The keys that seal addresses.
    pub seal_key_file: String,
    /// The folder of the call journal; best on another disk than the store.
    pub journal_dir: String,
    /// The sealed last-known copy; best in another folder than the store.
    pub snapshot_file: String,
}

impl Default for StoreSection {
    fn default() -> Self {
        Self {
            url: "sqlite:whereabouts.db".to_owned(),
            seal_key_file: String::new(),
            journal_dir: String::new(),
            snapshot_file: String::new(),
        }
    }
}

/// Declares a section whose keys are all text and empty by default.
macro_rules! text_section {
    ($(#[$doc:meta])* $name:ident { $( $(#[$key_doc:meta])* $key:ident, )+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
        #[serde(default)]
        pub struct $name {
            $( $(#[$key_doc])* pub $key: String, )+
        }
    };
}

text_section! {
    /// Outgoing mail. Without a URL no mail is sent.
    Smtp {
        /// Such as `smtps://mail.example.com` or `smtp://127.0.0.1:2525`; see
        /// [`platforms::smtp`] for how each is protected.
        url,
        /// The sender.
        from,
        /// The name to sign in with; empty when the server asks for none.
        username,
        /// The file with the password.
        password_file,
        /// The file with certificates (PEM) to trust beside those of the machine.
        ca_file,
    }
}

/// What notices say.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Notification {
    /// The language: `da`, `en`, `es` or `fr`.
    pub language: String,
    /// The folder with the organisation's own templates; empty: the built-in ones.
    pub templates_dir: String,
}

impl Default for Notification {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            templates_dir: String::new(),
        }
    }
}

text_section! {
    /// Outgoing web hooks. Without a URL none is sent.
    Webhook {
        /// Where they go.
        url,
        /// The file with the secret that signs them.
        secret_file,
    }
}

text_section! {
    /// The telephony platform behind one web hook: agents' presence, hanging up, tasks. Without a URL presence
    /// is kept here and nothing is asked.
    Platform {
        /// Where the questions go.
        url,
        /// The file with the secret that signs them.
        secret_file,
    }
}

text_section! {
    /// Amazon Connect. Without an instance nothing is sent there.
    AmazonConnect {
        /// The AWS region.
        region,
        /// The Connect instance.
        instance_id,
        /// The Customer Profiles domain.
        profiles_domain,
        /// The agent status that stands for Do Not Disturb.
        dnd_status_id,
        /// Another endpoint than AWS's own, for tests.
        endpoint_url,
    }
}

text_section! {
    /// Microsoft Entra, Graph and Dynamics. Without a tenant nothing is sent there.
    Microsoft {
        /// The Entra tenant.
        tenant,
        /// The registered application.
        client_id,
        /// The file with its secret.
        client_secret_file,
        /// Another Graph than Microsoft's own.
        graph_url,
        /// The Dynamics organisation.
        dynamics_url,
        /// Another sign-in service than Microsoft's own.
        login_url,
    }
}

text_section! {
    /// A location validation server (RFC 5222).
    Lost {
        /// Its address.
        url,
    }
}

text_section! {
    /// The 911 centre's street guide.
    Msag {
        /// The CSV file; empty: beside the store, where `msag import` puts it.
        file,
    }
}
